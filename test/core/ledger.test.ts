import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Entry,
  goneInDoubt,
  intend,
  intendAgain,
  leavesNothing,
  made,
  nextGeneration,
  unresolvedUntil,
} from '@gatehouse/core/record/ledger';
import { idempotencyToken } from '@gatehouse/core/record/token';

const AT = '2026-03-01T12:00:00.000Z';
const SOON = '2026-03-01T12:01:30.000Z';
const LATER = '2026-03-01T12:05:00.000Z';
const LATEST = '2026-03-01T12:06:30.000Z';
const problem = { code: 'Throttled', message: 'slow down', retryable: true };

const first = (): Entry =>
  intend({
    jobId: 'job-1',
    step: 'listener',
    kind: 'listener',
    attempt: 1,
    at: AT,
    callUntil: SOON,
    before: null,
  });

test('an intent holds the token of the first generation and that nothing stood before', () => {
  const entry = first();
  assert.equal(entry.state, 'intended');
  assert.equal(entry.generation, 1);
  assert.equal(entry.token, idempotencyToken('job-1', 'listener', 1));
  assert.equal(entry.before, null);
  assert.equal(entry.id, undefined);
});

test('an intent written again keeps its token, and the call before it stays in doubt', () => {
  const again = intendAgain({ ...first(), problem }, LATER, LATEST);
  assert.equal(again.token, first().token);
  assert.equal(again.generation, 1);
  assert.equal(again.callUntil, LATEST);
  assert.equal(again.doubtUntil, SOON);
  assert.equal(again.problem, problem, 'until a call succeeds');
});

test('an intent after a refusal has no doubt of its own, but keeps an earlier one', () => {
  const refused: Entry = { ...first(), state: 'refused' };
  assert.equal(intendAgain(refused, LATER, LATEST).doubtUntil, undefined);
  assert.equal(intendAgain({ ...refused, doubtUntil: SOON }, LATER, LATEST).doubtUntil, SOON);
});

test('the outcome of a single call is certain', () => {
  const entry = made(first(), 'cloud-1', LATER, LATEST);
  assert.equal(entry.state, 'made');
  assert.equal(entry.id, 'cloud-1');
  assert.equal(entry.visibleBy, LATEST);
  assert.equal(unresolvedUntil(entry), undefined);
});

test('of two calls one has created the resource: the other may still arrive after its removal', () => {
  const entry = made(intendAgain(first(), LATER, LATEST), 'cloud-1', LATER, LATEST);
  assert.equal(entry.doubtUntil, LATEST);
  const gone = goneInDoubt({ ...entry, undo: { since: AT, calls: 2, removed: true } }, LATEST);
  assert.equal(gone.state, 'refused');
  assert.equal(gone.id, undefined);
  assert.equal(gone.undo?.removed, undefined);
  assert.equal(leavesNothing(gone), false);
});

test('the next generation has another token and no id, and the old object may yet be found', () => {
  const gone = made(first(), 'cloud-1', AT, SOON);
  const next = nextGeneration(gone, LATER, LATEST);
  assert.equal(next.generation, 2);
  assert.equal(next.token, idempotencyToken('job-1', 'listener', 2));
  assert.equal(next.state, 'intended');
  assert.equal(next.id, undefined);
  assert.equal(next.visibleBy, undefined);
  assert.equal(next.doubtUntil, LATEST);
});

const RESOLVED: [reason: string, entry: Partial<Entry>, until: string | undefined, nothing: boolean][] = [
  ['an intent is open until its call can no longer come', { state: 'intended' }, SOON, false],
  ['a refusal settles its own call', { state: 'refused' }, undefined, true],
  ['a refusal does not settle an earlier call', { state: 'refused', doubtUntil: LATER }, LATER, false],
  ['made', { state: 'made', id: 'cloud-1' }, undefined, false],
  ['applied', { state: 'applied', id: 'cloud-1' }, undefined, false],
  ['undone', { state: 'undone', id: 'cloud-1' }, undefined, true],
];

for (const [reason, changes, until, nothing] of RESOLVED) {
  test(`the leftovers of an entry: ${reason}`, () => {
    const entry = { ...first(), ...changes };
    assert.equal(unresolvedUntil(entry), until);
    assert.equal(leavesNothing(entry), nothing);
  });
}

test('a step without an entry leaves nothing', () => {
  assert.equal(leavesNothing(undefined), true);
});
