// A tick of the schedule on a table with items of an earlier version: recovery comes first, and the moving has the rest of the time.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Log, Ports } from '@gatehouse/core/ports/ports';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { recoverRound } from '@gatehouse/functions/events/recover';
import { startDatabase } from './table.ts';

const ITEMS = 60;
const CHECKED = 'the open jobs were checked';
const MOVED = 'moved items of an earlier version to the index keys of today';
const unused = async (): Promise<never> => {
  throw new Error('nothing is open');
};

interface Line {
  message: string;
  more: Record<string, unknown> | undefined;
}

/** Items that no job has open, under the keys of an earlier version. `heard`: the writes to the table. */
async function tableOfEarlierVersion(t: TestContext) {
  const heard: string[] = [];
  const database = await startDatabase(undefined, operation => heard.push(operation));
  t.after(() => database.close());
  const tableName = await database.createTable('gatehouse');
  const documents = DynamoDBDocumentClient.from(database.client);
  for (let at = 0; at < ITEMS; at++) {
    const index = { inList: 'jobs', inStatus: 'SUCCEEDED', order: `2026-03-01T12:00:00.000Z#job-${at}` };
    const Item = { pk: `JOB#job-${at}`, sk: 'JOB', version: 1, writer: 'w', value: { at }, ...index };
    await documents.send(new PutCommand({ TableName: tableName, Item }));
  }
  heard.length = 0;
  const lines: Line[] = [];
  const written: Log['info'] = (message, more) => void lines.push({ message, more });
  const clock = { now: () => new Date('2026-03-01T12:00:00.000Z') };
  const ports: Ports = {
    store: dynamoDbStore(database.client, tableName),
    clock: { ...clock, after: clock.now },
    executions: { start: unused, describe: unused, running: unused },
    bus: { put: unused },
    log: { info: written, warn: written, error: written },
    settings: {
      region: 'eu-west-1',
      stepTimeoutSeconds: 30,
      latenessSeconds: 60,
      historyEvents: 25_000,
      attemptGapSeconds: 0,
    },
  };
  return {
    heard,
    lines,
    database,
    tick: (now: () => number, client = database.client) => recoverRound(ports, { client, tableName }, now),
    writes: () => heard.filter(operation => operation === 'PutItem').length,
  };
}

test('the open jobs are checked first, then items are moved', async t => {
  const { lines, tick, writes } = await tableOfEarlierVersion(t);
  await tick(() => 0);
  assert.deepEqual(
    lines.map(({ message, more }) => [message, more?.['moved']]),
    [
      [CHECKED, undefined],
      [MOVED, ITEMS],
    ],
  );
  assert.equal(writes(), ITEMS);
});

test('a round whose recovery took its time moves nothing', async t => {
  const { lines, tick, heard } = await tableOfEarlierVersion(t);
  let asked = 0;
  await tick(() => (asked++ === 0 ? 0 : 50_000));
  assert.deepEqual(
    lines.map(({ message }) => message),
    [CHECKED],
  );
  assert.ok(!heard.includes('PutItem'));
});

test('moving ends with the time of its round, and the next round moves the rest', async t => {
  const { lines, tick, writes } = await tableOfEarlierVersion(t);
  let now = 0;
  await tick(() => {
    now += 1000;
    return now;
  });
  const moved = Number(lines[1]?.more?.['moved']);
  assert.ok(moved > 25 && moved < 50, `${moved} items`);
  assert.equal(writes(), moved);
  await tick(() => 0);
  assert.equal(lines[3]?.more?.['moved'], ITEMS - moved);
});

test('a table that refuses to move items is named in the log, and fails no recovery', async t => {
  const { lines, tick, database } = await tableOfEarlierVersion(t);
  const refused = database.clientWith({ maxAttempts: 1 });
  refused.middlewareStack.add(
    () => () => Promise.reject(Object.assign(new Error('not yours'), { name: 'AccessDeniedException' })),
    { step: 'initialize' },
  );
  const { failed } = await tick(() => 0, refused);
  assert.equal(failed, 0);
  const error = Object(lines[1]?.more?.['error']);
  assert.deepEqual(
    [error.code, error.provider?.service, error.provider?.operation],
    ['AccessDenied', 'dynamodb', 'Query'],
  );
});
