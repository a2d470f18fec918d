// Events in the real process: Step Functions publishes on the bus, a rule calls a function, and the schedule is a rule
// too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DisableRuleCommand, EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { requestRejectedSchema } from '@gatehouse/core/record/bus-events';
import type { EventRow } from '@gatehouse/local/event-bridge/rows';
import type { Message } from '@gatehouse/local/sqs/queues';
import { parse } from 'yaml';
import { member } from '../local/event-bus-bench.ts';
import { aws, needsAws } from '../twins/aws-cli.ts';
import { callsOf, getJson, hasEnded, poll, start, submit, temporaryFolder } from './gatehouse.ts';

const checkout = readFileSync('examples/checkout-edge.yaml', 'utf8');
const FAST = ['--no-demo', '--time-scale', '200'];
const account = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

for (const [name, disabled] of [
  ['the rule on executions', 'gatehouse-recover'],
  ['the schedule alone', 'gatehouse-execution-ended'],
] as const) {
  test(`a stopped execution's job is rolled back by ${name}`, async t => {
    const { url } = await start(t, temporaryFolder(t), ...FAST);
    const bus = new EventBridgeClient({ endpoint: url, ...account });
    await bus.send(new DisableRuleCommand({ Name: disabled }));
    const { id } = await submit(url, checkout, 'stopped');
    while ((await callsOf(url, 'CreateListener')).length === 0) await new Promise(setImmediate);
    const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:gatehouse:${id}-1`;
    await new SFNClient({ endpoint: url, ...account }).send(new StopExecutionCommand({ executionArn }));
    const job = await poll(url, id, hasEnded);
    assert.equal(job.status, 'ROLLED_BACK', job.summary);
    const rows = await getJson<EventRow[]>(`${url}/_bus/events?source=aws.states`);
    const aborted = rows.find(({ event }) => event.detail['status'] === 'ABORTED');
    assert.deepEqual(aborted?.rules, disabled === 'gatehouse-recover' ? ['gatehouse-execution-ended'] : []);
  });
}

test(
  'aws events put-events starts a job, whose every change is told and kept in a file',
  needsAws,
  async t => {
    const folder = temporaryFolder(t);
    const { url } = await start(t, folder, ...FAST);
    const Detail = JSON.stringify({ metadata: { id: 'm-1' }, data: parse(checkout) });
    const entry = {
      EventBusName: 'gatehouse',
      Source: 'com.example.pipeline',
      DetailType: 'Entry Point Requested',
      Detail,
    };
    const put = () =>
      aws({ url, region: 'eu-west-1' }, 'events', 'put-events', '--entries', JSON.stringify([entry]));
    assert.equal((await put()).FailedEntryCount, 0);
    const id = await firstJob(url);
    await put();
    const job = await poll(url, id, hasEnded);
    assert.equal(job.status, 'SUCCEEDED', job.summary);
    const { items } = await getJson<{ items: unknown[] }>(`${url}/v1/jobs`);
    assert.equal(items.length, 1, 'the same request again is the same job');

    const query = new URLSearchParams({ source: 'io.gatehouse', detailType: 'Job Status Changed' });
    const told = await getJson<EventRow[]>(`${url}/_bus/events?${query}`);
    const statuses = told.map(({ event }) => member(event, 'detail', 'data', 'status'));
    assert.deepEqual(statuses, ['QUEUED', 'RUNNING', 'SUCCEEDED']);
    assert.deepEqual(
      new Set(told.map(({ event }) => member(event, 'detail', 'metadata', 'correlationId'))),
      new Set(['m-1']),
    );
    const kept = readFileSync(join(folder, 'event-bus/events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    assert.deepEqual(
      kept.filter(row => row.event['detail-type'] === 'Job Status Changed'),
      told,
    );
  },
);

test('a bad request is answered with a rejection, and its dead letter is all that it takes to send it again', async t => {
  const { url } = await start(t, temporaryFolder(t), ...FAST);
  const bus = new EventBridgeClient({ endpoint: url, ...account });
  const wrong = { ...parse(checkout), entryPoint: 'Not A Name' };
  const Detail = JSON.stringify({ metadata: { idempotencyKey: 'k-1' }, data: wrong });
  const Entries = [
    {
      EventBusName: 'gatehouse',
      Source: 'com.example.pipeline',
      DetailType: 'Entry Point Requested',
      Detail,
    },
  ];
  await bus.send(new PutEventsCommand({ Entries }));
  const [letter] = await until(() => getJson<Message[]>(`${url}/_bus/queues/gatehouse-dead-letters`));
  const { problem, entry } = requestRejectedSchema.parse(member(letter, 'body', 'detail')).data;
  assert.deepEqual(
    problem.errors?.map(each => each.pointer),
    ['/data/entryPoint'],
  );

  assert.ok(entry);
  const mended = entry.Detail.replace('Not A Name', 'mended-edge');
  await bus.send(
    new PutEventsCommand({ Entries: [{ ...entry, Detail: mended, EventBusName: 'gatehouse' }] }),
  );
  assert.equal((await poll(url, await firstJob(url), hasEnded)).status, 'SUCCEEDED');
});

async function firstJob(url: string): Promise<string> {
  const items = await until(async () => (await getJson<{ items: { id: string }[] }>(`${url}/v1/jobs`)).items);
  return items[0]?.id ?? '';
}

async function until<T>(look: () => Promise<T[]>): Promise<T[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await new Promise(setImmediate);
  }
}
