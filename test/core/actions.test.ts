// The table of actions over every status of a job, and the effect of each action on a job.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ActionRequest,
  afterAction,
  allowedActions,
  isRepeat,
  MAX_RETRIES,
} from '@gatehouse/core/api/actions';
import { ACTIONS, type Action, JOB_STATUSES, type JobStatus } from '@gatehouse/core/record/events';
import { type Job, newJob, type RollbackCause } from '@gatehouse/core/record/job';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const UNTIL = '2026-03-02T12:00:00.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const rollbackCause: RollbackCause = { reason: 'failed', step: 'listener', at: AT, problem };
const leftovers = [
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
  const ended = { open: false, endedAt: AT, queues: ['entry-point/edge'] };
  return job(status, { ...ended, attempt: 7, tries: 5, rollbackCause, problem, leftovers, ...changes });
}

const asking = (action: Action, more: Partial<ActionRequest> = {}): ActionRequest => ({
  action,
  at: LATER,
  by: 'alice',
  reason: 'because',
  ...more,
});

function after(of: Job, action: Action, more: Partial<ActionRequest> = {}): Job {
  const made = afterAction(of, asking(action, more), UNTIL);
  assert.ok(made, `${action} from ${of.status}`);
  return made;
}

const ALLOWED: Record<JobStatus, Action[]> = {
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
    const resolution = { at: AT, by: 'alice', reason: 'gone', leftovers: [] };
    const stillAllowed = allowedActions(job(status, { resolution }));
    assert.deepEqual(stillAllowed, [], 'once forgotten, nothing');
  });
}

/** Every action, with a job that allows it. */
const ASKED: [Action, Job][] = [
  ['cancel', job('QUEUED', { attempt: 0 })],
  ['cancel', job('RUNNING')],
  ['retry', stuck('ROLLBACK_FAILED')],
  ['skip', stuck('ROLLBACK_FAILED')],
  ['forget', stuck('REMOVE_FAILED')],
];

test('every action is in the history, with who, when and why', () => {
  for (const [action, of] of ASKED) {
    const made = after(of, action, action === 'skip' ? { step: 'listener' } : {});
    const event = made.events.find(each => each.action === action);
    assert.deepEqual([event?.at, event?.by, event?.reason], [LATER, 'alice', 'because'], action);
    assert.deepEqual(
      made.events.map(({ sequence }) => sequence),
      made.events.map((_, at) => at + 1),
    );
  }
});

test('a waiting job ends when it is cancelled; a running job gets one rollback cause', () => {
  const waiting = after(job('QUEUED', { attempt: 0 }), 'cancel');
  assert.deepEqual([waiting.status, waiting.problem?.message], ['CANCELLED', 'cancelled by alice: because']);
  const begins = after(job('QUEUED'), 'cancel');
  assert.deepEqual([begins.status, begins.rollbackCause?.reason], ['QUEUED', 'cancelled']);
  const runs = after(job('RUNNING'), 'cancel');
  assert.deepEqual([runs.status, runs.rollbackCause?.reason], ['RUNNING', 'cancelled']);
  assert.deepEqual(
    after(job('RUNNING', { rollbackCause }), 'cancel').rollbackCause,
    rollbackCause,
    'the first rollback cause wins',
  );
});

test('a retried removal that waits in its queues is stuck again when it is cancelled', () => {
  const again = after(stuck('REMOVE_FAILED'), 'retry');
  const cancelled = after(again, 'cancel');
  assert.deepEqual(
    [cancelled.status, cancelled.leftovers, cancelled.requeued],
    ['REMOVE_FAILED', leftovers, undefined],
  );
});

test('a retried rollback resumes as the next attempt, with its tries reset', () => {
  const again = after(stuck('ROLLBACK_FAILED', { rollbackUntil: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.attempt, again.tries, again.open, again.requeued, again.queueUntil],
    ['ROLLING_BACK', 8, 1, true, true, UNTIL],
  );
  assert.deepEqual([again.endedAt, again.rollbackUntil], [undefined, undefined]);
  assert.deepEqual(
    [again.rollbackCause, again.problem],
    [rollbackCause, problem],
    'the cause of the rollback stays',
  );
  assert.deepEqual(again.queues, ['entry-point/edge'], 'it has kept its position there');
});

test('a retried removal resumes without the rollback cause and the deadline of the failed attempt', () => {
  const again = after(stuck('REMOVE_FAILED', { deadlineAt: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.rollbackCause, again.problem, again.deadlineAt],
    ['RUNNING', undefined, undefined, undefined],
  );
});

test('a skipped step is no longer a leftover, and records who skipped it', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'listener' });
  assert.deepEqual(one.status, 'ROLLBACK_FAILED');
  assert.deepEqual(one.leftovers, leftovers.slice(1));
  assert.deepEqual(one.skipped, [{ ...leftovers[0], at: LATER, by: 'alice', reason: 'because' }]);
  const both = after({ ...one, open: false }, 'skip', { step: 'policy' });
  assert.deepEqual([both.leftovers, both.skipped?.length], [[], 2]);
});

test('a forgotten job keeps its status, lists its leftovers, and is open until it has left its queue', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'policy' });
  const { status, resolution, open } = after({ ...one, open: false }, 'forget');
  assert.deepEqual([status, open], ['ROLLBACK_FAILED', true]);
  assert.deepEqual(resolution, { at: LATER, by: 'alice', reason: 'because', leftovers });
});

test('no action changes a stuck job whose end is still being written', () => {
  for (const action of ['retry', 'skip', 'forget'] as const) {
    const open = stuck('ROLLBACK_FAILED', { open: true });
    assert.equal(afterAction(open, asking(action, { step: 'listener' }), UNTIL), undefined, action);
  }
});

test('repeating an action has no further effect', () => {
  for (const [action, of] of ASKED) {
    const of1 = asking(action, { step: 'listener' });
    assert.equal(isRepeat(of, of1), false, `${action}, the first time`);
    const made = after(of, action, { step: 'listener' });
    assert.equal(isRepeat(made, of1), true, `${action}, again`);
    for (const other of ACTIONS.filter(each => each !== action)) {
      assert.equal(isRepeat(made, asking(other, { step: 'listener' })), false, `${other} after ${action}`);
    }
  }
});

test('a job that is stuck again can be retried again, up to a limit', () => {
  let of = stuck('ROLLBACK_FAILED');
  for (let times = 0; times < MAX_RETRIES; times++) {
    assert.ok(allowedActions(of).includes('retry'));
    assert.equal(isRepeat(of, asking('retry')), false);
    const { requeued: _, ...again } = after(of, 'retry');
    of = { ...again, status: 'ROLLBACK_FAILED', open: false };
  }
  assert.deepEqual(allowedActions(of), ['skip', 'forget']);
});
