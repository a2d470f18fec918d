// The table of verbs, over every status a job can have, and what each verb makes of a job.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asking, afterVerb, allowedVerbs, isRepeat, MAX_RETRIES } from '@gatehouse/core/api/actions';
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
  const made = afterVerb(of, asking(verb, more), UNTIL);
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
    assert.deepEqual(allowedVerbs(job(status)), ALLOWED[status]);
    const resolution = { at: AT, by: 'alice', reason: 'gone', left: [] };
    const stillAllowed = allowedVerbs(job(status, { resolution }));
    assert.deepEqual(stillAllowed, [], 'once forgotten, nothing');
  });
}

/** Every verb, of a job that allows it. */
const ASKED: [Verb, Job][] = [
  ['cancel', job('QUEUED', { attempt: 0 })],
  ['cancel', job('RUNNING')],
  ['retry', stuck('ROLLBACK_FAILED')],
  ['skip', stuck('ROLLBACK_FAILED')],
  ['forget', stuck('REMOVE_FAILED')],
];

test('every verb is in the history, with who, when and why', () => {
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

test('cancelled while it waits in line, a job ends; while it runs, it is marked once', () => {
  const waiting = after(job('QUEUED', { attempt: 0 }), 'cancel');
  assert.deepEqual([waiting.status, waiting.problem?.message], ['CANCELLED', 'cancelled by alice: because']);
  const begins = after(job('QUEUED'), 'cancel');
  assert.deepEqual([begins.status, begins.mark?.because], ['QUEUED', 'cancelled']);
  const runs = after(job('RUNNING'), 'cancel');
  assert.deepEqual([runs.status, runs.mark?.because], ['RUNNING', 'cancelled']);
  assert.deepEqual(after(job('RUNNING', { mark }), 'cancel').mark, mark, 'the first mark wins');
});

test('a removal that is retried and waits in line is stuck again when it is cancelled', () => {
  const again = after(stuck('REMOVE_FAILED'), 'retry');
  const cancelled = after(again, 'cancel');
  assert.deepEqual([cancelled.status, cancelled.left, cancelled.rejoins], ['REMOVE_FAILED', left, undefined]);
});

test('a retried rollback goes on backward as the next attempt, its tries counted anew', () => {
  const again = after(stuck('ROLLBACK_FAILED', { rollbackUntil: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.attempt, again.tries, again.open, again.rejoins, again.queueUntil],
    ['ROLLING_BACK', 8, 1, true, true, UNTIL],
  );
  assert.deepEqual([again.endedAt, again.rollbackUntil], [undefined, undefined]);
  assert.deepEqual([again.mark, again.problem], [mark, problem], 'why it turned back stays');
  assert.deepEqual(again.lines, ['entry-point/edge'], 'it has kept its place there');
});

test('a retried removal goes on forward: neither mark nor deadline of the failed one is left', () => {
  const again = after(stuck('REMOVE_FAILED', { deadlineAt: AT }), 'retry');
  assert.deepEqual(
    [again.status, again.mark, again.problem, again.deadlineAt],
    ['RUNNING', undefined, undefined, undefined],
  );
});

test('a skipped step is no longer among what is left, and says who decided so', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'listener' });
  assert.deepEqual(one.status, 'ROLLBACK_FAILED');
  assert.deepEqual(one.left, left.slice(1));
  assert.deepEqual(one.skipped, [{ ...left[0], at: LATER, by: 'alice', reason: 'because' }]);
  const both = after({ ...one, open: false }, 'skip', { step: 'policy' });
  assert.deepEqual([both.left, both.skipped?.length], [[], 2]);
});

test('a forgotten job keeps its status, names all that is left, and is open until its line is left', () => {
  const one = after(stuck('ROLLBACK_FAILED'), 'skip', { step: 'policy' });
  const { status, resolution, open } = after({ ...one, open: false }, 'forget');
  assert.deepEqual([status, open], ['ROLLBACK_FAILED', true]);
  assert.deepEqual(resolution, { at: LATER, by: 'alice', reason: 'because', left });
});

test('no verb touches a stuck job whose last writes are still to come', () => {
  for (const verb of ['retry', 'skip', 'forget'] as const) {
    const open = stuck('ROLLBACK_FAILED', { open: true });
    assert.equal(afterVerb(open, asking(verb, { step: 'listener' }), UNTIL), undefined, verb);
  }
});

test('asking twice is asking once', () => {
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

test('a job that is stuck again is retried again, up to a bound', () => {
  let of = stuck('ROLLBACK_FAILED');
  for (let times = 0; times < MAX_RETRIES; times++) {
    assert.ok(allowedVerbs(of).includes('retry'));
    assert.equal(isRepeat(of, asking('retry')), false);
    const { rejoins: _, ...again } = after(of, 'retry');
    of = { ...again, status: 'ROLLBACK_FAILED', open: false };
  }
  assert.deepEqual(allowedVerbs(of), ['skip', 'forget']);
});
