// The table of actions over every status of a job, and the effect of each action on a job.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asking, afterAction, allowedActions, isRepeat, MAX_RETRIES } from '@gatehouse/core/api/actions';
import { JOB_STATUSES, type JobStatus, VERBS, type Verb } from '@gatehouse/core/record/events';
import { type Job, type Mark, newJob } from '@gatehouse/core/record/job';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const UNTIL = '2026-03-02T12:00:00.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const mark: Mark = { because: 'failed', step: 'listener', at: AT, problem };
const left = [
  { step: 'listener', title: 'listener TCP 443', id: 'cloud-1', problem },
  { step: 'policy', title: 'stickiness policy sticky', problem },
];

function job(status: JobStatus, changes: Partial<Job> = {}): Job {
  const of = { id: 'job-1', caller: 'test', operation: 'provision', entryPoint: 'edge', cloud: 'aws' };
  return {
    ...newJob({ ...of, deadlineSeconds: 3600, queueSeconds: 60 }, AT),
    status,
    attempt: 1,
    tries: 1,
    ...changes,
  };
}

function stuck(status: 'ROLLBACK_FAILED' | 'REMOVE_FAILED', changes: Partial<Job> = {}): Job {
  const ended = { open: false, endedAt: AT, lines: ['entry-point/edge'] };
  return job(status, { ...ended, attempt: 7, tries: 5, mark, problem, left, ...changes });
}

const asking = (verb: Verb, more: Partial<Asking> = {}): Asking => ({
  verb,
  at: LATER,
  by: 'alice',
  reason: 'because',
  ...more,
});

function after(of: Job, verb: Verb, more: Partial<Asking> = {}): Job {
  const made = afterAction(of, asking(verb, more), UNTIL);
  assert.ok(made, `${verb} from ${of.status}`);
  return made;
}

const ALLOWED: Record<JobStatus, Verb[]> = {
  QUEUED: ['cancel'],
  RUNNING: ['cancel'],
  ROLLING_BACK: [],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
  ROLLED_BACK: [],
  ROLLBACK_FAILED: ['retry', 'skip', 'forget'],
  REMOVE_FAILED: ['retry', 'skip', 'forget'],
};

for (const status of JOB_STATUSES) {
  test(`a job that is ${status} allows ${ALLOWED[status].join(', ') || 'nothing'}`, () => {
    assert.deepEqual(allowedActions(job(status)), ALLOWED[status]);
    const resolution = { at: AT, by: 'alice', reason: 'gone', left: [] };
    const stillAllowed = allowedActions(job(status, { resolution }));
    assert.deepEqual(stillAllowed, [], 'once forgotten, nothing');
  });
}

/** Every action, with a job that allows it. */
const ASKED: [Verb, Job][] = [
  ['cancel', job('QUEUED', { attempt: 0 })],
  ['cancel', job('RUNNING')],
  ['retry', stuck('ROLLBACK_FAILED')],
  ['skip', stuck('ROLLBACK_FAILED')],
  ['forget', stuck('REMOVE_FAILED')],
];

test('every action is in the history, with who, when and why', () => {
  for (const [verb, of] of ASKED) {
    const made = after(of, verb, verb === 'skip' ? { step: 'listener' } : {});
    const event = made.events.find(each => each.verb === verb);
    assert.deepEqual([event?.at, event?.by, event?.reason], [LATER, 'alice', 'because'], verb);
    assert.deepEqual(
      made.events.map(({ sequence }) => sequence),
      made.events.map((_, at) => at + 1),
    );
  }
});

test('a waiting job ends when it is cancelled; a running job is marked once', () => {
  const waiting = after(job('QUEUED', { attempt: 0 }), 'cancel');
  assert.deepEqual([waiting.status, waiting.problem?.message], ['CANCELLED', 'cancelled by alice: because']);
  const begins = after(job('QUEUED'), 'cancel');
  assert.deepEqual([begins.status, begins.mark?.because], ['QUEUED', 'cancelled']);
  const runs = after(job('RUNNING'), 'cancel');
  assert.deepEqual([runs.status, runs.mark?.because], ['RUNNING', 'cancelled']);
  assert.deepEqual(after(job('RUNNING', { mark }), 'cancel').mark, mark, 'the first mark wins');
});

test('a retried removal that waits in its queues is stuck again when it is cancelled', () => {
  const again = after(stuck('REMOVE_FAILED'), 'retry');
  const cancelled = after(again, 'cancel');
  assert.deepEqual([cancelled.status, cancelled.left, cancelled.rejoins], ['REMOVE_FAILED', left, undefined]);
});

test('a retried rollback resumes as the next attempt, with its tries reset', () => {
  const again = after(stuck('ROLLBACK_FAILED', { rollbackUntil: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.attempt, again.tries, again.open, again.rejoins, again.queueUntil],
    ['ROLLING_BACK', 8, 1, true, true, UNTIL],
  );
  assert.deepEqual([again.endedAt, again.rollbackUntil], [undefined, undefined]);
  assert.deepEqual([again.mark, again.problem], [mark, problem], 'the cause of the rollback stays');
  assert.deepEqual(again.lines, ['entry-point/edge'], 'it has kept its position there');
});

test('a retried removal resumes without the mark and the deadline of the failed attempt', () => {
  const again = after(stuck('REMOVE_FAILED', { deadlineAt: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.mark, again.problem, again.deadlineAt],
    ['RUNNING', undefined, undefined, undefined],
  );
});

test('a skipped step is no longer a leftover, and records who skipped it', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'listener' });
  assert.deepEqual(one.status, 'ROLLBACK_FAILED');
  assert.deepEqual(one.left, left.slice(1));
  assert.deepEqual(one.skipped, [{ ...left[0], at: LATER, by: 'alice', reason: 'because' }]);
  const both = after({ ...one, open: false }, 'skip', { step: 'policy' });
  assert.deepEqual([both.left, both.skipped?.length], [[], 2]);
});

test('a forgotten job keeps its status, lists its leftovers, and is open until it has left its queue', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'policy' });
  const { status, resolution, open } = after({ ...one, open: false }, 'forget');
  assert.deepEqual([status, open], ['ROLLBACK_FAILED', true]);
  assert.deepEqual(resolution, { at: LATER, by: 'alice', reason: 'because', left });
});

test('no action changes a stuck job whose end is still being written', () => {
  for (const verb of ['retry', 'skip', 'forget'] as const) {
    const open = stuck('ROLLBACK_FAILED', { open: true });
    assert.equal(afterAction(open, asking(verb, { step: 'listener' }), UNTIL), undefined, verb);
  }
});

test('repeating an action has no further effect', () => {
  for (const [verb, of] of ASKED) {
    const of1 = asking(verb, { step: 'listener' });
    assert.equal(isRepeat(of, of1), false, `${verb}, the first time`);
    const made = after(of, verb, { step: 'listener' });
    assert.equal(isRepeat(made, of1), true, `${verb}, again`);
    for (const other of VERBS.filter(each => each !== verb)) {
      assert.equal(isRepeat(made, asking(other, { step: 'listener' })), false, `${other} after ${verb}`);
    }
  }
});

test('a job that is stuck again can be retried again, up to a limit', () => {
  let of = stuck('ROLLBACK_FAILED');
  for (let times = 0; times < MAX_RETRIES; times++) {
    assert.ok(allowedActions(of).includes('retry'));
    assert.equal(isRepeat(of, asking('retry')), false);
    const { rejoins: _, ...again } = after(of, 'retry');
    of = { ...again, status: 'ROLLBACK_FAILED', open: false };
  }
  assert.deepEqual(allowedActions(of), ['skip', 'forget']);
});
