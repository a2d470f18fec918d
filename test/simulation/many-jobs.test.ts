// Recovery beside thousands of jobs, under the quotas of Step Functions: it asks about few of them, is never throttled, and
// comes to every job whose execution has died, also when all have.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { SFNClient } from '@aws-sdk/client-sfn';
import { RetryableError } from '@gatehouse/core/ports/errors';
import type { Ports } from '@gatehouse/core/ports/ports';
import { startExecution } from '@gatehouse/core/queue/execution';
import { type Job, jobIndex, newJob, nextAttempt, toRunning } from '@gatehouse/core/record/job';
import { jobKey } from '@gatehouse/core/record/records';
import { MAX_ASKED, type Recovered, recoverAll } from '@gatehouse/core/saga/recover-all';
import { stepFunctionsExecutions } from '@gatehouse/functions/step-functions';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { createStepFunctions } from '@gatehouse/local/step-functions/host';
import { DEFAULT_QUOTAS } from '@gatehouse/local/step-functions/quotas';
import { ACCOUNT, CREDENTIALS, functionArn, MACHINE_NAME, REGION } from '../world/account.ts';
import { VirtualClock } from '../world/clock.ts';
import { nextTurn } from '../world/lambda-life.ts';
import { memoryStore } from '../world/memory-store.ts';

const JOBS = 5000;
const MINUTE_MS = 60_000;
const ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${MACHINE_NAME}`;

/** Runs until its one function fails. */
const ONE_STEP = {
  StartAt: 'Step',
  States: { Step: { Type: 'Task', Resource: functionArn('begin'), TimeoutSeconds: 1_000_000, End: true } },
};

/** `count` jobs that run for ten minutes already, each in its first attempt. */
async function manyJobs(t: TestContext, count: number) {
  const clock = new VirtualClock();
  const store = memoryStore();
  const deaths = new Map<string, () => void>();
  let dead = 0;
  const host = createStepFunctions({
    region: REGION,
    account: ACCOUNT,
    timeScale: 1,
    now: clock.now,
    invoke: (_, event) => {
      const { jobId } = event as { jobId: string };
      return new Promise((_resolve, reject) => deaths.set(jobId, () => reject(new Error('it dies'))));
    },
    machines: [{ name: MACHINE_NAME, definition: ONE_STEP }],
    onStatusChange: ({ status }) => {
      if (status === 'FAILED') dead++;
    },
    quotas: DEFAULT_QUOTAS,
  });
  const calls = new Map<string, number>();
  const client = new SFNClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: handlerFor(request => {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      return host.request(request);
    }),
  });
  const errors: string[] = [];
  const ports: Ports = {
    store,
    clock: { now: () => clock.date(), after: seconds => new Date(clock.now() + seconds * 1000) },
    executions: stepFunctionsExecutions(client, ARN),
    bus: { put: async () => {} },
    log: { info() {}, warn() {}, error: (message, { error }) => errors.push(`${message}: ${error.message}`) },
    settings: {
      region: REGION,
      stepTimeoutSeconds: 30,
      latenessSeconds: 60,
      historyEvents: 25_000,
      attemptGapSeconds: 0,
    },
  };
  const jobs: Job[] = [];
  for (let n = 0; n < count; n++) {
    const job = runningJob(n, clock.now());
    jobs.push(job);
    await store.put(jobKey(job.id), job, 0, jobIndex(job));
    // At 100 a second, which the quota of starts allows.
    clock.advance(10);
    await startExecution(ports, job);
  }
  while (deaths.size < count) await nextTurn();
  clock.advance(10 * MINUTE_MS);
  /** A round of the schedule, a minute after the one before. */
  const round = async (): Promise<Recovered> => {
    clock.advance(MINUTE_MS);
    calls.clear();
    return recoverAll(ports);
  };
  /** Their executions fail. */
  const die = async (dying: readonly Job[]) => {
    const until = dead + dying.length;
    for (const { id } of dying) deaths.get(id)?.();
    while (dead < until) await nextTurn();
  };
  t.after(() => host.stop());
  return { ports, jobs, calls, errors, round, die };
}

function runningJob(n: number, now: number): Job {
  const at = new Date(now).toISOString();
  const job = newJob(
    {
      id: `job-${n.toString(16).padStart(32, '0')}`,
      caller: 'team',
      correlationId: `${n}`,
      operation: 'provision',
      entryPoint: `edge-${n}`,
      cloud: 'aws',
      deadlineSeconds: 21_600,
      queueSeconds: 86_400,
      queueUntil: new Date(now + 86_400_000).toISOString(),
    },
    at,
  );
  const started = nextAttempt(job, 0);
  const deadlineAt = new Date(now + 21_600_000).toISOString();
  const running = started && toRunning(started, 1, at, { deadlineAt });
  assert.ok(running);
  return running;
}

async function attemptsOf({ store }: Ports, jobs: readonly Job[]): Promise<Set<number | undefined>> {
  const found = await store.many(jobs.map(({ id }) => jobKey(id)));
  return new Set(found.map(item => item?.value.attempt));
}

test('5,000 jobs run: a round finds those whose executions have died, and asks about no other', async t => {
  const { ports, jobs, calls, errors, round, die } = await manyJobs(t, JOBS);
  assert.deepEqual(await round(), {
    open: JOBS,
    failed: 0,
    postponed: 0,
    oldestSeconds: 710,
    overdueSeconds: 0,
  });
  assert.deepEqual(Object.fromEntries(calls), { ListExecutions: JOBS / 1000 });
  const dead = [jobs[0], jobs[2345], jobs[JOBS - 1]].filter(job => job !== undefined);
  await die(dead);
  await round();
  assert.deepEqual(Object.fromEntries(calls), { ListExecutions: 5, DescribeExecution: 3, StartExecution: 3 });
  assert.deepEqual(await attemptsOf(ports, dead), new Set([2]));
  assert.deepEqual(errors, []);
});

test('every execution dies: each round recovers as many jobs as the quota allows, and all have their turn', async t => {
  const count = 1000;
  const { ports, jobs, calls, errors, round, die } = await manyJobs(t, count);
  // Without the list, the dead ones can only be found one by one.
  ports.executions.running = async () => {
    throw new RetryableError('Throttled', 'Rate exceeded');
  };
  await die(jobs);
  for (let n = 1; n <= count / MAX_ASKED; n++) {
    assert.equal((await round()).failed, 0);
    assert.equal(calls.get('DescribeExecution'), MAX_ASKED);
  }
  assert.deepEqual(await attemptsOf(ports, jobs), new Set([2]));
  assert.deepEqual(new Set(errors), new Set(['the running executions could not be listed: Rate exceeded']));
});
