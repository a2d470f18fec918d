// dynalite writes an item's index entries first and the item last, each by itself. After a kill in between, an index
// names an absent item or misses one. DynamoDB never does that, so interrupted writes are completed before the first
// read. Completing them is correct, because no caller had an answer yet.
import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { INDEXES, TABLE_KEYS } from '@gatehouse/functions/table';

type Item = Record<string, AttributeValue>;

/** Repeatable, also after a kill during the repair. Reads the whole table: some milliseconds for a thousand items. */
export async function completeInterruptedWrites(client: DynamoDBClient, tableName: string): Promise<void> {
  const items = await everything(client, { TableName: tableName });
  const put = async (key: string, item: Item) => {
    await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
    items.set(key, item);
  };
  for (const [IndexName, { attribute }] of Object.entries(INDEXES)) {
    const listed = await everything(client, { TableName: tableName, IndexName });
    for (const [key, entry] of listed) if (isNewer(entry, items.get(key), attribute)) await put(key, entry);
    for (const [key, item] of items) if (item[attribute] && !listed.has(key)) await put(key, item);
  }
}

async function everything(
  client: DynamoDBClient,
  from: { TableName: string; IndexName?: string },
): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  for await (const { Items = [] } of paginateScan({ client }, from))
    for (const item of Items) found.set(`${item[TABLE_KEYS.hash]?.S} ${item[TABLE_KEYS.range]?.S}`, item);
  return found;
}

/** A write that only moves an item within an index keeps its version. */
function isNewer(entry: Item, item: Item | undefined, attribute: string): boolean {
  if (versionOf(entry) !== versionOf(item)) return versionOf(entry) > versionOf(item);
  return entry[attribute]?.S !== item?.[attribute]?.S;
}

const versionOf = (item: Item | undefined): number => Number(item?.['version']?.N ?? 0);
