// How a job is displayed. Time is an argument; the terminal is a stream that claims to be a TTY.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceLines } from '@gatehouse/cli/differences';
import { duration } from '@gatehouse/cli/duration';
import { printable } from '@gatehouse/cli/printable';
import { jobLines, showProgress } from '@gatehouse/cli/progress';
import { stepLine } from '@gatehouse/cli/step-line';
import type { Job, Step } from '@gatehouse/client';
import { captured } from './run.ts';

const START = Date.UTC(2026, 2, 1, 12);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function step(members: Partial<Step> = {}): Step {
  return {
    id: 'listener',
    title: 'listener TCP 443',
    kind: 'listener',
    act: 'create',
    state: 'waiting',
    calls: 0,
    ...members,
  };
}

function job(members: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    operation: 'provision',
    entryPoint: 'my-edge',
    cloud: 'aws',
    requester: '123456789012/user/alice',
    status: 'RUNNING',
    attempt: 1,
    createdAt: at(0),
    deadlineSeconds: 3600,
    startedAt: at(0),
    summary: '0 of 1 steps done.',
    steps: [step()],
    events: [],
    allowedActions: [],
    links: { self: '/v1/jobs/job-1' },
    ...members,
  };
}

const THROTTLED = { code: 'Throttled', message: 'Rate exceeded', retryable: true };

for (const [says, members] of [
  ['· listener TCP 443: waiting', {}],
  ['▸ listener TCP 443: running, for 10 s', { state: 'running', calls: 1, since: at(0) }],
  [
    '↻ listener TCP 443: retrying, call 3, for 10 s (Rate exceeded)',
    { state: 'retrying', calls: 3, since: at(0), error: THROTTLED },
  ],
  [
    '… listener TCP 443: settling, 4 polls, for 10 s, next poll in 5.0 s (IN_PROGRESS)',
    {
      state: 'settling',
      calls: 5,
      since: at(0),
      waitingFor: { reason: 'IN_PROGRESS', nextPollAt: at(15), polls: 4 },
    },
  ],
  ['✔ listener TCP 443: done', { state: 'done', calls: 2, since: at(0), error: THROTTLED }],
  [
    '↶ listener TCP 443: undoing, call 2, for 3.0 s (Rate exceeded)',
    { state: 'undoing', calls: 1, since: at(0), undo: { since: at(7), calls: 2, error: THROTTLED } },
  ],
  [
    '✖ listener TCP 443: failed (Rate exceeded)',
    { state: 'failed', calls: 9, since: at(0), error: THROTTLED },
  ],
] as const satisfies [string, Partial<Step>][]) {
  test(`a step is shown as: ${says}`, () => {
    assert.equal(stepLine(step(members), captured(), START + 10_000), says);
  });
}

test('durations are formatted for people, and a negative duration is 0', () => {
  const told = [-5, 0, 9_900, 9_990, 59_400, 125_000, 3_660_000, 7_800_000].map(duration);
  assert.deepEqual(told, ['0.0 s', '0.0 s', '9.9 s', '10 s', '59 s', '2 min 5 s', '1 h 1 min', '2 h 10 min']);
});

test('a terminal shows every step in place with elapsed time and keeps the last display', t => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let now = START + 1000;
  const terminal = captured({ columns: 100, rows: 30 });
  const progress = showProgress(terminal, () => now);
  progress.show(job({ steps: [step({ state: 'running', since: at(0) })] }));
  assert.match(
    terminal.text(),
    /▸ listener TCP 443: running, for 1\.0 s\n {2}RUNNING 1\.0 s: 0 of 1 steps done\./,
  );
  now += 2000;
  t.mock.timers.tick(1000);
  assert.match(terminal.text(), /running, for 3\.0 s/);
  progress.trouble('connect ECONNREFUSED');
  assert.match(terminal.text(), /No answer \(connect ECONNREFUSED\)\. Retrying; the job continues\.\n$/);
  progress.show(
    job({ status: 'SUCCEEDED', endedAt: at(4), summary: 'Provisioned.', steps: [step({ state: 'done' })] }),
  );
  assert.match(terminal.text(), /✔ listener TCP 443: done\n$/);
  const { length } = terminal.text();
  t.mock.timers.tick(5000);
  assert.equal(terminal.text().length, length, 'nothing is drawn after the end');
});

test('if there are more steps than lines, idle steps are only counted', () => {
  const many = Array.from({ length: 100 }, (_, number) =>
    step({
      title: `step ${number}`,
      state: number < 60 ? 'done' : number < 63 ? 'running' : 'waiting',
      since: at(0),
    }),
  );
  const lines = jobLines(job({ steps: many }), captured(), START, 20);
  assert.deepEqual(
    lines.map(line => line.trim()),
    [
      '▸ step 60: running, for 0.0 s',
      '▸ step 61: running, for 0.0 s',
      '▸ step 62: running, for 0.0 s',
      '37 waiting, 60 done',
      'RUNNING 0.0 s: 0 of 1 steps done.',
    ],
  );
});

test('only differences are shown, inside objects and lists too', () => {
  const from = {
    weight: 0,
    tags: { team: 'a', kept: 1 },
    targets: [{ id: 'x', port: 80 }, { id: 'y' }],
    order: [1, 2],
  };
  const to = {
    weight: 5,
    tags: { kept: 1, new: true },
    targets: [{ port: 80, id: 'x' }, { id: 'z' }],
    order: [2, 1],
  };
  assert.deepEqual(differenceLines('spec', from, to), [
    'spec.weight: 0 -> 5',
    'spec.tags.team: "a" -> none',
    'spec.tags.new: none -> true',
    'spec.targets: - {"id":"y"}',
    'spec.targets: + {"id":"z"}',
    'spec.order: [1,2] -> [2,1]',
  ]);
});

test('foreign text cannot move the cursor or break a line', () => {
  const error = { code: 'X', message: 'first\r\nsecond \u001b[2J\u0007 \u009b1A \u202eé', retryable: false };
  assert.equal(printable({ error: [error] }).error[0]?.message, 'first second  [2J   1A \ufffdé');
});

test('without a terminal, there is one line per change and none per poll', () => {
  const output = captured();
  const progress = showProgress(output, () => START + 1500);
  const settling = (polls: number) =>
    job({
      steps: [
        step({
          state: 'settling',
          since: at(0),
          waitingFor: { reason: 'IN_PROGRESS', nextPollAt: at(9), polls },
        }),
      ],
    });
  progress.show(job({ status: 'QUEUED', summary: 'Waiting.', steps: [step()] }));
  for (const each of [job(), settling(1), settling(2), settling(3)]) progress.show(each);
  progress.show(job({ status: 'SUCCEEDED', endedAt: at(2), steps: [step({ state: 'done' })] }));
  assert.equal(
    output.text(),
    `            QUEUED: Waiting.
     1.5 s  RUNNING
     1.5 s  … listener TCP 443: settling (IN_PROGRESS)
     2.0 s  ✔ listener TCP 443: done
`,
  );
});
