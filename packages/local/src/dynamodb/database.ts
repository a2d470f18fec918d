// DynamoDB in the local stack: dynalite, on disk under the data folder, with the one table of Gatehouse.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { INDEX_ATTRIBUTES, INDEX_ORDER, INDEXES, TABLE_KEYS } from '@gatehouse/functions/table';
import { ClassicLevel } from 'classic-level';
import dynalite from 'dynalite';

/**
 * Answers DynamoDB's wire protocol from the data at `path`; it has no port of its own. Throws an Error with a clear
 * message if another process has the data open.
 */
export async function openDatabase(path: string): Promise<RequestListener> {
  const level = new ClassicLevel(path);
  try {
    await level.open();
    await level.close();
  } catch (cause) {
    const what = `the data folder holds ${path}, which is in use by another process or broken`;
    throw new Error(`${what}; choose another folder with --data-dir`, { cause });
  }
  return createDatabase({ path });
}

/** The same in memory, or on disk without a check for other processes. */
export function createDatabase({ path }: { path?: string } = {}): RequestListener {
  const server = dynalite({ ...(path ? { path } : {}), createTableMs: 0 });
  return (incoming, outgoing) => {
    surviving(incoming, outgoing);
    server.emit('request', incoming, outgoing);
  };
}

/** Some malformed bodies make dynalite throw while it reads them, which would end the whole process. */
function surviving(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const emit = incoming.emit.bind(incoming);
  incoming.emit = (event: string, ...args: unknown[]) => {
    try {
      return emit(event, ...args);
    } catch (error) {
      console.error('dynalite could not read a request:', error);
      if (!outgoing.headersSent) {
        outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        outgoing.end('{"__type":"com.amazon.coral.service#SerializationException"}');
      }
      return true;
    }
  };
}

/** Creates the table if it is missing, and resolves once it is usable. Repeatable. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(createTable(tableName));
  } catch (thrown) {
    if (!(thrown instanceof ResourceInUseException)) throw thrown;
  }
  await waitUntilTableExists(
    { client, minDelay: 0.05, maxDelay: 1, maxWaitTime: 30 },
    { TableName: tableName },
  );
}

function createTable(tableName: string): CreateTableCommand {
  const { hash, range } = TABLE_KEYS;
  const attributes = [hash, range, INDEX_ORDER, ...INDEX_ATTRIBUTES];
  return new CreateTableCommand({
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys(hash, range),
    GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, { attribute }]) => ({
      IndexName,
      KeySchema: keys(attribute, INDEX_ORDER),
      Projection: { ProjectionType: 'ALL' },
    })),
  });
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
}
