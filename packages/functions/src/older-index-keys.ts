// Moves the items of earlier versions, which had one partition per list, to the shards of today. An item is written as it is,
// with other index keys, on condition that nobody has changed it. So this can be repeated and interrupted at any time: an item
// is under its earlier key or under today's, and lists read both.
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inBatches } from '@gatehouse/core/ports/in-batches';
import { JOBS } from '@gatehouse/core/record/job';
import { INVENTORY } from '@gatehouse/core/record/records';
import { tableCall } from './dynamodb-store.ts';
import { isUnspread, spreadKey } from './spread-lists.ts';
import { INDEXES } from './table.ts';

type Item = Record<string, unknown>;

/** Every item in any index is in one of these lists. */
const LISTS = [JOBS, INVENTORY];

/** Our own bounds per round: a second of the table's time, and a tenth of what one partition of an index takes in it. */
const MAX_ITEMS = 500;
const ITEMS_AT_ONCE = 25;

interface Bounds {
  most?: number;
  /** Asked before each call. */
  isTimeUp?: () => boolean;
}

/** Moves a page of items, oldest first. Returns their number; zero once none is left. */
export async function moveOlderItems(
  client: DynamoDBClient,
  tableName: string,
  { most = MAX_ITEMS, isTimeUp = () => false }: Bounds = {},
): Promise<number> {
  const documents = DynamoDBDocumentClient.from(client);
  let moved = 0;
  for (const list of LISTS) {
    if (moved >= most || isTimeUp()) break;
    const query = new QueryCommand({
      TableName: tableName,
      IndexName: 'list',
      KeyConditionExpression: '#list = :list',
      ExpressionAttributeNames: { '#list': INDEXES.list.attribute },
      ExpressionAttributeValues: { ':list': list },
      Limit: most - moved,
    });
    const { Items = [] } = await tableCall('Query', () => documents.send(query));
    await inBatches(Items, ITEMS_AT_ONCE, async item => {
      if (isTimeUp()) return;
      await move(documents, tableName, item);
      moved++;
    });
  }
  return moved;
}

/** Whoever has changed the item since it was listed has written today's keys. */
async function move(documents: DynamoDBDocumentClient, tableName: string, item: Item): Promise<void> {
  const put = new PutCommand({
    TableName: tableName,
    Item: { ...item, ...keysOfToday(item) },
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': item['version'] },
  });
  await tableCall('PutItem', async () => {
    try {
      await documents.send(put);
    } catch (thrown) {
      if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
    }
  });
}

function keysOfToday(item: Item): Item {
  const pk = String(item['pk']);
  const earlier = Object.values(INDEXES).flatMap(({ attribute, isSpread }) => {
    const key = item[attribute];
    return isSpread && typeof key === 'string' && isUnspread(key)
      ? [[attribute, spreadKey(key, { pk })]]
      : [];
  });
  return Object.fromEntries(earlier);
}
