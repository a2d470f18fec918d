// What who polls sees: one sentence on the job, one state for each step.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobSummary, jobView } from '@gatehouse/core/api/job-view';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { type Job, newJob } from '@gatehouse/core/record/job';
import type { Entry } from '@gatehouse/core/record/ledger';
import type { Dossier } from '@gatehouse/core/record/records';
import { request } from './requests.ts';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T12:00:10.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const throttled = { code: 'Throttled', message: 'slow down', retryable: true };
const waiting = {
  because: 'the accelerator is IN_PROGRESS',
  since: AT,
  askAgainAt: LATER,
  giveUpAt: '2026-03-01T12:30:00.000Z',
  asked: 1,
  readyReadings: 0,
  sawPending: true,
};

function job(changes: Partial<Job> = {}): Job {
  const of = {
    id: 'job-1',
    caller: 'test',
    operation: 'provision',
    entryPoint: 'checkout-edge',
    cloud: 'aws',
  };
  return { ...newJob({ ...of, deadlineSeconds: 3600 }, AT), ...changes };
}

function entry(step: string, changes: Partial<Entry> = {}): Entry {
  return {
    jobId: 'job-1',
    step,
    kind: 'listener',
    state: 'intended',
    attempt: 1,
    generation: 1,
    token: 'a'.repeat(64),
    before: null,
    callUntil: AT,
    since: AT,
    calls: 1,
    updates: 0,
    ...changes,
  };
}

const behind = { step: 'listener', title: 'listener', id: 'cloud-1', problem };

function dossier(of: Job, ...entries: Entry[]): Dossier {
  return {
    job: of,
    request: { hash: 'h', value: request() },
    plan: undefined,
    ledger: new Map(entries.map(each => [each.step, each])),
  };
}

const view = (of: Dossier, lines: Parameters<typeof jobView>[1] = []) => jobView(of, lines, 'eu-west-1');
const applied = (step: string) => entry(step, { state: 'applied', id: `cloud-${step}` });
const group = 'endpoint-group-eu-west-1';

const SENTENCES: [because: string, dossier: Dossier, sentence: string][] = [
  ['it was accepted just now', dossier(job()), 'Is being looked at before it begins.'],
  ['nothing has begun', dossier(job({ status: 'RUNNING' })), '0 of 3 steps done.'],
  [
    'one is done, one is under way',
    dossier(job({ status: 'RUNNING' }), applied('listener'), entry(group)),
    '1 of 3 steps done; endpoint group eu-west-1: running.',
  ],
  [
    'the last one settles',
    dossier(
      job({ status: 'RUNNING' }),
      applied('listener'),
      applied(group),
      entry('accelerator', { state: 'made', waiting }),
    ),
    '2 of 3 steps done; accelerator deployed: the accelerator is IN_PROGRESS.',
  ],
  ['a rollback says why', dossier(job({ status: 'ROLLING_BACK', problem })), 'Turns back: not allowed'],
  ['success', dossier(job({ status: 'SUCCEEDED' })), 'The entry point stands as asked.'],
  ['a refusal says why', dossier(job({ status: 'FAILED', problem })), 'Nothing was changed: not allowed'],
  [
    'the clouds are as before, and why',
    dossier(job({ status: 'ROLLED_BACK', problem })),
    'The clouds are as before: not allowed',
  ],
  [
    'what is left is named by its id, or by its title where it has none',
    dossier(
      job({
        status: 'ROLLBACK_FAILED',
        left: [
          { step: 'listener', title: 'listener TCP 443', id: 'cloud-1', problem },
          { step: group, title: 'endpoint group eu-west-1', problem },
        ],
      }),
    ),
    'A person is needed; left behind: cloud-1, endpoint group eu-west-1.',
  ],
  [
    'given up by a person',
    dossier(
      job({ status: 'ROLLBACK_FAILED', resolution: { at: AT, by: 'alice', reason: 'it is gone', left: [] } }),
    ),
    'Forgotten by alice: it is gone',
  ],
  [
    'stuck, with all that is left to be left behind',
    dossier(job({ status: 'ROLLBACK_FAILED', skipped: [{ ...behind, at: AT, by: 'alice' }] })),
    'A person is needed; left behind: nothing more. On purpose: cloud-1.',
  ],
  [
    'rolled back, but for what a person left',
    dossier(job({ status: 'ROLLED_BACK', problem, skipped: [{ ...behind, at: AT, by: 'alice' }] })),
    'The clouds are as before, but for cloud-1, left behind on purpose: not allowed',
  ],
];

for (const [because, of, sentence] of SENTENCES) {
  test(`summary: ${because}`, () => assert.equal(view(of).summary, sentence));
}

test('every status has a sentence', () => {
  for (const status of JOB_STATUSES) assert.ok(view(dossier(job({ status }))).summary.length > 10, status);
});

test('a waiting job tells its lines, its place and who holds the target', () => {
  const lines = [
    { target: 'entry-point/checkout-edge', place: 1 },
    { target: 'accelerator/a', place: 3, heldBy: 'job-0' },
  ];
  const shown = view(dossier(job()), lines);
  assert.equal(shown.summary, 'Waits for accelerator/a, held by job-0; place 3 in its line.');
  assert.deepEqual(shown.lines, lines);
  assert.equal(view(dossier(job({ status: 'RUNNING' })), lines).lines, undefined, 'only while it waits');
});

test('a job that waits for a stuck one says so, and until when it waits at most', () => {
  const holder = { entryPoint: 'edge', status: 'ROLLBACK_FAILED' } as const;
  const lines = [{ target: 'entry-point/edge', place: 2, heldBy: 'job-0', holder }];
  assert.equal(
    view(dossier(job({ queueUntil: LATER })), lines).summary,
    `Waits for entry-point/edge, held by job-0, which waits for a person; place 2 in its line. It waits until ${LATER} at most.`,
  );
});

const mark = { because: 'failed', step: 'listener', at: AT, problem } as const;
const undoing = { since: AT, calls: 1 };
const STATES: [because: string, job: Job, entry: Entry | undefined, state: string][] = [
  ['not begun', job({ status: 'RUNNING' }), undefined, 'waiting'],
  ['under way', job({ status: 'RUNNING' }), entry('listener'), 'running'],
  [
    'the cloud was busy',
    job({ status: 'RUNNING' }),
    entry('listener', { state: 'refused', problem: throttled }),
    'retrying',
  ],
  [
    'made, not usable yet',
    job({ status: 'RUNNING' }),
    entry('listener', { state: 'made', waiting }),
    'settling',
  ],
  ['as desired', job({ status: 'RUNNING' }), applied('listener'), 'done'],
  [
    'failed for good',
    job({ status: 'RUNNING', mark }),
    entry('listener', { state: 'refused', problem }),
    'failed',
  ],
  ['failed before it wrote anything', job({ status: 'RUNNING', mark }), undefined, 'failed'],
  [
    'never begun, and will not be',
    job({ status: 'ROLLING_BACK', mark: { ...mark, step: 'other' } }),
    undefined,
    'skipped',
  ],
  ['the job was refused', job({ status: 'FAILED' }), undefined, 'skipped'],
  [
    'being taken back',
    job({ status: 'ROLLING_BACK', mark: { ...mark, step: 'other' } }),
    { ...applied('listener'), undo: undoing },
    'undoing',
  ],
  [
    'failed, and being taken back',
    job({ status: 'ROLLING_BACK', mark }),
    entry('listener', { state: 'made', undo: undoing }),
    'undoing',
  ],
  [
    'taken back',
    job({ status: 'ROLLED_BACK', mark }),
    entry('listener', { state: 'undone', undo: undoing }),
    'undone',
  ],
  [
    'refused while the job turned back: there is nothing to take back',
    job({ status: 'ROLLED_BACK', mark: { ...mark, step: 'other' } }),
    entry('listener', { state: 'refused', problem: throttled }),
    'undone',
  ],
  [
    'could not be taken back',
    job({ status: 'ROLLBACK_FAILED', mark, left: [{ step: 'listener', title: 'listener', problem }] }),
    { ...applied('listener'), undo: undoing },
    'left',
  ],
];

for (const [because, of, standing, state] of STATES) {
  test(`step state ${state}: ${because}`, () => {
    const [listener] = view(dossier(of, ...(standing ? [standing] : []))).steps;
    assert.equal(listener?.state, state);
  });
}

test('a step shows its act, attempts, cloud id, since when, what it waits for and its error', () => {
  const settling = entry('listener', { state: 'made', id: 'cloud-1', calls: 4, waiting, problem: throttled });
  const [shown] = view(dossier(job({ status: 'RUNNING' }), settling)).steps;
  assert.deepEqual(shown, {
    id: 'listener',
    title: 'listener TCP 443',
    kind: 'listener',
    act: 'create',
    state: 'settling',
    attempts: 4,
    cloudId: 'cloud-1',
    since: AT,
    waitingFor: { because: 'the accelerator is IN_PROGRESS', askAgainAt: LATER, asked: 1 },
    error: throttled,
  });
});

test('what was only waited for is waited for no more once the job has turned back', () => {
  const of = job({ status: 'ROLLED_BACK', mark: { ...mark, step: 'other' } });
  const { steps } = view(dossier(of, entry('accelerator', { state: 'made', waiting })));
  const shown = steps.find(({ id }) => id === 'accelerator');
  assert.deepEqual([shown?.state, shown?.waitingFor], ['undone', undefined]);
});

test('an undo shows since when, how often, when next, and its error', () => {
  const undo = { since: AT, calls: 2, askAgainAt: LATER, problem };
  const [shown] = view(dossier(job({ status: 'ROLLING_BACK' }), { ...applied('listener'), undo })).steps;
  assert.deepEqual(shown?.undo, { since: AT, attempts: 2, askAgainAt: LATER, error: problem });
});

test('a job shows no token and no deadline that is over', () => {
  const of = job({ status: 'SUCCEEDED', startedAt: AT, deadlineAt: LATER, endedAt: LATER });
  const shown = view(dossier(of, applied('listener')));
  assert.equal(shown.deadlineAt, undefined);
  assert.equal(jobSummary(job({ status: 'RUNNING', deadlineAt: LATER })).deadlineAt, LATER);
  assert.doesNotMatch(JSON.stringify(shown), /aaaaaaaa/);
});

test('before its plan is fixed, a job that changes what stands shows no steps', () => {
  assert.ok(jobView(dossier(job()), [], 'eu-west-1').steps.length > 0);
  for (const operation of ['update', 'remove'])
    assert.deepEqual(jobView(dossier(job({ operation })), [], 'eu-west-1').steps, [], operation);
});
