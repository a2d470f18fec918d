// DynamoDB on one machine: dynalite, on disk under the data folder, with the table that Gatehouse needs.
import type { RequestListener } from 'node:http';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { INDEX_ORDER, INDEXES, TABLE_KEYS } from '@gatehouse/functions/table';
import dynalite from 'dynalite';

/** Answers DynamoDB's wire protocol; without a path in memory. It has no port of its own. */
export function createDatabase(path?: string): RequestListener {
  const server = dynalite({ ...(path ? { path } : {}), createTableMs: 0 });
  return (incoming, outgoing) => {
    server.emit('request', incoming, outgoing);
  };
}

/** Creates the table where it is missing. Repeatable. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
    return;
  } catch (thrown) {
    if (!(thrown instanceof ResourceNotFoundException)) throw thrown;
  }
  const { hash, range } = TABLE_KEYS;
  const attributes = [hash, range, INDEX_ORDER, ...Object.values(INDEXES)];
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys(hash, range),
      GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, attribute]) => ({
        IndexName,
        KeySchema: keys(attribute, INDEX_ORDER),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
}
