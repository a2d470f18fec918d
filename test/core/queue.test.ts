// Queues: first the two changes of a queue, then whole jobs that share queues, and jobs whose start or execution was lost, in
// memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { accept } from '@gatehouse/core/api/accept';
import { TerminalError } from '@gatehouse/core/ports/errors';
import { queuePositions, withJob, withoutJob } from '@gatehouse/core/queue/queue';
import type { Job } from '@gatehouse/core/record/job';
import { type Queue, queueKey } from '@gatehouse/core/record/records';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { PAST_GAP_SECONDS } from '../world/jobs.ts';
import { jobOf } from '../world/records.ts';
import { type Call, createWorld, type LambdaFaults, type World } from '../world/world.ts';

const accelerator = (id: string) => `arn:aws:globalaccelerator::123456789012:accelerator/${id}`;
const EDGE = accelerator('1234abcd-abcd-1234-abcd-1234abcdef01');
const INTERNAL = accelerator('5678dcba-dcba-5678-dcba-5678dcba5602');
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:execution:gatehouse';

const line = (...jobs: string[]): Queue => ({ name: 'accelerator/a', jobs });

const JOINED: [reason: string, before: Queue, job: string, after: string[]][] = [
  ['the first in an empty line is its head', line(), 'job-1', ['job-1']],
  ['who comes later stands behind', line('job-1'), 'job-2', ['job-1', 'job-2']],
  ['who stands in it already keeps the place', line('job-1', 'job-2'), 'job-1', ['job-1', 'job-2']],
  ['joining twice is joining once', line('job-1', 'job-2'), 'job-2', ['job-1', 'job-2']],
];
const LEFT: [reason: string, before: Queue, job: string, after: string[]][] = [
  ['the head leaves, and the next one holds the target', line('job-1', 'job-2'), 'job-1', ['job-2']],
  ['the last one leaves an empty line', line('job-1'), 'job-1', []],
  [
    'who waits leaves out of the middle, and the others keep their order',
    line('job-1', 'job-2', 'job-3'),
    'job-2',
    ['job-1', 'job-3'],
  ],
  ['who is not in it changes nothing', line('job-1'), 'job-3', ['job-1']],
  ['nobody leaves an empty line', line(), 'job-1', []],
];

for (const [reason, before, job, after] of JOINED) {
  test(`join: ${reason}`, () => assert.deepEqual(withJob(before, job).jobs, after));
}
for (const [reason, before, job, after] of LEFT) {
  test(`leave: ${reason}`, () => assert.deepEqual(withoutJob(before, job).jobs, after));
}

test('a line that does not change is the same value, so that nothing is written', () => {
  const before = line('job-1', 'job-2');
  assert.equal(withJob(before, 'job-2'), before);
  assert.equal(withoutJob(before, 'job-3'), before);
});

function requestOn(acceleratorArn: string, port: number) {
  return {
    operation: 'provision',
    entryPoint: `edge-${port}`,
    listener: { acceleratorArn, protocol: 'TCP', portRanges: [{ fromPort: port, toPort: port }] },
    endpointGroups: [{ region: 'eu-west-1' }],
  };
}

async function mutations(world: World): Promise<Call[]> {
  return (await world.calls()).filter(({ operation }) =>
    /^(Create|Update|Delete|Add|Remove)/.test(operation),
  );
}

/** When a job held its targets. */
function span({ startedAt, endedAt }: Job) {
  assert.ok(startedAt && endedAt);
  return { startedAt, endedAt };
}

/** Each begins no sooner than the one before it has ended. */
function assertOneAfterAnother(jobs: Job[]): void {
  const spans = jobs.map(span).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  for (const [at, { startedAt }] of spans.entries()) {
    const before = spans[at - 1];
    if (before) assert.ok(startedAt >= before.endedAt, `${startedAt} is not before ${before.endedAt}`);
  }
}

test('the second job for an accelerator waits its turn, sees whom it waits for, and starts when the first ends', async () => {
  const world = createWorld();
  const first = await world.submit(requestOn(EDGE, 1001), 'key-1');
  const second = await world.submit(requestOn(EDGE, 1002), 'key-2');
  assert.equal(second.status, 'QUEUED');
  assert.equal(second.attempt, 0, 'nothing of it was started');
  assert.deepEqual(await queuePositions(world.ports(), second), [
    { queue: 'entry-point/edge-1002', position: 1 },
    {
      queue: `accelerator/${EDGE}`,
      position: 2,
      heldBy: first.id,
      holder: { entryPoint: 'edge-1001', status: 'QUEUED' },
    },
  ]);
  await world.idle();

  const jobs = [await jobOf(world, first.id), await jobOf(world, second.id)];
  assert.deepEqual(
    jobs.map(({ status }) => status),
    ['SUCCEEDED', 'SUCCEEDED'],
    'the end of the first started the second: no schedule was needed',
  );
  assertOneAfterAnother(jobs);
  const changes = await mutations(world);
  assert.deepEqual(
    changes.map(({ operation }) => operation),
    ['CreateListener', 'CreateEndpointGroup', 'CreateListener', 'CreateEndpointGroup'],
  );
  const [, lastOfFirst, firstOfSecond] = changes;
  assert.ok(lastOfFirst && firstOfSecond);
  assert.ok(lastOfFirst.at <= span(jobs[0] as Job).endedAt);
  assert.ok(
    firstOfSecond.at >= span(jobs[0] as Job).endedAt,
    'no call of the second before the end of the first',
  );
  assert.deepEqual((await world.store.get(queueKey(`accelerator/${EDGE}`)))?.value.jobs, []);
});

test('a job that rolls back lets the next one go on too', async () => {
  const world = createWorld();
  const denied = { code: 'AccessDeniedException', status: 403, message: 'not allowed' };
  const fault = { service: 'globalaccelerator', operation: 'CreateEndpointGroup', fault: 'error', times: 1 };
  await world.faults([{ ...fault, error: denied }]);
  const first = await world.submit(requestOn(EDGE, 1001), 'key-1');
  const second = await world.submit(requestOn(EDGE, 1002), 'key-2');
  assert.equal((await world.finish(first.id)).job.status, 'ROLLED_BACK');
  assert.equal((await world.finish(second.id)).job.status, 'SUCCEEDED');
  assertOneAfterAnother([await jobOf(world, first.id), await jobOf(world, second.id)]);
});

test('jobs on different accelerators run side by side', async () => {
  const world = createWorld();
  const first = await world.submit(requestOn(EDGE, 1001), 'key-1');
  const second = await world.submit(requestOn(INTERNAL, 1002), 'key-2');
  const one = (await world.finish(first.id)).job;
  const two = (await world.finish(second.id)).job;
  assert.deepEqual([one.status, two.status], ['SUCCEEDED', 'SUCCEEDED']);
  assert.ok(span(one).startedAt < span(two).endedAt && span(two).startedAt < span(one).endedAt);
});

test('two requests for one name wait for each other by the name alone, and the second finds it standing', async () => {
  const world = createWorld();
  const first = await world.submit(requestOn(EDGE, 1001), 'key-1');
  const other = { ...requestOn(INTERNAL, 1001) };
  const second = await world.submit(other, 'key-2');
  assert.deepEqual(await queuePositions(world.ports(), second), [
    {
      queue: 'entry-point/edge-1001',
      position: 2,
      heldBy: first.id,
      holder: { entryPoint: 'edge-1001', status: 'QUEUED' },
    },
  ]);
  assert.equal((await world.finish(first.id)).job.status, 'SUCCEEDED');
  const { job } = await world.finish(second.id);
  assert.equal(job.status, 'FAILED');
  assert.equal(job.problem?.code, 'EntryPointExists');
});

test('20 jobs on 2 accelerators all end, those of one accelerator one after another', async () => {
  const world = createWorld();
  await world.switches({ globalaccelerator: { listenersPerAccelerator: 50 } });
  const ids: string[] = [];
  for (let at = 0; at < 20; at++) {
    const job = await world.submit(requestOn(at % 2 === 0 ? EDGE : INTERNAL, 1001 + at), `key-${at}`);
    ids.push(job.id);
  }
  const jobs: Job[] = [];
  for (const id of ids) jobs.push((await world.finish(id)).job);
  assert.deepEqual(
    jobs.map(({ status }) => status),
    jobs.map(() => 'SUCCEEDED'),
  );
  for (const half of [0, 1]) assertOneAfterAnother(jobs.filter((_, at) => at % 2 === half));
  for (const target of [EDGE, INTERNAL]) {
    assert.deepEqual((await world.store.get(queueKey(`accelerator/${target}`)))?.value.jobs, []);
  }
});

test('a job whose start was lost is started by the schedule', async () => {
  const world = createWorld();
  const unreachable = async (): Promise<never> => {
    throw new Error('Step Functions cannot be reached');
  };
  const ports = world.ports();
  const lost = { ...ports, executions: { ...ports.executions, start: unreachable } };
  const value = requestOn(EDGE, 1001);
  const accepted = await accept(lost, { caller: 'test', idempotencyKey: 'key-1', value });
  assert.ok(accepted.outcome === 'accepted', 'an accepted job is no failure, although it was not started');
  assert.deepEqual([accepted.job.status, accepted.job.attempt], ['QUEUED', 1]);
  await world.idle();
  assert.equal((await jobOf(world, accepted.job.id)).status, 'QUEUED', 'nobody runs it');
  world.pass(PAST_GAP_SECONDS);
  await recoverAll(world.ports());
  await world.idle();
  assert.equal((await jobOf(world, accepted.job.id)).status, 'SUCCEEDED');
});

test('a job that was accepted and stood in no line yet when its Lambda died is started by the schedule', async () => {
  const world = createWorld({ dieAtWrite: n => (n === 2 ? 'after' : undefined) });
  const job = await world.submit(requestOn(EDGE, 1001));
  assert.deepEqual([job.status, job.attempt], ['QUEUED', 0]);
  assert.equal(await world.store.get(queueKey('entry-point/edge-1001')), undefined);
  await recoverAll(world.ports());
  await world.idle();
  assert.equal((await jobOf(world, job.id)).status, 'SUCCEEDED');
});

/** Runs until the listener stands, while the groups are refused as busy: the middle of a job. */
async function inTheMiddle(world: World, port: number): Promise<Job> {
  const busy = { code: 'ThrottlingException', status: 400, message: 'slow down' };
  await world.faults([
    {
      service: 'globalaccelerator',
      operation: 'CreateEndpointGroup',
      fault: 'error',
      times: 100_000,
      error: busy,
    },
  ]);
  const { id } = await world.submit(requestOn(EDGE, port));
  for (let turns = 0; turns < 100_000; turns++) {
    if ((await mutations(world)).some(({ operation }) => operation === 'CreateEndpointGroup')) {
      return jobOf(world, id);
    }
    await turn();
  }
  throw new Error('the job did not come so far');
}

test('an execution that a person stopped leads to rollback, not to a next try forward', async () => {
  const world = createWorld();
  const before = await world.picture();
  const running = await inTheMiddle(world, 1001);
  assert.deepEqual([running.status, running.attempt], ['RUNNING', 1]);
  await world.sfn.send(new StopExecutionCommand({ executionArn: `${MACHINE}:${running.id}-1` }));
  const { job } = await world.finish(running.id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.attempt, 2);
  assert.match(job.problem?.message ?? '', /stopped/);
  assert.equal(await world.picture(), before);
});

test('a stopped execution is left alone until its Lambdas can no longer be alive', async () => {
  const world = createWorld();
  const running = await inTheMiddle(world, 1001);
  await world.sfn.send(new StopExecutionCommand({ executionArn: `${MACHINE}:${running.id}-1` }));
  await world.idle();
  await recoverAll(world.ports());
  assert.deepEqual(
    [(await jobOf(world, running.id)).status, (await jobOf(world, running.id)).attempt],
    ['RUNNING', 1],
  );
  world.pass(PAST_GAP_SECONDS);
  await recoverAll(world.ports());
  assert.deepEqual(
    [(await jobOf(world, running.id)).status, (await jobOf(world, running.id)).attempt],
    ['ROLLING_BACK', 2],
  );
  await world.finish(running.id);
});

/** A table that takes so many writes of the job itself and refuses the others, of which every execution dies. */
function cursed() {
  const curse = { writesLeft: Number.POSITIVE_INFINITY };
  const lambdaFaults: LambdaFaults = {
    dieAtWrite: (_, key) => {
      if (!key.endsWith(' JOB')) return undefined;
      curse.writesLeft--;
      if (curse.writesLeft < 0) throw new TerminalError('InternalFailure', 'the table refuses the write');
      return undefined;
    },
  };
  return { curse, lambdaFaults };
}

/** New job, its further queue, its first attempt. */
const WRITES_TO_START = 3;
/** That it runs. */
const WRITES_TO_BEGIN = 1;

async function dieTimes(world: World, id: string, curse: { writesLeft: number }, deaths: number) {
  await world.idle();
  for (let death = 2; death <= deaths; death++) {
    world.pass(PAST_GAP_SECONDS);
    curse.writesLeft = 1;
    await recoverAll(world.ports());
    await world.idle();
    assert.equal((await jobOf(world, id)).attempt, death, 'a dead execution is followed by the next attempt');
  }
}

test('an execution that died is followed by the next attempt in the same direction, which goes on', async () => {
  const { curse, lambdaFaults } = cursed();
  const world = createWorld(lambdaFaults);
  curse.writesLeft = WRITES_TO_START + WRITES_TO_BEGIN;
  const { id } = await world.submit(requestOn(EDGE, 1001));
  await world.idle();
  assert.equal((await jobOf(world, id)).status, 'RUNNING', 'everything stands, and nobody could say so');
  curse.writesLeft = Number.POSITIVE_INFINITY;
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.attempt], ['SUCCEEDED', 2]);
  const creates = (await mutations(world)).filter(call => call.changed);
  assert.equal(creates.length, 2, 'nothing was made twice');
});

test('after 5 dead attempts a running job rolls back', async () => {
  const { curse, lambdaFaults } = cursed();
  const world = createWorld(lambdaFaults);
  const before = await world.picture();
  curse.writesLeft = WRITES_TO_START + WRITES_TO_BEGIN;
  const { id } = await world.submit(requestOn(EDGE, 1001));
  await dieTimes(world, id, curse, 5);
  assert.equal((await jobOf(world, id)).status, 'RUNNING');
  curse.writesLeft = Number.POSITIVE_INFINITY;
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.attempt, 6);
  assert.equal(job.rollbackCause?.reason, 'attempts');
  assert.match(job.problem?.message ?? '', /died 5 times/);
  assert.equal(await world.picture(), before);
});

test('after 5 dead attempts a job that never began has failed, and nothing was changed', async () => {
  const { curse, lambdaFaults } = cursed();
  const world = createWorld(lambdaFaults);
  curse.writesLeft = WRITES_TO_START;
  const { id } = await world.submit(requestOn(EDGE, 1001));
  await dieTimes(world, id, curse, 5);
  assert.equal((await jobOf(world, id)).status, 'QUEUED');
  curse.writesLeft = Number.POSITIVE_INFINITY;
  const { job } = await world.finish(id);
  assert.equal(job.status, 'FAILED');
  assert.deepEqual(await mutations(world), []);
});

test('a rollback that died 5 times names exactly its leftovers', async () => {
  const { curse, lambdaFaults } = cursed();
  const world = createWorld(lambdaFaults);
  const running = await inTheMiddle(world, 1001);
  await world.sfn.send(new StopExecutionCommand({ executionArn: `${MACHINE}:${running.id}-1` }));
  await world.idle();
  const denied = { code: 'AccessDeniedException', status: 403, message: 'not allowed' };
  const fault = { service: 'globalaccelerator', operation: 'DeleteListener', fault: 'error' };
  await world.faults([{ ...fault, times: 1000, error: denied }]);
  // Attempt 2 turns back, and its end can never be written; nor that of the four after it.
  await dieTimes(world, running.id, curse, 6);
  curse.writesLeft = Number.POSITIVE_INFINITY;
  const { job, ledger } = await world.finish(running.id);
  assert.equal(job.status, 'ROLLBACK_FAILED');
  assert.deepEqual(
    job.leftovers?.map(({ step, id }) => [step, id]),
    [['listener', ledger.get('listener')?.id]],
  );
});
