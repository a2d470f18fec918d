import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasEnded, JOB_STATUSES, type JobStatus } from '@gatehouse/core/record/events';
import {
  endedInQueue,
  type Job,
  jobIndex,
  newJob,
  nextAttempt,
  type RollbackCause,
  toEnded,
  toRollingBack,
  toRunning,
  toStarted,
  waitsInQueue,
  withRollbackCause,
} from '@gatehouse/core/record/job';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const rollbackCause: RollbackCause = { reason: 'failed', step: 'listener', at: AT, problem };

function job(status: JobStatus, changes: Partial<Job> = {}): Job {
  return {
    ...newJob(
      {
        id: 'job-1',
        caller: 'test',
        operation: 'provision',
        entryPoint: 'checkout-edge',
        cloud: 'aws',
        deadlineSeconds: 3600,
      },
      AT,
    ),
    status,
    attempt: 1,
    tries: 1,
    ...changes,
  };
}

/** What may do something, by the status it may do it from. Everything else must leave the job as it is. */
const TRANSITIONS: {
  name: string;
  from: JobStatus[];
  to?: JobStatus;
  /** Whether it needs a rollback cause, is refused with one, or neither. */
  rollbackCause: 'needed' | 'forbidden' | 'either';
  act: (of: Job, attempt: number) => Job | undefined;
}[] = [
  {
    name: 'begun',
    from: ['QUEUED'],
    to: 'RUNNING',
    rollbackCause: 'forbidden',
    act: (of, attempt) => toRunning(of, attempt, AT, { deadlineAt: LATER }),
  },
  {
    name: 'given a rollback cause',
    from: ['QUEUED', 'RUNNING'],
    rollbackCause: 'forbidden',
    act: (of, attempt) => withRollbackCause(of, attempt, rollbackCause),
  },
  {
    name: 'rolling back',
    from: ['RUNNING'],
    to: 'ROLLING_BACK',
    rollbackCause: 'needed',
    act: (of, attempt) => toRollingBack(of, attempt, AT, LATER),
  },
  {
    name: 'next attempt',
    from: ['QUEUED', 'RUNNING', 'ROLLING_BACK'],
    rollbackCause: 'either',
    act: nextAttempt,
  },
  {
    name: 'succeeded',
    from: ['RUNNING'],
    to: 'SUCCEEDED',
    rollbackCause: 'either',
    act: (of, attempt) => toEnded(of, { status: 'SUCCEEDED', attempt, at: LATER }),
  },
  {
    name: 'failed',
    from: ['QUEUED'],
    to: 'FAILED',
    rollbackCause: 'either',
    act: (of, attempt) => toEnded(of, { status: 'FAILED', attempt, at: LATER, problem }),
  },
  {
    name: 'rolled back',
    from: ['ROLLING_BACK'],
    to: 'ROLLED_BACK',
    rollbackCause: 'either',
    act: (of, attempt) => toEnded(of, { status: 'ROLLED_BACK', attempt, at: LATER }),
  },
  {
    name: 'rollback failed',
    from: ['ROLLING_BACK'],
    to: 'ROLLBACK_FAILED',
    rollbackCause: 'either',
    act: (of, attempt) => toEnded(of, { status: 'ROLLBACK_FAILED', attempt, at: LATER }),
  },
  {
    name: 'remove failed',
    from: ['RUNNING'],
    to: 'REMOVE_FAILED',
    rollbackCause: 'either',
    act: (of, attempt) => toEnded(of, { status: 'REMOVE_FAILED', attempt, at: LATER }),
  },
];

for (const { name, from, to, rollbackCause: needs, act } of TRANSITIONS) {
  test(`${name}: allowed from ${from.join(', ')} only, by the current attempt only`, () => {
    for (const status of JOB_STATUSES) {
      for (const marking of [{}, { rollbackCause }]) {
        const fits = needs === 'either' || (needs === 'needed') === 'rollbackCause' in marking;
        const allowed = from.includes(status) && fits;
        const before = job(status, marking);
        const after = act(before, 1);
        assert.equal(after !== undefined, allowed, `from ${status} ${JSON.stringify(marking)}`);
        assert.equal(act(before, 0), undefined, 'an older attempt');
        assert.equal(act(before, 2), undefined, 'an attempt that is not yet');
        if (!after) continue;
        assert.equal(after.status, to ?? status);
        assert.equal(
          after.events.length,
          before.events.length + (to ? 1 : 0),
          'an event with each change of status',
        );
        if (to) assert.equal(after.events.at(-1)?.status, to);
      }
    }
  });
}

test('an ended job stays ended: no transition leads out of it', () => {
  for (const status of JOB_STATUSES.filter(hasEnded)) {
    for (const { name, act } of TRANSITIONS) {
      assert.equal(act(job(status), 1), undefined, `${name} from ${status}`);
      assert.equal(act(job(status, { rollbackCause }), 1), undefined, `${name} from ${status}, marked`);
    }
  }
});

test('a transition changes a copy', () => {
  const before = job('QUEUED');
  const text = JSON.stringify(before);
  toRunning(before, 1, AT, { deadlineAt: LATER });
  withRollbackCause(before, 1, rollbackCause);
  nextAttempt(before, 1);
  assert.equal(JSON.stringify(before), text);
});

test('a new job waits and has no attempt yet, as its first event shows', () => {
  const { status, attempt, tries, queues, open, events } = newJob(job('QUEUED'), AT);
  assert.deepEqual([status, attempt, tries, queues, open], ['QUEUED', 0, 0, [], true]);
  assert.deepEqual(events, [{ sequence: 1, at: AT, status: 'QUEUED', attempt: 0 }]);
});

test('events are numbered 1, 2, 3 and tell the problem that turned the job', () => {
  const running = toRunning(job('QUEUED'), 1, AT, { deadlineAt: LATER });
  assert.ok(running);
  const turning = withRollbackCause(running, 1, rollbackCause);
  assert.ok(turning);
  const back = toRollingBack(turning, 1, AT, LATER);
  assert.ok(back);
  const over = toEnded(back, { status: 'ROLLED_BACK', attempt: 1, at: LATER });
  assert.ok(over);
  assert.deepEqual(
    over.events.map(({ sequence, status }) => [sequence, status]),
    [
      [1, 'QUEUED'],
      [2, 'RUNNING'],
      [3, 'ROLLING_BACK'],
      [4, 'ROLLED_BACK'],
    ],
  );
  assert.deepEqual(over.events.at(-1)?.problem, problem);
  assert.deepEqual(over.problem, problem);
  assert.equal(over.endedAt, LATER);
});

test('the deadline counts from RUNNING, and rollback has a budget of its own', () => {
  const running = toRunning(job('QUEUED'), 1, AT, { deadlineAt: LATER });
  assert.equal(running?.startedAt, AT);
  assert.equal(running?.deadlineAt, LATER);
  const back = toRollingBack(job('RUNNING', { rollbackCause }), 1, AT, '2026-03-01T14:00:00.000Z');
  assert.equal(back?.rollbackUntil, '2026-03-01T14:00:00.000Z');
});

test('the first rollback cause wins', () => {
  const first = withRollbackCause(job('RUNNING'), 1, rollbackCause);
  assert.ok(first);
  assert.equal(withRollbackCause(first, 1, { ...rollbackCause, reason: 'deadline' }), undefined);
  assert.equal(first.rollbackCause?.reason, 'failed');
});

test('tries are counted per direction', () => {
  const third = nextAttempt(job('RUNNING', { attempt: 2, tries: 2, rollbackCause }), 2);
  assert.deepEqual([third?.attempt, third?.tries], [3, 3]);
  assert.ok(third);
  const back = toRollingBack(third, 3, AT, LATER);
  assert.deepEqual([back?.attempt, back?.tries], [3, 1]);
});

test('leftovers are stored with the end of a job; an empty list is not', () => {
  const leftovers = [{ step: 'listener', title: 'listener TCP 443', id: 'cloud-1', problem }];
  const end = { status: 'ROLLBACK_FAILED', attempt: 1, at: LATER } as const;
  assert.deepEqual(toEnded(job('ROLLING_BACK'), { ...end, leftovers })?.leftovers, leftovers);
  assert.equal(toEnded(job('ROLLING_BACK'), { ...end, leftovers: [] })?.leftovers, undefined);
});

const UNTIL = { deadlineAt: '2026-03-01T15:00:00.000Z', rollbackUntil: '2026-03-01T16:00:00.000Z' };

test('a job waits in its queues until its first attempt, and again from a retry until the attempt starts', () => {
  for (const status of JOB_STATUSES) {
    assert.equal(waitsInQueue(job(status, { attempt: 0 })), status === 'QUEUED', status);
    assert.equal(waitsInQueue(job(status)), false, `${status}, started`);
  }
  assert.ok(waitsInQueue(job('ROLLING_BACK', { requeued: true })));
});

test('a job is started once, with its attempt', () => {
  const first = toStarted(job('QUEUED', { attempt: 0, tries: 0 }), 0, UNTIL);
  assert.deepEqual([first?.status, first?.attempt, first?.tries], ['QUEUED', 1, 1]);
  assert.equal(first && toStarted(first, 1, UNTIL), undefined);
  assert.equal(toStarted(job('QUEUED', { attempt: 0 }), 1, UNTIL), undefined);
});

test('a retried job starts with its own deadline, and without its leftovers', () => {
  const leftovers = [{ step: 'listener', title: 'listener TCP 443', problem }];
  const back = toStarted(job('ROLLING_BACK', { attempt: 3, requeued: true, leftovers }), 3, UNTIL);
  assert.deepEqual(
    [back?.attempt, back?.rollbackUntil, back?.deadlineAt, back?.leftovers, back?.requeued],
    [3, UNTIL.rollbackUntil, undefined, undefined, undefined],
  );
  const removal = toStarted(job('RUNNING', { attempt: 3, requeued: true, leftovers }), 3, UNTIL);
  assert.deepEqual([removal?.deadlineAt, removal?.rollbackUntil], [UNTIL.deadlineAt, undefined]);
});

test('a job that ends in its queues has changed nothing: it is refused or cancelled, or stuck as before', () => {
  const end = { at: LATER, problem } as const;
  for (const status of ['FAILED', 'CANCELLED'] as const) {
    const of = job('QUEUED', { attempt: 0 });
    assert.equal(endedInQueue(of, 0, { ...end, status })?.status, status);
    assert.equal(endedInQueue(job('QUEUED'), 1, { ...end, status }), undefined, 'it has been started');
  }
  const leftovers = [{ step: 'listener', title: 'listener TCP 443', problem }];
  for (const [from, to] of [
    ['ROLLING_BACK', 'ROLLBACK_FAILED'],
    ['RUNNING', 'REMOVE_FAILED'],
  ] as const) {
    const back = endedInQueue(job(from, { requeued: true, leftovers }), 1, { ...end, status: 'FAILED' });
    assert.deepEqual([back?.status, back?.leftovers, back?.requeued], [to, leftovers, undefined]);
  }
});

test('a job is indexed by status and entry point, sorted by time and id, and as open while it is', () => {
  assert.deepEqual(jobIndex(job('RUNNING')), {
    list: 'jobs',
    status: 'RUNNING',
    entryPoint: 'checkout-edge',
    open: 'open',
    order: `${AT}#job-1`,
  });
  assert.equal('open' in jobIndex(job('SUCCEEDED', { open: false })), false);
  const stuck = job('ROLLBACK_FAILED', { open: false });
  assert.equal(jobIndex(stuck).open, 'stuck');
  const resolution = { at: AT, by: 'alice', reason: 'gone', leftovers: [] };
  assert.equal('open' in jobIndex({ ...stuck, resolution }), false);
});
