// The table behind core's Store port.
//
//   pk, sk      JOB#<id>: JOB, REQUEST, PLAN, PUBLISHED, LEDGER#<step>   LINE#<queue>: LINE   CLAIM#<key>: CLAIM
//               ENTRYPOINT#<name>: ENTRYPOINT   WAITER#<place>: WAITER   CALLER#<hash>: WAITING#<job>
//               PLANNER#<hash>#<place>: PLANNER   RECOVERY: RECOVERY
//   version     rises by one per write; every write is conditional on it
//   writer      names the one write, so that a write repeated after a lost answer is not taken for a lost race
//   value       the record itself, or a reference to its parts: <sk>#PART#<version>-<hash>#<n>
//   in*, order  the keys of the four indexes: of jobs, `inOpen` only while one is open or stuck; of entry points, `inList` only. All but
//               `inEntryPoint` end in a shard, such as jobs#a: spread-lists.ts
//
// Cost, for a job of the size of the example: reading it is one query (one read unit per 4 KB), a step writes its
// entry two or three times (one unit each), a change of status writes the job and its four index copies.
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { awsCall } from '@gatehouse/clouds/aws-call';
import { RetryableError } from '@gatehouse/core/ports/errors';
import type {
  IndexEntry,
  IndexName,
  Key,
  Listed,
  Store,
  Stored,
  StoredAt,
  Written,
} from '@gatehouse/core/ports/ports';
import { keysOfList, listSpread, spreadKey } from './spread-lists.ts';
import { INDEX_ORDER, INDEXES } from './table.ts';

type Item = Record<string, unknown>;

/** The limit of BatchGetItem. Unprocessed keys are read again. */
const MAX_KEYS = 100;
const MAX_BATCHES = 10;

const ERRORS = {
  ProvisionedThroughputExceededException: 'Throttled',
  InternalServerError: 'ServiceInternalError',
  TransactionConflictException: 'Busy',
  ResourceNotFoundException: 'NotFound',
} as const;

/** One call of the table, with its errors mapped to core's. */
export function tableCall<T>(operation: string, send: () => Promise<T>): Promise<T> {
  return awsCall({ service: 'dynamodb', operation, errors: ERRORS }, send);
}

export function dynamoDbStore(client: DynamoDBClient, tableName: string): Store {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const table = { TableName: tableName };

  async function itemAt({ pk, sk }: Key<unknown>): Promise<Item | undefined> {
    const command = new GetCommand({ ...table, Key: { pk, sk }, ConsistentRead: true });
    return (await tableCall('GetItem', () => documents.send(command))).Item;
  }

  /** Throws if the table leaves keys unprocessed time and again. */
  async function itemsAt(keys: readonly Key<unknown>[]): Promise<Item[]> {
    const items: Item[] = [];
    let left = [...new Map(keys.map(key => [nameOf(key), key])).values()].map(({ pk, sk }) => ({ pk, sk }));
    for (let calls = 0; left.length > 0; calls++) {
      if (calls === MAX_BATCHES) throw new RetryableError('Throttled', `${tableName} leaves items unread`);
      const request = { [tableName]: { Keys: left.slice(0, MAX_KEYS), ConsistentRead: true } };
      const command = new BatchGetCommand({ RequestItems: request });
      const { Responses, UnprocessedKeys } = await tableCall('BatchGetItem', () => documents.send(command));
      items.push(...(Responses?.[tableName] ?? []));
      const unread = UnprocessedKeys?.[tableName]?.Keys ?? [];
      left = [...unread.map(({ pk, sk }) => ({ pk, sk })), ...left.slice(MAX_KEYS)];
    }
    return items;
  }

  /** A write that loses its race returns the current item. If the engine does not return it, it is read. */
  async function conditionally<T>(
    operation: string,
    key: Key<T>,
    writer: string,
    send: () => Promise<unknown>,
  ): Promise<Written<T> | 'written'> {
    const lost = await tableCall(operation, () => lostRace(send));
    if (!lost) return 'written';
    const existing = lost.Item ? unmarshall(lost.Item) : await itemAt(key);
    if (existing?.['writer'] === writer) return 'written';
    return { written: false, current: existing ? storedOf<T>(existing) : undefined };
  }

  return {
    async get<T>(key: Key<T>) {
      const item = await itemAt(key);
      return item ? storedOf<T>(item) : undefined;
    },

    async many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>> {
      const found = new Map((await itemsAt(keys)).map(item => [nameOf(item), storedOf(item)]));
      return keys.map(key => found.get(nameOf(key))) as StoredAt<K>;
    },

    async all(pk) {
      const items: Item[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const command: QueryCommand = new QueryCommand({
          ...table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ExclusiveStartKey,
        });
        const page: QueryCommandOutput = await tableCall('Query', () => documents.send(command));
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items.map(item => ({ sk: String(item['sk']), stored: storedOf(item) }));
    },

    async put<T>(key: Key<T>, value: T, version: number, index?: IndexEntry): Promise<Written<T>> {
      const writer = crypto.randomUUID();
      const { pk, sk } = key;
      const Item = { pk, sk, version: version + 1, writer, value, ...indexAttributes(key, index) };
      const command = new PutCommand({ ...table, Item, ...ifVersion(version) });
      const written = await conditionally<T>('PutItem', key, writer, () => documents.send(command));
      return written === 'written' ? { written: true, version: version + 1 } : written;
    },

    async remove<T>(key: Key<T>, version: number): Promise<Written<T>> {
      const { pk, sk } = key;
      const command = new DeleteCommand({ ...table, Key: { pk, sk }, ...ifVersion(version) });
      const removed = await conditionally<T>('DeleteItem', key, 'nobody', () => documents.send(command));
      // An absent item counts as removed: the answer to an earlier try may have been lost.
      return removed === 'written' || !(removed.written || removed.current)
        ? { written: true, version: 0 }
        : removed;
    },

    async list<T>(index: IndexName, of: string, page: { limit: number; after?: string }): Promise<Listed<T>> {
      const keys = INDEXES[index].isSpread ? keysOfList(of) : [of];
      return listSpread<T>(keys, page, async (key, { limit, after }) => {
        const command = new QueryCommand({
          ...table,
          IndexName: index,
          KeyConditionExpression: after === undefined ? '#hash = :of' : '#hash = :of AND #order < :after',
          ExpressionAttributeNames: {
            '#hash': INDEXES[index].attribute,
            ...(after === undefined ? {} : { '#order': INDEX_ORDER }),
          },
          ExpressionAttributeValues: { ':of': key, ...(after === undefined ? {} : { ':after': after }) },
          ScanIndexForward: false,
          Limit: limit,
        });
        const { Items = [], LastEvaluatedKey } = await tableCall('Query', () => documents.send(command));
        const items = Items.map(item => ({
          order: String(item[INDEX_ORDER]),
          value: storedOf<T>(item).value,
        }));
        return { items, isMore: LastEvaluatedKey !== undefined };
      });
    },
  };
}

async function lostRace(send: () => Promise<unknown>): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await send();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return thrown;
    throw thrown;
  }
}

function ifVersion(version: number) {
  const onLoss = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)', ...onLoss };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
    ...onLoss,
  };
}

function indexAttributes(key: Key<unknown>, index: IndexEntry | undefined): Item {
  if (!index) return {};
  const { order, ...values } = index;
  const keys = Object.entries(values).map(([name, value]) => {
    const { attribute, isSpread } = INDEXES[name as IndexName];
    return [attribute, isSpread ? spreadKey(value, key) : value];
  });
  return { ...Object.fromEntries(keys), [INDEX_ORDER]: order };
}

function storedOf<T>(item: Item): Stored<T> {
  return { value: item['value'] as T, version: Number(item['version']) };
}

function nameOf({ pk, sk }: Item | Key<unknown>): string {
  return `${pk}\n${sk}`;
}
