// When it is worth asking again: a table over jobs at work.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobView } from '@gatehouse/core/api/answers';
import { retryAfterSeconds } from '@gatehouse/core/api/retry-after';
import type { StepView } from '@gatehouse/core/api/step-answers';

const NOW = Date.UTC(2026, 2, 1, 12);
const clock = (timeScale = 1) => ({
  now: () => new Date(NOW),
  after: (seconds: number) => new Date(NOW + (seconds * 1000) / timeScale),
});
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

function step(kind: string, state: StepView['state'], more: Partial<StepView> = {}): StepView {
  return { id: kind, title: kind, kind, act: 'create', state, attempts: 1, ...more };
}

const waitingFor = (seconds: number) => ({
  waitingFor: { because: 'IN_PROGRESS', askAgainAt: inSeconds(seconds), asked: 1 },
});
const undo = (seconds: number) => ({
  undo: { since: inSeconds(-9), attempts: 1, askAgainAt: inSeconds(seconds) },
});

const CASES: [why: string, job: Pick<JobView, 'steps' | 'lines'>, seconds: number, timeScale?: number][] = [
  ['nothing is under way: soon', { steps: [step('listener', 'waiting')] }, 1],
  ['what is over does not count', { steps: [step('accelerator', 'done'), step('listener', 'failed')] }, 1],
  ['a call that is over at once', { steps: [step('listener', 'running')] }, 1],
  ['a target group takes longer', { steps: [step('targetGroup', 'running')] }, 2],
  ['targets longer still', { steps: [step('targets', 'settling')] }, 6],
  ['an accelerator takes minutes', { steps: [step('accelerator', 'settling')] }, 12],
  ['a kind that is not known', { steps: [step('other', 'running')] }, 3],
  ['not before the job looks again', { steps: [step('accelerator', 'settling', waitingFor(20.5))] }, 21],
  ['nor its undo', { steps: [step('listener', 'undoing', undo(9))] }, 9],
  ['a look that is overdue', { steps: [step('targetGroup', 'settling', waitingFor(-5))] }, 2],
  ['at most half a minute', { steps: [step('accelerator', 'settling', waitingFor(300))] }, 30],
  ['of several the soonest', { steps: [step('accelerator', 'settling'), step('targetGroup', 'running')] }, 2],
  ['in line, the longer the more are ahead', { steps: [], lines: [{ target: 't', place: 2 }] }, 18],
  ['in line, at most half a minute', { steps: [], lines: [{ target: 't', place: 9 }] }, 30],
  ['the head of its line', { steps: [], lines: [{ target: 't', place: 1 }] }, 1],
  ['a local stack that runs faster', { steps: [step('accelerator', 'settling')] }, 1, 20],
];

for (const [why, job, seconds, timeScale] of CASES) {
  test(`${why}: ${seconds} s`, () => assert.equal(retryAfterSeconds(job, clock(timeScale)), seconds));
}
