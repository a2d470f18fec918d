// The store contract, which `npm test` holds against the table in memory and the embedded database, on the vendor's own
// engine: what ours rely on is not a peculiarity of theirs.
import { after, before, test } from 'node:test';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { ensureTable } from '@gatehouse/local/dynamodb/database';
import { largeValueContract } from '../functions/large-values.ts';
import { olderKeysContract } from '../functions/older-keys.ts';
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

  const openTable = async () => {
    const tableName = `gatehouse-${++tables}`;
    await ensureTable(database.client, tableName);
    return { client: database.client, tableName };
  };
  const open = async () => {
    const { client, tableName } = await openTable();
    return dynamoDbStore(client, tableName);
  };
  storeContract({ name: 'DynamoDB Local', open });
  largeValueContract({ name: 'DynamoDB Local', open });
  olderKeysContract({ name: 'DynamoDB Local', open: openTable });
} else {
  test('the store contract on DynamoDB Local', { skip: reason }, () => {});
}
