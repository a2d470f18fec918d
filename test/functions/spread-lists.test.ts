// Lists over the shards of an index, and the items of earlier versions, which had none.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { IndexName } from '@gatehouse/core/ports/ports';
import { type Job, jobIndex } from '@gatehouse/core/record/job';
import { type EntryPoint, jobKey } from '@gatehouse/core/record/records';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { moveOlderItems } from '@gatehouse/functions/older-index-keys';
import { keysOfList, listSpread, type Ordered, spreadKey } from '@gatehouse/functions/spread-lists';
import { openDatabase } from '@gatehouse/local/dynamodb/database';
import { completeInterruptedWrites } from '@gatehouse/local/dynamodb/interrupted-writes';
import { serve } from '@gatehouse/local/http/http-service';
import fc from 'fast-check';
import { credentials } from './table.ts';

test('a thousand jobs spread over 16 shards, none of which has twice its part', () => {
  const ids = Array.from({ length: 1000 }, (_, at) => ({ pk: `JOB#job-${at}` }));
  const shards = Map.groupBy(ids, id => spreadKey('jobs', id));
  assert.deepEqual([...shards.keys()].toSorted(), keysOfList('jobs').slice(1));
  for (const [shard, items] of shards) assert.ok(items.length < 125, `${shard} has ${items.length}`);
});

test('the merged pages of any shards are every item once, newest first, in few reads', async () => {
  const shards = fc.array(fc.array(fc.nat({ max: 999 }), { maxLength: 40 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(shards, fc.integer({ min: 1, max: 30 }), async (given, limit) => {
      const orders = given.map(shard =>
        [...new Set(shard.map(n => String(n).padStart(3, '0')))].toSorted().reverse(),
      );
      const all = [...new Set(orders.flat())].toSorted().reverse();
      let reads = 0;
      const read = async (
        key: string,
        { limit: most, after }: { limit: number; after: string | undefined },
      ) => {
        reads++;
        const rest = (orders[Number(key)] ?? []).filter(order => after === undefined || order < after);
        const items = rest.slice(0, most).map((order): Ordered<string> => ({ order, value: order }));
        return { items, isMore: rest.length >= most };
      };
      const found: string[] = [];
      let after: string | undefined;
      do {
        reads = 0;
        const page = await listSpread(
          [...orders.keys()].map(String),
          { limit, ...(after ? { after } : {}) },
          read,
        );
        assert.ok(page.items.length <= limit);
        assert.deepEqual(page.places, page.items);
        assert.ok(reads <= orders.length * 8, `${reads} reads of ${orders.length} shards`);
        found.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual(found, all);
    }),
  );
});

const TABLE = 'gatehouse';

/** The data folder that an earlier version has written, and what a process that died has left of it. */
function dataFolders(t: TestContext): { first: string; leftBy(folder: string): string } {
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  const first = newFolder();
  execFileSync('tar', ['xzf', 'test/fixtures/data/plan-2.tgz', '-C', first]);
  return {
    first,
    leftBy(folder) {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      rmSync(join(copy, 'dynamodb', 'LOCK'));
      return copy;
    },
  };
}

/** A process on the folder, whose client dies at its n-th write. */
async function processOn(t: TestContext, folder: string, n: number) {
  const database = await openDatabase(join(folder, 'dynamodb'));
  const direct = new Map([['dynamodb', database]]);
  const server = await serve(async () => 'dropped', { port: 0, maxBodyBytes: 1024 * 1024, direct });
  t.after(() => server.close());
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = new DynamoDBClient({ region: 'eu-west-1', endpoint, credentials });
  await completeInterruptedWrites(client, TABLE);
  const dying = new DynamoDBClient({ region: 'eu-west-1', endpoint, credentials });
  let writes = 0;
  const sent: Promise<unknown>[] = [];
  dying.middlewareStack.add(
    (next, { commandName }) =>
      async args => {
        if (commandName === 'PutItemCommand' && writes++ >= n) throw new Error('dead');
        const answer = next(args);
        sent.push(answer);
        return answer;
      },
    { step: 'initialize' },
  );
  return { client, dying, settled: () => Promise.all(sent) };
}

interface Row {
  sk: string;
  value: Job & EntryPoint;
  keys: string[];
}

async function rowsOf(client: DynamoDBClient): Promise<Row[]> {
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: TABLE }));
  assert.equal(LastEvaluatedKey, undefined);
  return Items.map(item => unmarshall(item)).map(({ sk, value, inList, inStatus, inOpen }) => {
    return { sk, value, keys: [inList, inStatus, inOpen].filter(key => key !== undefined) };
  });
}

async function listed(
  client: DynamoDBClient,
  index: IndexName,
  of: string,
  limit: number,
): Promise<string[]> {
  const store = dynamoDbStore(client, TABLE);
  const found: (Job & EntryPoint)[] = [];
  let after: string | undefined;
  do {
    const page = await store.list<Job & EntryPoint>(index, of, { limit, ...(after ? { after } : {}) });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found.map(({ id, name }) => id ?? name);
}

async function assertListed(client: DynamoDBClient, rows: readonly Row[]): Promise<void> {
  const newest = (sk: string) =>
    rows
      .filter(row => row.sk === sk && row.keys.length > 0)
      .map(({ value }) => ({ value, order: `${value.createdAt ?? value.since}#${value.id ?? value.name}` }))
      .toSorted((a, b) => (a.order < b.order ? 1 : -1))
      .map(({ value }) => value);
  const jobs = newest('JOB');
  const names = (list: readonly (Job & EntryPoint)[]) => list.map(({ id, name }) => id ?? name);
  for (const limit of [2, 100]) {
    assert.deepEqual(await listed(client, 'list', 'jobs', limit), names(jobs));
    assert.deepEqual(await listed(client, 'list', 'entry-points', limit), names(newest('ENTRYPOINT')));
    assert.deepEqual(await listed(client, 'open', 'open', limit), names(jobs.filter(({ open }) => open)));
    for (const status of ['RUNNING', 'QUEUED', 'SUCCEEDED'])
      assert.deepEqual(
        await listed(client, 'status', status, limit),
        names(jobs.filter(job => job.status === status)),
      );
  }
}

test('the data of an earlier version is listed in full and in order, before, during and after its moving, which a death at every write interrupts', async t => {
  const folders = dataFolders(t);
  let folder = folders.first;
  let rows: Row[] = [];
  for (let round = 0; ; round++) {
    const { client, dying, settled } = await processOn(t, folder, 2);
    const found = await rowsOf(client);
    if (round === 0) rows = found;
    assert.ok(rows.length > 10);
    assert.deepEqual(
      found.map(({ value }) => value),
      rows.map(({ value }) => value),
      'a move changes no value',
    );
    await assertListed(client, rows);
    const left = found.filter(({ keys }) => keys.some(key => !key.includes('#'))).length;
    const moved = await moveOlderItems(dying, TABLE).catch((error: Error) => error.message);
    if (moved === 0) {
      assert.equal(left, 0);
      assert.ok(round > 3, `${round} rounds`);
      return;
    }
    assert.ok(round < 20, `${left} are left after ${round} rounds`);
    assert.equal(moved, left > 2 ? 'dynamodb PutItem: dead' : left);
    await settled();
    folder = folders.leftBy(folder);
  }
});

test('an item that changes while it is moved is left to its writer', async t => {
  const { client, dying: racing } = await processOn(t, dataFolders(t).first, Number.POSITIVE_INFINITY);
  const store = dynamoDbStore(client, TABLE);
  const [job] = (await store.list<Job>('open', 'open', { limit: 1 })).items;
  assert.ok(job);
  const key = jobKey(job.id);
  racing.middlewareStack.add(
    (next, { commandName }) =>
      async args => {
        const stored = await store.get(key);
        if (commandName === 'PutItemCommand' && stored?.value.open)
          await store.put(key, { ...job, open: false }, stored.version, jobIndex({ ...job, open: false }));
        return next(args);
      },
    { step: 'initialize' },
  );
  await moveOlderItems(racing, TABLE);
  assert.equal((await store.get(key))?.value.open, false);
  assert.ok(!(await listed(client, 'open', 'open', 100)).includes(job.id));
});
