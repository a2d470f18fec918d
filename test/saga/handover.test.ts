// A job goes on in its next execution before the history of its execution is full: forward, in a rollback, during a wait, whatever
// happens in between. It keeps its time limits and waits, and no execution outgrows its history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { boundsOf, callsIn, HISTORY_EVENTS } from '@gatehouse/core/record/history';
import { executionArn } from '../world/account.ts';
import { DEATHS, FAULTS } from './handovers.ts';
import { baselineOf, exampleNamed, type Ran, runCase, sample, sweep } from './sweep.ts';

/** The events of each execution of the job, in order. */
async function historiesOf({ world, jobRecord }: Ran): Promise<number[]> {
  const attempts = Array.from({ length: jobRecord.job.attempt }, (_, at) => at + 1);
  return Promise.all(attempts.map(attempt => eventsOf(world.sfn, executionArn(jobRecord.job.id, attempt))));
}

async function eventsOf(sfn: SFNClient, arn: string): Promise<number> {
  const last = { executionArn: arn, reverseOrder: true, maxResults: 1 };
  const { events } = await sfn.send(new GetExecutionHistoryCommand(last));
  return events?.[0]?.id ?? 0;
}

async function assertHandedOver(ran: Ran, executions: number, most: number): Promise<void> {
  const events = await historiesOf(ran);
  assert.ok(events.length >= executions, `${events.length} executions`);
  assert.ok(
    events.every(each => each <= most),
    `an execution has at most ${most} events: ${events.join(', ')}`,
  );
}

for (const [historyEvents, executions] of [
  [400, 4],
  [1000, 2],
] as const) {
  test(`with ${historyEvents} events each, executions provision an entry point together`, async () => {
    const ran = await runCase({
      name: `handover-${historyEvents}`,
      value: exampleNamed('checkout-edge'),
      historyEvents,
      ends: 'SUCCEEDED',
    });
    const { tries, events } = ran.jobRecord.job;
    assert.equal(tries, 1);
    assert.deepEqual(
      events.map(({ status }) => status),
      ['QUEUED', 'RUNNING', 'SUCCEEDED'],
    );
    await assertHandedOver(ran, executions, historyEvents);
  });

  test(`with ${historyEvents} events each, executions roll an entry point back together`, async () => {
    const { value, turnBack } = await baselineOf('checkout-edge');
    const ran = await runCase({
      name: `handover-back-${historyEvents}`,
      seed: 'checkout-edge',
      value,
      historyEvents,
      faults: turnBack,
      ends: 'ROLLED_BACK',
    });
    await assertHandedOver(ran, 2 * executions, historyEvents);
  });
}

test('a wait goes on in the next execution, with the time that it has left', async () => {
  const switches = { globalaccelerator: { settlesFromSeconds: 3000, settlesToSeconds: 3000 } };
  const planned = { name: 'handover-wait', value: exampleNamed('voice-udp'), switches, ends: 'ROLLED_BACK' };
  const inOne = await runCase(planned);
  const ran = await runCase({ ...planned, historyEvents: 400 });
  await assertHandedOver(ran, 4, 400);
  assert.equal(ran.jobRecord.job.problem?.code, 'NotStabilized');
  const longer = secondsUntilRollback(ran) - secondsUntilRollback(inOne);
  assert.ok(Math.abs(longer) < 60, `the wait took ${longer} seconds longer`);
});

function secondsUntilRollback({ jobRecord }: Ran): number {
  const { startedAt = '', events } = jobRecord.job;
  const at = events.find(({ status }) => status === 'ROLLING_BACK')?.at ?? '';
  return (Date.parse(at) - Date.parse(startedAt)) / 1000;
}

test('an execution has no more events than its steps and calls account for', async () => {
  const { part, steps, calls } = boundsOf(HISTORY_EVENTS);
  for (const name of ['checkout-edge', 'shop-accelerator', 'backoffice-alb', 'app-cookie']) {
    const { value, turnBack } = await baselineOf(name);
    for (const faults of [[], turnBack]) {
      const ran = await runCase({ name, value, faults, ends: ['SUCCEEDED', 'ROLLED_BACK'] });
      const { plan, ledger } = ran.jobRecord;
      const walked = (faults.length > 0 ? 2 : 1) * (plan?.steps.length ?? 0);
      const [events = 0, ...others] = await historiesOf(ran);
      assert.deepEqual(others, []);
      const most = 100 + 32 * walked + 9 * callsIn(ledger, 1);
      assert.ok(events <= most && events > 0.3 * most, `${name}: ${events} events, at most ${most}`);
    }
  }
  // Each of 50 steps can make ten calls before it looks at the history again.
  assert.ok(part <= steps && 100 + 32 * steps + 9 * (calls + 500) <= HISTORY_EVENTS);
});

sweep(
  'several executions: a Lambda that dies at any one write is made up for',
  sample(DEATHS, 24, 1),
  runCase,
);
sweep('several executions: any one call, every kind of fault', sample(FAULTS, 24, 1), runCase);
