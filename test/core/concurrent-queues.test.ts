// Many Lambdas on the same jobs and queues at once, their reads and writes of the table interleaved by a seed: callers,
// executions and their late repeats, the schedule, actions. After each write, every running job heads all its queues. In the
// end, every job has ended and every queue is empty.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept } from '@gatehouse/core/api/accept';
import { performAction } from '@gatehouse/core/api/act';
import type { Store } from '@gatehouse/core/ports/ports';
import { finishEnding } from '@gatehouse/core/queue/advance';
import { changeJob } from '@gatehouse/core/record/change-job';
import { ACTIONS, hasEnded, type JobStatus } from '@gatehouse/core/record/events';
import {
  endOfUnbegun,
  isStuck,
  type Job,
  toEnded,
  toRunning,
  waitsInQueue,
} from '@gatehouse/core/record/job';
import { jobKey, type Queue } from '@gatehouse/core/record/records';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { recover } from '@gatehouse/core/saga/recover';
import { rollBack } from '@gatehouse/core/saga/roll-back';
import { oneOf, randomOf } from '../saga/sweep.ts';
import { memoryStore } from '../world/memory-store.ts';

const SEEDS = 150;
const accelerator = (n: number) =>
  `arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef0${n}`;
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const leftovers = [{ step: 'listener', title: 'listener', problem }];

function requestOn(entryPoint: string, onAccelerator: number, queueSeconds: number) {
  return {
    operation: 'provision',
    entryPoint,
    options: { queueSeconds },
    listener: {
      acceleratorArn: accelerator(onAccelerator),
      protocol: 'TCP',
      portRanges: [{ fromPort: 443, toPort: 443 }],
    },
  };
}

/** Two entry points on one accelerator, one of them wanted twice, and one that moves between the two. */
const REQUESTS = [
  requestOn('edge', 1, 86_400),
  requestOn('edge', 1, 40),
  requestOn('voice', 1, 86_400),
  requestOn('voice', 2, 86_400),
  requestOn('mail', 2, 86_400),
];

/** One read or write of the table at a time, whose it is as the seed says. Some hands stall, for as long as it says. */
function turns(random: () => number) {
  const waiting: (() => void)[] = [];
  const stalled: (() => void)[] = [];
  return {
    mine: () =>
      new Promise<void>(resolve => {
        if (random() < 0.04) stalled.push(resolve);
        else waiting.push(resolve);
      }),
    /** Until nobody goes on but those that stall. */
    async untilRest(): Promise<void> {
      for (;;) {
        await new Promise(resolve => setImmediate(resolve));
        if (waiting.length === 0) return;
        const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
        next?.();
      }
    },
    goOn: (share: number) => {
      for (const [at, resume] of [...stalled.entries()].toReversed()) {
        if (random() >= share) continue;
        stalled.splice(at, 1);
        resume();
      }
      return stalled.length;
    },
  };
}

async function runSeed(seed: number): Promise<Record<string, number>> {
  const random = randomOf(seed);
  const chance = (of: number) => random() < of;
  const { mine, untilRest, goOn } = turns(random);
  const bare = memoryStore();
  const jobIds = new Set<string>();
  const lines = new Map<string, Queue>();
  const seen: Record<string, number> = {};
  let now = Date.UTC(2026, 2, 1, 12);
  const broken: string[] = [];

  const jobs = async () => Promise.all([...jobIds].map(async id => (await bare.get(jobKey(id)))?.value));
  async function look(): Promise<void> {
    for (const job of await jobs()) {
      if (!job) continue;
      const isAtWork = !hasEnded(job.status) && !waitsInQueue(job);
      const isHeld = isStuck(job) && !job.open;
      if (!isAtWork && !isHeld) continue;
      if (!job.queues.includes(`entry-point/${job.entryPoint}`)) broken.push(`${job.id} holds nothing`);
      for (const target of job.queues) {
        if (lines.get(target)?.jobs[0] === job.id) continue;
        broken.push(`${job.id} is ${job.status} and not the head of ${target}`);
      }
    }
  }

  const store: Store = {
    ...bare,
    async get(key) {
      await mine();
      return bare.get(key);
    },
    async many(keys) {
      await mine();
      return bare.many(keys);
    },
    async all(pk) {
      await mine();
      return bare.all(pk);
    },
    async put(key, value, version, index) {
      await mine();
      now += 1000;
      const written = await bare.put(key, value, version, index);
      if (written.written && key.sk === 'JOB') jobIds.add(key.pk.slice('JOB#'.length));
      if (written.written && key.sk === 'LINE') lines.set((value as Queue).name, value as Queue);
      await look();
      return written;
    },
  };

  const executions = new Map<string, 'running' | 'ended'>();
  const ports: RequestPorts = {
    clock: { now: () => new Date(now), after: seconds => new Date(now + seconds * 1000) },
    store,
    executions: {
      async start(name, input) {
        await mine();
        const { jobId, attempt }: { jobId: string; attempt: number } = JSON.parse(input);
        if (!executions.has(name)) void execute(name, jobId, attempt);
        return 'running';
      },
      async describe(name) {
        await mine();
        return { state: executions.get(name) ?? 'absent' };
      },
      running: async () => new Set(),
    },
    bus: { put: mine },
    log: { info() {}, warn() {}, error: message => broken.push(message) },
    settings: {
      eventSources: [],
      region: 'eu-west-1',
      stepTimeoutSeconds: 30,
      latenessSeconds: 60,
      historyEvents: 25_000,
      attemptGapSeconds: 0,
    },
  };

  /** What the state machine does with a job, as far as its lines are concerned. */
  async function execute(name: string, jobId: string, attempt: number): Promise<void> {
    executions.set(name, 'running');
    const at = () => new Date(now).toISOString();
    const job = await changeJob(ports, jobId, each => toRunning(each, attempt, at(), { deadlineAt: at() }));
    const dies = chance(0.2);
    if (job && !dies) {
      const isMarked = job.status === 'QUEUED' && job.rollbackCause;
      if (isMarked) await end(jobId, attempt, endOfUnbegun(isMarked));
      else if (chance(0.5)) await end(jobId, attempt, { status: 'SUCCEEDED' });
      await rollBack(ports, { jobId, attempt }, { reason: 'failed', problem });
      if (chance(0.7)) await end(jobId, attempt, { status: 'ROLLBACK_FAILED', leftovers });
      else await end(jobId, attempt, { status: 'ROLLED_BACK' });
    }
    executions.set(name, 'ended');
  }

  /** And its late repeat, by a Lambda whose answer was lost. */
  async function end(jobId: string, attempt: number, how: Partial<Job> & { status: JobStatus }) {
    const at = new Date(now).toISOString();
    const once = async () => {
      const job = await changeJob(ports, jobId, each => toEnded(each, { problem, ...how, attempt, at }));
      if (job && hasEnded(job.status)) await finishEnding(ports, job);
    };
    if (chance(0.5)) void attended(once());
    await once();
  }

  async function attended(hand: Promise<unknown>): Promise<void> {
    await hand.catch((thrown: Error) => {
      if (thrown.name !== 'RetryableError') broken.push(thrown.stack ?? thrown.message);
    });
  }

  for (const [at, value] of REQUESTS.entries())
    void attended(accept(ports, { caller: 'test', idempotencyKey: `key-${at}`, value }));
  for (let round = 0; round < 12; round++) {
    goOn(0.2);
    for (const job of await jobs()) {
      if (!job) continue;
      seen[job.status] = (seen[job.status] ?? 0) + 1;
      if (chance(0.6)) void attended(recover(ports, job.id));
      const verb = oneOf(random, ACTIONS);
      if (chance(0.3))
        void attended(
          performAction(ports, job.id, { action: verb, by: 'alice', reason: 'why', step: 'listener' }),
        );
    }
    await untilRest();
  }
  const isOpen = (job: Job | undefined) => job && (job.open || isStuck(job));
  for (let round = 0; goOn(1) > 0 || (await jobs()).some(isOpen); round++) {
    assert.ok(round < 50, `some job does not end: ${JSON.stringify(await jobs())}`);
    for (const job of await jobs()) {
      if (job?.open) void attended(recover(ports, job.id));
      if (job && isStuck(job))
        void attended(performAction(ports, job.id, { action: 'forget', by: 'bob', reason: 'why' }));
    }
    await untilRest();
  }
  assert.deepEqual(broken, []);
  for (const { name, jobs: waiting } of lines.values()) assert.deepEqual(waiting, [], name);
  for (const job of await jobs()) seen[job?.problem?.code ?? 'none'] = 1;
  return seen;
}

test(`whoever is at work heads all his lines, whatever hands are on them (${SEEDS} seeds)`, async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const found = await runSeed(seed).catch((thrown: Error) =>
      assert.fail(`seed ${seed}: ${thrown.message}`),
    );
    for (const each of Object.keys(found)) seen.add(each);
  }
  for (const each of ['ROLLBACK_FAILED', 'ROLLED_BACK', 'CANCELLED', 'SUCCEEDED', 'QueueTimedOut'])
    assert.ok(seen.has(each), `${each} was among them`);
});
