// How a job is drawn. Time is an argument; the terminal is a stream that says it is one.
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
    attempts: 0,
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
    startedAt: at(0),
    summary: '0 of 1 steps done.',
    steps: [step()],
    events: [],
    allowed: [],
    links: { self: '/v1/jobs/job-1' },
    ...members,
  };
}

const THROTTLED = { code: 'Throttled', message: 'Rate exceeded', retryable: true };

for (const [says, members] of [
  ['· listener TCP 443: waiting', {}],
  ['▸ listener TCP 443: running, for 10 s', { state: 'running', attempts: 1, since: at(0) }],
  [
    '↻ listener TCP 443: retrying, attempt 3, for 10 s (Rate exceeded)',
    { state: 'retrying', attempts: 3, since: at(0), error: THROTTLED },
  ],
  [
    '… listener TCP 443: settling, asked 4 times, for 10 s, looks again in 5.0 s (IN_PROGRESS)',
    {
      state: 'settling',
      attempts: 5,
      since: at(0),
      waitingFor: { because: 'IN_PROGRESS', askAgainAt: at(15), asked: 4 },
    },
  ],
  ['✔ listener TCP 443: done', { state: 'done', attempts: 2, since: at(0), error: THROTTLED }],
  [
    '↶ listener TCP 443: undoing, attempt 2, for 3.0 s (Rate exceeded)',
    { state: 'undoing', attempts: 1, since: at(0), undo: { since: at(7), attempts: 2, error: THROTTLED } },
  ],
  [
    '✖ listener TCP 443: failed (Rate exceeded)',
    { state: 'failed', attempts: 9, since: at(0), error: THROTTLED },
  ],
] as const satisfies [string, Partial<Step>][]) {
  test(`a step is told as: ${says}`, () => {
    assert.equal(stepLine(step(members), captured(), START + 10_000), says);
  });
}

test('time is told as people say it, and a clock that is behind as none', () => {
  const told = [-5, 0, 9_900, 9_990, 59_400, 125_000, 3_660_000, 7_800_000].map(duration);
  assert.deepEqual(told, ['0.0 s', '0.0 s', '9.9 s', '10 s', '59 s', '2 min 5 s', '1 h 1 min', '2 h 10 min']);
});

test('a terminal shows every step in place, goes on with the time, and keeps the last picture', t => {
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
  assert.match(
    terminal.text(),
    /No answer \(connect ECONNREFUSED\); asking again\. The job goes on meanwhile\.\n$/,
  );
  progress.show(
    job({ status: 'SUCCEEDED', endedAt: at(4), summary: 'Stands.', steps: [step({ state: 'done' })] }),
  );
  assert.match(terminal.text(), /✔ listener TCP 443: done\n$/);
  const { length } = terminal.text();
  t.mock.timers.tick(5000);
  assert.equal(terminal.text().length, length, 'nothing is drawn after the end');
});

test('a job with more steps than the terminal has lines is counted where nothing happens', () => {
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

test('of what changes only the difference is told, inside objects and lists too', () => {
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

test('what others have written moves no cursor and breaks no line', () => {
  const error = { code: 'X', message: 'first\r\nsecond \u001b[2J\u0007 \u009b1A \u202eé', retryable: false };
  assert.equal(printable({ error: [error] }).error[0]?.message, 'first second  [2J   1A \u202eé');
});

test('elsewhere a line is written per change, and none for being asked again', () => {
  const output = captured();
  const progress = showProgress(output, () => START + 1500);
  const settling = (asked: number) =>
    job({
      steps: [
        step({
          state: 'settling',
          since: at(0),
          waitingFor: { because: 'IN_PROGRESS', askAgainAt: at(9), asked },
        }),
      ],
    });
  progress.show(job({ status: 'QUEUED', summary: 'Waits for its turn.', steps: [step()] }));
  for (const each of [job(), settling(1), settling(2), settling(3)]) progress.show(each);
  progress.show(job({ status: 'SUCCEEDED', endedAt: at(2), steps: [step({ state: 'done' })] }));
  assert.equal(
    output.text(),
    `            QUEUED: Waits for its turn.
     1.5 s  RUNNING
     1.5 s  … listener TCP 443: settling (IN_PROGRESS)
     2.0 s  ✔ listener TCP 443: done
`,
  );
});
