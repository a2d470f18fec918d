// Events in the real process: Step Functions tells the bus, a rule tells a function, and the schedule is a rule too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { EventRow } from '@gatehouse/local/event-bus/host';
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
