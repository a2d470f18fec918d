// Both stores under the one contract; then what only DynamoDB's can suffer: answers that were lost on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { ensureTable } from '@gatehouse/local/dynamodb/database';
import { memoryStore } from '../world/memory-store.ts';
import { largeValueContract } from './large-values.ts';
import { olderKeysContract } from './older-keys.ts';
import { storeContract } from './store-contract.ts';
import { startDatabase } from './table.ts';

let database: Awaited<ReturnType<typeof startDatabase>>;
let tables = 0;

before(async () => {
  database = await startDatabase();
});
after(() => database.close());

const newTable = () => database.createTable(`gatehouse-${++tables}`);

storeContract({ name: 'in memory', open: async () => memoryStore() });
storeContract({ name: 'DynamoDB', open: async () => dynamoDbStore(database.client, await newTable()) });
largeValueContract({ name: 'in memory', open: async () => memoryStore() });
largeValueContract({
  name: 'DynamoDB',
  open: async () => dynamoDbStore(database.client, await newTable()),
});

olderKeysContract({
  name: 'DynamoDB',
  open: async () => ({ client: database.client, tableName: await newTable() }),
});

type Handler = Extract<DynamoDBClientConfig['requestHandler'], { handle: unknown }>;

/** A store whose calls reach the table, but whose next answers are lost as often as `lose` says; the SDK retries. */
async function losingStore() {
  const { requestHandler } = database.client.config;
  let lost = 0;
  const calls: string[] = [];
  const wrapped = {
    ...requestHandler,
    async handle(...call: Parameters<typeof requestHandler.handle>) {
      const [request] = call;
      calls.push(String(request.headers['x-amz-target']).replace(/.*\./, ''));
      const answer = await requestHandler.handle(...call);
      if (lost === 0) return answer;
      lost--;
      throw Object.assign(new Error('socket hang up'), { name: 'ECONNRESET', code: 'ECONNRESET' });
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  } as Handler;
  const client = database.clientWith({ requestHandler: wrapped, maxAttempts: 3 });
  const table = await newTable();
  return {
    store: dynamoDbStore(client, table),
    /** Another writer, whose answers all arrive. */
    other: dynamoDbStore(database.client, table),
    lose: (times: number) => {
      lost = times;
    },
    writes: () => calls.filter(operation => operation === 'PutItem' || operation === 'DeleteItem').length,
  };
}

const JOB = { pk: 'JOB#1', sk: 'JOB' };

test('a first write repeated after a lost answer is a success, not a lost race', async () => {
  const { store, lose, writes } = await losingStore();
  lose(1);
  assert.deepEqual(await store.put(JOB, { a: 1 }, 0), { written: true, version: 1 });
  assert.equal(writes(), 2, 'the answer was lost, and the SDK asked again');
  assert.deepEqual(await store.get(JOB), { value: { a: 1 }, version: 1 });
});

test('a later write repeated after two lost answers is a success, not a lost race', async () => {
  const { store, lose, writes } = await losingStore();
  await store.put(JOB, { a: 1 }, 0);
  lose(2);
  assert.deepEqual(await store.put(JOB, { a: 2 }, 1), { written: true, version: 2 });
  assert.equal(writes(), 4);
  assert.deepEqual(await store.get(JOB), { value: { a: 2 }, version: 2 });
});

test('a write that was lost to another stays lost, also when the answer that said so was lost', async () => {
  const { store, other, lose } = await losingStore();
  await other.put(JOB, { a: 'theirs' }, 0);
  lose(1);
  const current = { value: { a: 'theirs' }, version: 1 };
  assert.deepEqual(await store.put(JOB, { a: 'ours' }, 0), { written: false, current });
});

test('a removal repeated after a lost answer is a success', async () => {
  const { store, lose, writes } = await losingStore();
  await store.put(JOB, { a: 1 }, 0);
  lose(1);
  assert.equal((await store.remove(JOB, 1)).written, true);
  assert.equal(writes(), 3);
  assert.equal(await store.get(JOB), undefined);
});

test('a write whose answers are all lost is a retryable failure of unknown outcome', async () => {
  const { store, other, lose } = await losingStore();
  lose(3);
  await assert.rejects(store.put(JOB, { a: 1 }, 0), {
    name: 'RetryableError',
    code: 'NetworkFailure',
    outcome: 'unknown',
  });
  assert.deepEqual(await other.get(JOB), { value: { a: 1 }, version: 1 }, 'it was carried out all the same');
});

test('a table that is not there is an error of ours, not an empty table', async () => {
  const store = dynamoDbStore(database.client, 'no-such-table');
  await assert.rejects(store.get(JOB), { name: 'TerminalError', code: 'NotFound' });
});

test('a list over more than a page of 1 MB goes on where the table stopped', async () => {
  const store = dynamoDbStore(database.client, await newTable());
  const text = 'x'.repeat(300_000);
  for (let at = 0; at < 6; at++) {
    await store.put({ pk: `JOB#${at}`, sk: 'JOB' }, { at, text }, 0, { list: 'jobs', order: `${at}` });
  }
  const found: number[] = [];
  let next: string | undefined;
  do {
    const page = await store.list<{ at: number }>('list', 'jobs', {
      limit: 10,
      ...(next ? { after: next } : {}),
    });
    found.push(...page.items.map(({ at }) => at));
    next = page.next;
  } while (next);
  assert.deepEqual(found, [5, 4, 3, 2, 1, 0]);
});

test('creating the table twice is creating it once', async () => {
  const name = await newTable();
  const store = dynamoDbStore(database.client, name);
  await store.put(JOB, { a: 1 }, 0);
  await ensureTable(database.client, name);
  assert.deepEqual(await store.get(JOB), { value: { a: 1 }, version: 1 });
});
