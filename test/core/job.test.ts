import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasEnded, JOB_STATUSES, type JobStatus } from '@gatehouse/core/events';
import {
  begun,
  ended,
  type Job,
  jobIndex,
  type Mark,
  marked,
  newJob,
  nextAttempt,
  retried,
  turnedBack,
} from '@gatehouse/core/job';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const mark: Mark = { because: 'failed', step: 'listener', at: AT, problem };

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
  /** Whether it needs a mark, must not find one, or does not care. */
  mark: 'needed' | 'forbidden' | 'either';
  act: (of: Job, attempt: number) => Job | undefined;
}[] = [
  {
    name: 'begun',
    from: ['QUEUED'],
    to: 'RUNNING',
    mark: 'forbidden',
    act: (of, attempt) => begun(of, attempt, AT, { deadlineAt: LATER }),
  },
  {
    name: 'marked',
    from: ['QUEUED', 'RUNNING'],
    mark: 'forbidden',
    act: (of, attempt) => marked(of, attempt, mark),
  },
  {
    name: 'turned back',
    from: ['RUNNING'],
    to: 'ROLLING_BACK',
    mark: 'needed',
    act: (of, attempt) => turnedBack(of, attempt, AT, LATER),
  },
  { name: 'next attempt', from: ['QUEUED', 'RUNNING', 'ROLLING_BACK'], mark: 'either', act: nextAttempt },
  {
    name: 'succeeded',
    from: ['RUNNING'],
    to: 'SUCCEEDED',
    mark: 'forbidden',
    act: (of, attempt) => ended(of, { status: 'SUCCEEDED', attempt, at: LATER }),
  },
  {
    name: 'failed',
    from: ['QUEUED'],
    to: 'FAILED',
    mark: 'either',
    act: (of, attempt) => ended(of, { status: 'FAILED', attempt, at: LATER, problem }),
  },
  {
    name: 'rolled back',
    from: ['ROLLING_BACK'],
    to: 'ROLLED_BACK',
    mark: 'either',
    act: (of, attempt) => ended(of, { status: 'ROLLED_BACK', attempt, at: LATER }),
  },
  {
    name: 'rollback failed',
    from: ['ROLLING_BACK'],
    to: 'ROLLBACK_FAILED',
    mark: 'either',
    act: (of, attempt) => ended(of, { status: 'ROLLBACK_FAILED', attempt, at: LATER }),
  },
  {
    name: 'remove failed',
    from: ['RUNNING'],
    to: 'REMOVE_FAILED',
    mark: 'either',
    act: (of, attempt) => ended(of, { status: 'REMOVE_FAILED', attempt, at: LATER }),
  },
];

for (const { name, from, to, mark: needs, act } of TRANSITIONS) {
  test(`${name}: allowed from ${from.join(', ')} only, by the current attempt only`, () => {
    for (const status of JOB_STATUSES) {
      for (const marking of [{}, { mark }]) {
        const fits = needs === 'either' || (needs === 'needed') === 'mark' in marking;
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
      assert.equal(act(job(status, { mark }), 1), undefined, `${name} from ${status}, marked`);
    }
  }
});

test('a transition changes a copy', () => {
  const before = job('QUEUED');
  const text = JSON.stringify(before);
  begun(before, 1, AT, { deadlineAt: LATER });
  marked(before, 1, mark);
  nextAttempt(before, 1);
  assert.equal(JSON.stringify(before), text);
});

test('a new job waits, has no attempt yet and says so in its first event', () => {
  const { status, attempt, tries, lines, open, events } = newJob(job('QUEUED'), AT);
  assert.deepEqual([status, attempt, tries, lines, open], ['QUEUED', 0, 0, [], true]);
  assert.deepEqual(events, [{ sequence: 1, at: AT, status: 'QUEUED', attempt: 0 }]);
});

test('events are numbered 1, 2, 3 and tell the problem that turned the job', () => {
  const running = begun(job('QUEUED'), 1, AT, { deadlineAt: LATER });
  assert.ok(running);
  const turning = marked(running, 1, mark);
  assert.ok(turning);
  const back = turnedBack(turning, 1, AT, LATER);
  assert.ok(back);
  const over = ended(back, { status: 'ROLLED_BACK', attempt: 1, at: LATER });
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
  const running = begun(job('QUEUED'), 1, AT, { deadlineAt: LATER });
  assert.equal(running?.startedAt, AT);
  assert.equal(running?.deadlineAt, LATER);
  const back = turnedBack(job('RUNNING', { mark }), 1, AT, '2026-03-01T14:00:00.000Z');
  assert.equal(back?.rollbackUntil, '2026-03-01T14:00:00.000Z');
});

test('the first mark wins', () => {
  const first = marked(job('RUNNING'), 1, mark);
  assert.ok(first);
  assert.equal(marked(first, 1, { ...mark, because: 'deadline' }), undefined);
  assert.equal(first.mark?.because, 'failed');
});

test('tries are counted per direction', () => {
  const third = nextAttempt(job('RUNNING', { attempt: 2, tries: 2, mark }), 2);
  assert.deepEqual([third?.attempt, third?.tries], [3, 3]);
  assert.ok(third);
  const back = turnedBack(third, 3, AT, LATER);
  assert.deepEqual([back?.attempt, back?.tries], [3, 1]);
});

test('what is left is kept with the end, and an empty list is not', () => {
  const left = [{ step: 'listener', title: 'listener TCP 443', id: 'cloud-1', problem }];
  const end = { status: 'ROLLBACK_FAILED', attempt: 1, at: LATER } as const;
  assert.deepEqual(ended(job('ROLLING_BACK'), { ...end, left })?.left, left);
  assert.equal(ended(job('ROLLING_BACK'), { ...end, left: [] })?.left, undefined);
});

const ASKING = { at: LATER, by: 'test', reason: 'the quota was raised' };

test('only a stuck job is retried, once it is closed', () => {
  for (const status of JOB_STATUSES) {
    const stuck = status === 'ROLLBACK_FAILED' || status === 'REMOVE_FAILED';
    assert.equal(retried(job(status, { open: false }), ASKING) !== undefined, stuck, status);
    assert.equal(retried(job(status), ASKING), undefined, `${status}, with its last writes still to come`);
  }
});

test('a retried rollback goes on backward as the next attempt, with its tries and its budget anew', () => {
  const left = [{ step: 'listener', title: 'listener TCP 443', problem }];
  const stuck = { open: false, attempt: 7, tries: 5, mark, problem, left, endedAt: AT, rollbackUntil: AT };
  const again = retried(job('ROLLBACK_FAILED', stuck), ASKING);
  assert.deepEqual(
    [again?.status, again?.attempt, again?.tries, again?.open, again?.rejoins],
    ['ROLLING_BACK', 8, 1, true, true],
  );
  assert.deepEqual([again?.left, again?.endedAt, again?.rollbackUntil], [undefined, undefined, undefined]);
  assert.deepEqual(again?.mark, mark, 'why it turned back stays');
  assert.deepEqual(again?.events.at(-1), {
    sequence: 2,
    ...ASKING,
    verb: 'retry',
    status: 'ROLLING_BACK',
    attempt: 8,
  });
});

test('a retried removal goes on forward: neither mark nor deadline of the failed one is left', () => {
  const stuck = { open: false, mark, problem, deadlineAt: AT };
  const again = retried(job('REMOVE_FAILED', stuck), ASKING);
  assert.deepEqual(
    [again?.status, again?.mark, again?.problem, again?.deadlineAt],
    ['RUNNING', undefined, undefined, undefined],
  );
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
});
