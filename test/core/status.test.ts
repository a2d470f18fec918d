// The view of a job: one sentence on the job, one state for each step.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobSummary, jobView } from '@gatehouse/core/api/job-view';
import { accepted } from '@gatehouse/core/plan/accepted';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { type Job, newJob } from '@gatehouse/core/record/job';
import type { Entry } from '@gatehouse/core/record/ledger';
import type { JobRecord } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { request } from './requests.ts';

const AT = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T12:00:10.000Z';
const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
const throttled = { code: 'Throttled', message: 'slow down', retryable: true };
const waiting = {
  reason: 'the accelerator is IN_PROGRESS',
  since: AT,
  nextPollAt: LATER,
  giveUpAt: '2026-03-01T12:30:00.000Z',
  polls: 1,
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

const CONTEXT = { jobId: 'job-1', region: 'eu-west-1' };
const parsed = parseRequest(request(), CONTEXT.region);
assert.ok(parsed.ok);
const { request: REQUEST } = parsed;

function jobRecord(of: Job, ...entries: Entry[]): JobRecord {
  return {
    job: of,
    request: accepted({ hash: 'h', value: request() }, REQUEST, planSteps(REQUEST, CONTEXT)),
    plan: undefined,
    ledger: new Map(entries.map(each => [each.step, each])),
  };
}

const view = (of: JobRecord, lines: Parameters<typeof jobView>[1] = []) => jobView(of, lines);
const applied = (step: string) => entry(step, { state: 'applied', id: `cloud-${step}` });
const group = 'endpoint-group-eu-west-1';

const SENTENCES: [reason: string, jobRecord: JobRecord, sentence: string][] = [
  ['it was accepted just now', jobRecord(job()), 'Planning; no changes yet.'],
  ['no step has begun', jobRecord(job({ status: 'RUNNING' })), '0 of 3 steps done.'],
  [
    'one step is done, one is in progress',
    jobRecord(job({ status: 'RUNNING' }), applied('listener'), entry(group)),
    '1 of 3 steps done; endpoint group eu-west-1: running.',
  ],
  [
    'the last step settles',
    jobRecord(
      job({ status: 'RUNNING' }),
      applied('listener'),
      applied(group),
      entry('accelerator', { state: 'made', waiting }),
    ),
    '2 of 3 steps done; accelerator deployed: the accelerator is IN_PROGRESS.',
  ],
  [
    'a rollback, with its cause',
    jobRecord(job({ status: 'ROLLING_BACK', problem })),
    'Rolling back: not allowed',
  ],
  ['success', jobRecord(job({ status: 'SUCCEEDED' })), 'The entry point is provisioned as requested.'],
  [
    'success of a removal that skipped a leftover',
    jobRecord(
      job({ status: 'SUCCEEDED', operation: 'remove', skipped: [{ ...behind, at: AT, by: 'alice' }] }),
    ),
    'The entry point has been removed, except skipped resources: cloud-1.',
  ],
  [
    'a refusal, with its cause',
    jobRecord(job({ status: 'FAILED', problem })),
    'Nothing was changed: not allowed',
  ],
  [
    'a finished rollback, with its cause',
    jobRecord(job({ status: 'ROLLED_BACK', problem })),
    'The clouds are as before. Cause: not allowed',
  ],
  [
    'leftovers, by their ids or else by their titles',
    jobRecord(
      job({
        status: 'ROLLBACK_FAILED',
        leftovers: [
          { step: 'listener', title: 'listener TCP 443', id: 'cloud-1', problem },
          { step: group, title: 'endpoint group eu-west-1', problem },
        ],
      }),
    ),
    'Manual action needed. Leftovers: cloud-1, endpoint group eu-west-1.',
  ],
  [
    'abandoned',
    jobRecord(
      job({
        status: 'ROLLBACK_FAILED',
        resolution: { at: AT, by: 'alice', reason: 'it is gone', leftovers: [] },
      }),
    ),
    'Forgotten by alice: it is gone',
  ],
  [
    'stuck, with every leftover skipped',
    jobRecord(job({ status: 'ROLLBACK_FAILED', skipped: [{ ...behind, at: AT, by: 'alice' }] })),
    'Manual action needed. Leftovers: none. Skipped: cloud-1. A retry ends the job.',
  ],
  [
    'rolled back, with a skipped leftover',
    jobRecord(job({ status: 'ROLLED_BACK', problem, skipped: [{ ...behind, at: AT, by: 'alice' }] })),
    'The clouds are as before, except skipped resources: cloud-1. Cause: not allowed',
  ],
];

for (const [reason, of, sentence] of SENTENCES) {
  test(`summary: ${reason}`, () => assert.equal(view(of).summary, sentence));
}

test('every status has a sentence', () => {
  for (const status of JOB_STATUSES) assert.ok(view(jobRecord(job({ status }))).summary.length > 10, status);
});

test('a waiting job shows its queues, its position and the holder', () => {
  const places = [
    { queue: 'entry-point/checkout-edge', position: 1 },
    { queue: 'accelerator/a', position: 3, heldBy: 'job-0' },
  ];
  const shown = view(jobRecord(job()), places);
  assert.equal(shown.summary, 'Position 3 in the queue of accelerator/a, held by job-0.');
  assert.deepEqual(shown.queues, [
    { queue: 'entry-point/checkout-edge', position: 1 },
    { queue: 'accelerator/a', position: 3, heldBy: 'job-0' },
  ]);
  assert.equal(view(jobRecord(job({ status: 'RUNNING' })), places).queues, undefined, 'only while it waits');
});

test('a job that waits for a stuck one says so, and how long it waits at most', () => {
  const holder = { entryPoint: 'edge', status: 'ROLLBACK_FAILED' } as const;
  const lines = [{ queue: 'entry-point/edge', position: 2, heldBy: 'job-0', holder }];
  assert.equal(
    view(jobRecord(job({ queueUntil: LATER })), lines).summary,
    `Position 2 in the queue of entry-point/edge, held by job-0, which needs manual action. It waits until ${LATER} at the latest.`,
  );
});

const rollbackCause = { reason: 'failed', step: 'listener', at: AT, problem } as const;
const undoing = { since: AT, calls: 1 };
const STATES: [reason: string, job: Job, entry: Entry | undefined, state: string][] = [
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
    job({ status: 'RUNNING', rollbackCause }),
    entry('listener', { state: 'refused', problem }),
    'failed',
  ],
  ['failed before it wrote anything', job({ status: 'RUNNING', rollbackCause }), undefined, 'failed'],
  [
    'never begun, and will not be',
    job({ status: 'ROLLING_BACK', rollbackCause: { ...rollbackCause, step: 'other' } }),
    undefined,
    'notRun',
  ],
  ['the job was refused', job({ status: 'FAILED' }), undefined, 'notRun'],
  [
    'being taken back',
    job({ status: 'ROLLING_BACK', rollbackCause: { ...rollbackCause, step: 'other' } }),
    { ...applied('listener'), undo: undoing },
    'undoing',
  ],
  [
    'failed, and being taken back',
    job({ status: 'ROLLING_BACK', rollbackCause }),
    entry('listener', { state: 'made', undo: undoing }),
    'undoing',
  ],
  [
    'taken back',
    job({ status: 'ROLLED_BACK', rollbackCause }),
    entry('listener', { state: 'undone', undo: undoing }),
    'undone',
  ],
  [
    'refused while the job turned back: there is nothing to take back',
    job({ status: 'ROLLED_BACK', rollbackCause: { ...rollbackCause, step: 'other' } }),
    entry('listener', { state: 'refused', problem: throttled }),
    'undone',
  ],
  [
    'could not be taken back',
    job({
      status: 'ROLLBACK_FAILED',
      rollbackCause,
      leftovers: [{ step: 'listener', title: 'listener', problem }],
    }),
    { ...applied('listener'), undo: undoing },
    'leftover',
  ],
];

for (const [reason, of, standing, state] of STATES) {
  test(`step state ${state}: ${reason}`, () => {
    const [listener] = view(jobRecord(of, ...(standing ? [standing] : []))).steps;
    assert.equal(listener?.state, state);
  });
}

test('a step shows its act, calls, cloud id, start, what it waits for and its error', () => {
  const settling = entry('listener', { state: 'made', id: 'cloud-1', calls: 4, waiting, problem: throttled });
  const [shown] = view(jobRecord(job({ status: 'RUNNING' }), settling)).steps;
  assert.deepEqual(shown, {
    id: 'listener',
    title: 'listener TCP 443',
    kind: 'listener',
    act: 'create',
    state: 'settling',
    calls: 4,
    cloudId: 'cloud-1',
    since: AT,
    waitingFor: { reason: 'the accelerator is IN_PROGRESS', nextPollAt: LATER, polls: 1 },
    error: throttled,
  });
});

test('a step that only waits stops waiting once the job rolls back', () => {
  const of = job({ status: 'ROLLED_BACK', rollbackCause: { ...rollbackCause, step: 'other' } });
  const { steps } = view(jobRecord(of, entry('accelerator', { state: 'made', waiting })));
  const shown = steps.find(({ id }) => id === 'accelerator');
  assert.deepEqual([shown?.state, shown?.waitingFor], ['undone', undefined]);
});

test('a resolution shows its leftovers, and an action is an event', () => {
  const resolution = { at: AT, by: 'alice', reason: 'it is gone', leftovers: [behind] };
  const forgotten = job({ status: 'ROLLBACK_FAILED', resolution });
  const events = [
    { sequence: 1, at: AT, status: 'ROLLBACK_FAILED', attempt: 1, action: 'forget', by: 'alice' },
  ] as const;
  const shown = view(jobRecord({ ...forgotten, events: [...events] }));
  assert.deepEqual(shown.resolution, { at: AT, by: 'alice', reason: 'it is gone', leftovers: [behind] });
  assert.deepEqual(shown.events, [
    { sequence: 1, at: AT, status: 'ROLLBACK_FAILED', attempt: 1, action: 'forget', by: 'alice' },
  ]);
});

test('an undo shows its start, its calls, its next poll and its error', () => {
  const undo = { since: AT, calls: 2, nextPollAt: LATER, problem };
  const [shown] = view(jobRecord(job({ status: 'ROLLING_BACK' }), { ...applied('listener'), undo })).steps;
  assert.deepEqual(shown?.undo, { since: AT, calls: 2, nextPollAt: LATER, error: problem });
});

test('a job shows no token, and no deadline once it has ended', () => {
  const of = job({ status: 'SUCCEEDED', startedAt: AT, deadlineAt: LATER, endedAt: LATER });
  const shown = view(jobRecord(of, applied('listener')));
  assert.equal(shown.deadlineAt, undefined);
  assert.equal(jobSummary(job({ status: 'RUNNING', deadlineAt: LATER })).deadlineAt, LATER);
  assert.doesNotMatch(JSON.stringify(shown), /aaaaaaaa/);
});

test('before its plan is fixed, an update or a removal shows no steps', () => {
  assert.ok(jobView(jobRecord(job()), []).steps.length > 0);
  for (const operation of ['update', 'remove'])
    assert.deepEqual(jobView(jobRecord(job({ operation })), []).steps, [], operation);
});
