// The store contract, which `npm test` holds against the table in memory and the embedded database, on the vendor's own
// engine: what ours rely on is not a peculiarity of theirs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { ensureTable } from '@gatehouse/local/dynamodb/database';
import { largeValueContract } from '../functions/large-values.ts';
import { storeContract } from '../functions/store-contract.ts';
import { type DynamoDbLocal, startDynamoDbLocal, whyNot } from './dynamodb-local.ts';

const reason = whyNot();

if (reason === undefined) {
  let database: DynamoDbLocal;
  let tables = 0;
  before(async () => {
    database = await startDynamoDbLocal();
  });
  after(() => database.close());

  const open = async () => {
    const name = `gatehouse-${++tables}`;
    await ensureTable(database.client, name);
    return dynamoDbStore(database.client, name);
  };
  storeContract({ name: 'DynamoDB Local', open });
  largeValueContract({ name: 'DynamoDB Local', open });

  test('a page token that the table did not give is an invalid request, not a failure', async () => {
    const store = await open();
    await store.put({ pk: 'JOB#1', sk: 'JOB' }, {}, 0, { list: 'jobs', order: '1' });
    for (const forged of [
      '{}',
      '{"pk":"JOB#1"}',
      '{"pk":"JOB#1","sk":"JOB","inList":"others","order":"1"}',
    ]) {
      const asked = store.list('list', 'jobs', { limit: 10, after: forged });
      await assert.rejects(asked, { name: 'TerminalError', code: 'InvalidRequest' }, forged);
    }
  });
} else {
  test('the store contract on DynamoDB Local', { skip: reason }, () => {});
}
