// The contract of a table whose items an earlier version has written, with one key per list: lists are complete and in order
// before and after the items are moved to today's keys, and nothing else of them changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { moveOlderItems } from '@gatehouse/functions/older-index-keys';

export interface TableUnderTest {
  name: string;
  open(): Promise<{ client: DynamoDBClient; tableName: string }>;
}

const orderOf = (at: number) => `2026-03-01T12:00:${String(at).padStart(2, '0')}.000Z#job-${at}`;
const keyOf = (at: number) => ({ pk: `JOB#job-${at}`, sk: 'JOB' });

export function olderKeysContract({ name, open }: TableUnderTest): void {
  test(`${name}: items under the keys of an earlier version are listed among today's, and moved in pages`, async () => {
    const { client, tableName } = await open();
    const store = dynamoDbStore(client, tableName);
    const documents = DynamoDBDocumentClient.from(client);
    const all = Array.from({ length: 12 }, (_, at) => at);
    const isOlder = (at: number) => at % 3 > 0;
    for (const at of all) {
      const order = orderOf(at);
      const older = { inList: 'jobs', inStatus: 'RUNNING', inEntryPoint: 'a-1', inOpen: 'open', order };
      const item = { ...keyOf(at), version: 4, writer: 'w', value: { at }, ...older };
      const index = { list: 'jobs', status: 'RUNNING', entryPoint: 'a-1', open: 'open', order };
      if (isOlder(at)) await documents.send(new PutCommand({ TableName: tableName, Item: item }));
      else await store.put(keyOf(at), { at }, 0, index);
    }
    const assertListed = async (limit: number) => {
      for (const [index, of] of [
        ['list', 'jobs'],
        ['status', 'RUNNING'],
        ['open', 'open'],
        ['entryPoint', 'a-1'],
      ] as const) {
        const found: number[] = [];
        let after: string | undefined;
        do {
          const page = await store.list<{ at: number }>(index, of, { limit, ...(after ? { after } : {}) });
          found.push(...page.items.map(({ at }) => at));
          after = page.next;
        } while (after !== undefined);
        assert.deepEqual(found, all.toReversed(), index);
      }
    };
    await assertListed(5);
    for (const moved of [3, 3, 2, 0]) {
      assert.equal(await moveOlderItems(client, tableName, { most: 3 }), moved);
      await assertListed(100);
    }
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: keyOf(1) }));
    assert.deepEqual([Item?.['version'], Item?.['writer'], Item?.['inEntryPoint']], [4, 'w', 'a-1']);
    for (const key of ['inList', 'inStatus', 'inOpen']) assert.match(Item?.[key], /^\w+#[0-9a-f]$/);
    assert.deepEqual(await store.put(keyOf(1), { at: 1, changed: true }, 4), { written: true, version: 5 });
  });
}
