// The evaluation of a job between two walks: one row for each decision, with its reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decision, decideNext, type Situation } from '@gatehouse/core/saga/decide-next';

const running: Situation = {
  status: 'RUNNING',
  phase: 'forward',
  hasCause: false,
  hasPlan: true,
  walked: 'forward',
  isUnfinished: false,
  isEnding: false,
  hasMore: false,
  hasCleanup: false,
  hasRestore: false,
};
const rollingBack: Situation = { ...running, status: 'ROLLING_BACK', phase: 'rollback', walked: 'rollback' };
const inCleanup: Situation = { ...running, phase: 'cleanup', walked: 'cleanup', hasCleanup: true };

const ROWS: [reason: string, situation: Situation, decision: Decision][] = [
  ['everything is applied', running, { do: 'finish', end: 'SUCCEEDED' }],
  ['a step is not applied', { ...running, isUnfinished: true }, { do: 'rollBack' }],
  ['somebody cancelled it', { ...running, hasCause: true }, { do: 'rollBack' }],
  ['the cleanup follows', { ...running, hasCleanup: true }, { do: 'enter', phase: 'cleanup' }],
  [
    'the forward lanes follow what is deleted first',
    { ...running, phase: 'prepare', walked: 'prepare', hasCleanup: true },
    { do: 'enter', phase: undefined },
  ],
  [
    'what was to be deleted first is not',
    { ...running, phase: 'prepare', walked: 'prepare', isUnfinished: true },
    { do: 'rollBack' },
  ],
  ['the cleanup is done', inCleanup, { do: 'finish', end: 'SUCCEEDED' }],
  [
    'a cleanup never rolls back',
    { ...inCleanup, isUnfinished: true },
    { do: 'finish', end: 'REMOVE_FAILED' },
  ],
  [
    'a cancel comes too late once the cleanup is done',
    { ...inCleanup, hasCause: true },
    { do: 'finish', end: 'SUCCEEDED' },
  ],
  [
    'a cancelled cleanup is not finished',
    { ...inCleanup, hasCause: true, isUnfinished: true },
    { do: 'finish', end: 'REMOVE_FAILED' },
  ],
  [
    'an evaluation before this one wrote the next phase and died of it',
    { ...running, phase: 'cleanup', walked: 'forward', isUnfinished: true, hasCleanup: true },
    { do: 'walk', phase: 'cleanup' },
  ],
  [
    'Begin failed, nothing was walked, and a later attempt may go on',
    { ...running, walked: 'none', isUnfinished: true },
    { do: 'walk', phase: 'forward' },
  ],
  ['Begin failed for good', { ...running, walked: 'none', hasCause: true }, { do: 'rollBack' }],
  [
    'the phase has more parts',
    { ...running, hasMore: true, hasCleanup: true },
    { do: 'goOn', phase: 'forward' },
  ],
  ['a step of a part is not applied', { ...running, hasMore: true, isUnfinished: true }, { do: 'rollBack' }],
  [
    'somebody cancelled it between two parts',
    { ...running, hasMore: true, hasCause: true },
    { do: 'rollBack' },
  ],
  [
    'a cancelled cleanup has more parts',
    { ...inCleanup, hasMore: true, hasCause: true },
    { do: 'finish', end: 'REMOVE_FAILED' },
  ],
  [
    'the history is nearly full',
    { ...running, isUnfinished: true, isEnding: true },
    { do: 'handOver', phase: 'forward' },
  ],
  [
    'the history is nearly full, and a step failed',
    { ...running, isUnfinished: true, isEnding: true, hasCause: true },
    { do: 'rollBack' },
  ],
  [
    'the history was nearly full, and the last steps succeeded',
    { ...running, isEnding: true },
    { do: 'finish', end: 'SUCCEEDED' },
  ],
  [
    'the rollback has more parts, whatever failed in this one',
    { ...rollingBack, hasMore: true, isUnfinished: true, hasRestore: true },
    { do: 'goOn', phase: 'rollback' },
  ],
  [
    'the history of a rollback is nearly full',
    { ...rollingBack, isEnding: true, hasMore: true },
    { do: 'handOver', phase: 'rollback' },
  ],
  ['its end is being written', { ...running, phase: 'committing' }, { do: 'finish', end: 'SUCCEEDED' }],
  [
    'a machine of an early version does not say what it walked',
    { ...running, walked: undefined, isUnfinished: true },
    { do: 'rollBack' },
  ],
  ['the rollback is done', rollingBack, { do: 'finish', end: 'ROLLED_BACK' }],
  [
    'what was deleted first is made again',
    { ...rollingBack, hasRestore: true },
    { do: 'enter', phase: 'restore' },
  ],
  [
    'it is made again already',
    { ...rollingBack, phase: 'restore', walked: 'restore', hasRestore: true },
    { do: 'finish', end: 'ROLLED_BACK' },
  ],
  [
    'the evaluation that entered restore died of it',
    { ...rollingBack, phase: 'restore', hasRestore: true },
    { do: 'walk', phase: 'restore' },
  ],
  [
    'an execution that walked forward finds the job rolling back',
    { ...rollingBack, walked: 'forward' },
    { do: 'walk', phase: 'rollback' },
  ],
  [
    'cancelled before it began',
    { ...running, status: 'QUEUED', hasPlan: false, hasCause: true },
    { do: 'endUnbegun' },
  ],
  ['nothing is planned', { ...running, status: 'QUEUED', hasPlan: false }, { do: 'nothing' }],
  ['it has ended', { ...running, status: 'SUCCEEDED' }, { do: 'nothing' }],
];

for (const [reason, situation, decision] of ROWS) {
  test(`${decision.do}: ${reason}`, () => assert.deepEqual(decideNext(situation), decision));
}

test('the table has every decision', () => {
  const decisions = new Set(ROWS.map(([, , decision]) => decision.do));
  assert.deepEqual([...decisions].toSorted(), [
    'endUnbegun',
    'enter',
    'finish',
    'goOn',
    'handOver',
    'nothing',
    'rollBack',
    'walk',
  ]);
});
