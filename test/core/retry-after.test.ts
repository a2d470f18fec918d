// How long a caller waits before it polls a job again.
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
  return { id: kind, title: kind, kind, act: 'create', state, calls: 1, ...more };
}

const waitingFor = (seconds: number) => ({
  waitingFor: { reason: 'IN_PROGRESS', nextPollAt: inSeconds(seconds), polls: 1 },
});
const undo = (seconds: number) => ({
  undo: { since: inSeconds(-9), calls: 1, nextPollAt: inSeconds(seconds) },
});

const CASES: [why: string, job: Pick<JobView, 'steps' | 'queues'>, seconds: number, timeScale?: number][] = [
  ['nothing is in progress: soon', { steps: [step('listener', 'waiting')] }, 1],
  ['ended steps do not count', { steps: [step('accelerator', 'done'), step('listener', 'failed')] }, 1],
  ['a call that ends at once', { steps: [step('listener', 'running')] }, 1],
  ['a target group takes longer', { steps: [step('targetGroup', 'running')] }, 2],
  ['targets take even longer', { steps: [step('targets', 'settling')] }, 6],
  ['an accelerator takes minutes', { steps: [step('accelerator', 'settling')] }, 12],
  ['an unknown kind', { steps: [step('other', 'running')] }, 3],
  ['not before the job polls again', { steps: [step('accelerator', 'settling', waitingFor(20.5))] }, 21],
  ['not before its undo polls again', { steps: [step('listener', 'undoing', undo(9))] }, 9],
  ['an overdue poll', { steps: [step('targetGroup', 'settling', waitingFor(-5))] }, 2],
  ['at most half a minute', { steps: [step('accelerator', 'settling', waitingFor(300))] }, 30],
  ['the soonest of several', { steps: [step('accelerator', 'settling'), step('targetGroup', 'running')] }, 2],
  ['in a queue, longer with more jobs ahead', { steps: [], queues: [{ queue: 't', position: 2 }] }, 18],
  ['in a queue, at most half a minute', { steps: [], queues: [{ queue: 't', position: 9 }] }, 30],
  ['at the head of its queue', { steps: [], queues: [{ queue: 't', position: 1 }] }, 1],
  ['a local stack that runs faster', { steps: [step('accelerator', 'settling')] }, 1, 20],
];

for (const [why, job, seconds, timeScale] of CASES) {
  test(`${why}: ${seconds} s`, () => assert.equal(retryAfterSeconds(job, clock(timeScale)), seconds));
}
