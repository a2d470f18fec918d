// A round of the schedule over more open jobs than it may have time for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryableError } from '@gatehouse/core/ports/errors';
import type { Ports } from '@gatehouse/core/ports/ports';
import { jobIndex, newJob, toRunning } from '@gatehouse/core/record/job';
import { jobKey } from '@gatehouse/core/record/records';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { memoryStore } from '../world/memory-store.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const JOBS = 130;

const idOf = (n: number) => `job-${String(n).padStart(3, '0')}`;
const minute = (n: number) => new Date(Date.parse('2026-03-01T00:00:00.000Z') + n * 60_000).toISOString();

/** Jobs that were accepted a minute apart, and that nobody has started. */
async function manyOpen(start: (name: string) => void): Promise<Ports> {
  const store = memoryStore();
  for (let n = 0; n < JOBS; n++) {
    const job = newJob(
      {
        id: idOf(n),
        caller: 'team',
        correlationId: idOf(n),
        operation: 'provision',
        entryPoint: `edge-${n}`,
        cloud: 'aws',
        deadlineSeconds: 3600,
        queueSeconds: 86_400,
        queueUntil: '2026-03-02T12:00:00.000Z',
      },
      minute(n),
    );
    await store.put(jobKey(job.id), job, 0, jobIndex(job));
  }
  return {
    store,
    clock: { now: () => new Date(NOW), after: seconds => new Date(Date.parse(NOW) + seconds * 1000) },
    executions: {
      async start(name) {
        start(name);
        return 'running';
      },
      describe: async () => ({ state: 'running' }),
      running: async () => new Set(),
    },
    bus: { put: async () => {} },
    log: { info() {}, warn() {}, error() {} },
    settings: {
      region: 'eu-west-1',
      stepTimeoutSeconds: 30,
      latenessSeconds: 60,
      historyEvents: 25_000,
      attemptGapSeconds: 0,
    },
  };
}

test('the oldest of many open jobs come first, and each has its turn', async () => {
  const started: string[] = [];
  const ports = await manyOpen(name => started.push(name));
  const { open, failed } = await recoverAll(ports);
  assert.deepEqual({ open, failed }, { open: JOBS, failed: 0 });
  const jobs = started.map(name => name.slice(0, idOf(0).length));
  assert.deepEqual(new Set(jobs.slice(0, 10)), new Set(Array.from({ length: 10 }, (_, n) => idOf(n))));
  assert.equal(new Set(jobs).size, JOBS);
});

test('one that cannot be recovered keeps no other waiting', async () => {
  const started: string[] = [];
  const ports = await manyOpen(name => {
    if (name.startsWith(idOf(3))) throw new Error('Step Functions has no room');
    started.push(name);
  });
  const { open, failed } = await recoverAll(ports);
  assert.deepEqual({ open, failed }, { open: JOBS, failed: 1 });
  assert.equal(started.length, JOBS - 1);
});

test('a round whose time is up leaves the rest to the next one, which begins there', async () => {
  const started: string[] = [];
  const ports = await manyOpen(name => started.push(name.slice(0, idOf(0).length)));
  let now = Date.parse(NOW);
  const { start } = ports.executions;
  const slow: Ports = {
    ...ports,
    clock: { ...ports.clock, now: () => new Date(now) },
    executions: {
      ...ports.executions,
      // Ten at once take 10 seconds.
      async start(name, input) {
        now += 1000;
        return start(name, input);
      },
    },
  };
  const { postponed } = await recoverAll(slow);
  assert.equal(postponed, JOBS - 50);
  assert.equal(started.at(-1), idOf(49));
  await recoverAll(slow);
  assert.equal(started[50], idOf(50));
  await recoverAll(slow);
  assert.deepEqual([started.length, new Set(started).size], [JOBS, JOBS]);
});

test('a job that heads its queues and cannot begin is overdue after its deadline, however long it could have waited', async () => {
  const ports = await manyOpen(() => {});
  const key = jobKey(idOf(7));
  const stored = await ports.store.get(key);
  assert.ok(stored);
  const begun = { ...stored.value, attempt: 1, tries: 1, deadlineAt: '2026-03-01T11:20:00.000Z' };
  await ports.store.put(key, begun, stored.version, jobIndex(begun));
  const { overdueSeconds } = await recoverAll(ports);
  assert.equal(overdueSeconds, 2400);
});

test('a round tells how old the oldest open job is, and whether one has exceeded its last limit', async () => {
  const ports = await manyOpen(() => {});
  const { oldestSeconds, overdueSeconds } = await recoverAll(ports);
  assert.deepEqual([oldestSeconds, overdueSeconds], [43_200, 0]);
  const late = new Date('2026-03-02T12:10:00.000Z');
  const { overdueSeconds: later } = await recoverAll({
    ...ports,
    clock: { ...ports.clock, now: () => late },
  });
  // The first round has started them at noon, with an hour to run.
  assert.equal(later, 83_400);
});

for (const list of ['fails', 'does not have it yet'] as const) {
  test(`a job past its deadline whose execution runs gets its rollback cause although the list of executions ${list}`, async () => {
    const ports = await manyOpen(() => {});
    const key = jobKey(idOf(0));
    const stored = await ports.store.get(key);
    assert.ok(stored);
    const at = minute(1);
    const deadlineAt = '2026-03-01T11:00:00.000Z';
    const running = toRunning({ ...stored.value, attempt: 1, tries: 1 }, 1, at, { deadlineAt });
    assert.ok(running);
    await ports.store.put(key, running, stored.version, jobIndex(running));
    const errors: unknown[] = [];
    await recoverAll({
      ...ports,
      log: { ...ports.log, error: (_, { error }) => errors.push(error) },
      executions: {
        ...ports.executions,
        async running() {
          if (list === 'fails') throw new RetryableError('Throttled', 'Rate exceeded');
          return new Set();
        },
      },
    });
    const { rollbackCause } = (await ports.store.get(key))?.value ?? {};
    assert.deepEqual([rollbackCause?.reason, rollbackCause?.problem.code], ['deadline', 'DeadlineExceeded']);
    assert.equal(errors.length, list === 'fails' ? 1 : 0);
  });
}
