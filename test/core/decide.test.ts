import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, EntryState } from '@gatehouse/core/record/ledger';
import { decideApply, decideSettle, decideUndo, type Move, type Seen } from '@gatehouse/core/step/decide';

const NOW = '2026-03-01T12:00:00.000Z';
const BEFORE = '2026-03-01T11:59:00.000Z';
const LATER = '2026-03-01T12:01:00.000Z';
const ID = 'cloud-1';

function entry(state: EntryState, changes: Partial<Entry> = {}): Entry {
  return {
    jobId: 'job-1',
    step: 'listener',
    kind: 'listener',
    state,
    attempt: 1,
    generation: 1,
    token: 'a'.repeat(64),
    before: null,
    callUntil: BEFORE,
    since: BEFORE,
    calls: 1,
    updates: 0,
    ...(state === 'made' || state === 'applied' ? { id: ID, visibleBy: BEFORE } : {}),
    ...changes,
  };
}

function seen(changes: Partial<Seen> = {}): Seen {
  return { id: ID, drift: [], foreignDependents: [], readiness: { ready: true }, ...changes };
}

const settling = { readiness: { ready: false, reason: 'IN_PROGRESS' } } as const;
/** Made, and no call of ours is in doubt. */
const sure = { callUntil: BEFORE };

interface Row {
  reason: string;
  entry?: Entry;
  seen?: Seen;
  move: Partial<Move>;
}

const APPLY: Row[] = [
  { reason: 'nothing is recorded and nothing stands', move: { do: 'create', generation: 'same' } },
  {
    reason: 'something stands and no intent of ours is older than it',
    seen: seen(),
    move: { do: 'refuse', code: 'AlreadyExists' },
  },
  {
    reason: 'what is not ours and is on its way out makes room for what is',
    seen: seen({ readiness: { ready: false, reason: 'DRAINING', leaving: true } }),
    move: { do: 'lookAgain', at: NOW },
  },
  {
    reason: 'a refused create made nothing, so it is tried again under the same token',
    entry: entry('refused'),
    move: { do: 'create', generation: 'same' },
  },
  {
    reason: 'what stands after a refusal without any doubt is somebody else’s',
    entry: entry('refused'),
    seen: seen(),
    move: { do: 'refuse', code: 'AlreadyExists' },
  },
  {
    reason: 'a refusal does not settle an earlier call in doubt: what stands is that one’s',
    entry: entry('refused', { doubtUntil: LATER }),
    seen: seen(),
    move: { do: 'claim', id: ID },
  },
  {
    reason: 'an intent whose answer was lost, with nothing there: the same token again',
    entry: entry('intended'),
    move: { do: 'create', generation: 'same' },
  },
  {
    reason: 'an intent whose answer was lost, and what it asked for is there',
    entry: entry('intended'),
    seen: seen(),
    move: { do: 'claim', id: ID },
  },
  {
    reason: 'what stands there now differs from what our call asked for',
    entry: entry('intended'),
    seen: seen({ drift: ['clientAffinity'] }),
    move: { do: 'refuse', code: 'AlreadyExists' },
  },
  {
    reason: 'others hang on it, so it is older than a call of ours can be',
    entry: entry('intended'),
    seen: seen({ foreignDependents: ['group-1'] }),
    move: { do: 'refuse', code: 'AlreadyExists' },
  },
  {
    reason: 'made just now and not seen yet: the read may be stale',
    entry: entry('made', { visibleBy: LATER }),
    move: { do: 'lookAgain', at: LATER },
  },
  {
    reason: 'the first instant in which a read counts as proof',
    entry: entry('made', { visibleBy: NOW }),
    move: { do: 'create', generation: 'next' },
  },
  {
    reason: 'made, proven gone: anew under the next token',
    entry: entry('made'),
    move: { do: 'create', generation: 'next' },
  },
  {
    reason: 'the same after it was ready',
    entry: entry('applied'),
    move: { do: 'create', generation: 'next' },
  },
  {
    reason: 'made three times and gone each time: somebody does not want it',
    entry: entry('made', { generation: 3 }),
    move: { do: 'refuse', code: 'NotStabilized' },
  },
  { reason: 'made, as desired and ready', entry: entry('made'), seen: seen(), move: { do: 'done' } },
  {
    reason: 'made, as desired and settling',
    entry: entry('made'),
    seen: seen(settling),
    move: { do: 'wait', reason: 'IN_PROGRESS' },
  },
  {
    reason: 'made, and somebody changed it',
    entry: entry('made'),
    seen: seen({ drift: ['protocol'] }),
    move: { do: 'update', members: ['protocol'] },
  },
  {
    reason: 'a drift is set right before its settling is waited for',
    entry: entry('made'),
    seen: seen({ drift: ['protocol'], ...settling }),
    move: { do: 'update', members: ['protocol'] },
  },
  {
    reason: 'others on what is ours are no reason to stop',
    entry: entry('made'),
    seen: seen({ foreignDependents: ['group-1'] }),
    move: { do: 'done' },
  },
  {
    reason: 'set right again and again, and somebody changes it back',
    entry: entry('made', { updates: 1000 }),
    seen: seen({ drift: ['protocol'] }),
    move: { do: 'refuse', code: 'NotStabilized' },
  },
  { reason: 'applied stays applied', entry: entry('applied'), seen: seen(), move: { do: 'done' } },
  {
    reason: 'believed ready once: what others do to it later is not waited for',
    entry: entry('applied'),
    seen: seen(settling),
    move: { do: 'done' },
  },
  {
    reason: 'applied, and changed since',
    entry: entry('applied'),
    seen: seen({ drift: ['portRanges'] }),
    move: { do: 'update', members: ['portRanges'] },
  },
  {
    reason: 'undone never goes forward again',
    entry: entry('undone'),
    move: { do: 'refuse', code: 'InternalFailure' },
  },
  {
    reason: 'nor when something stands there',
    entry: entry('undone'),
    seen: seen(),
    move: { do: 'refuse', code: 'InternalFailure' },
  },
];

const UNDO: (Row & { removed?: true })[] = [
  { reason: 'nothing was ever intended', move: { do: 'undone' } },
  { reason: 'nothing was ever intended, so what stands is not ours', seen: seen(), move: { do: 'undone' } },
  { reason: 'the only create was refused', entry: entry('refused'), move: { do: 'undone' } },
  {
    reason: 'refused, so what stands is not ours',
    entry: entry('refused'),
    seen: seen(),
    move: { do: 'undone' },
  },
  { reason: 'undone is undone', entry: entry('undone'), seen: seen(), move: { do: 'undone' } },
  {
    reason: 'an unknown outcome that may still come true is looked at later',
    entry: entry('intended', { callUntil: LATER }),
    move: { do: 'lookAgain', at: LATER },
  },
  {
    reason: 'an unknown outcome whose time is over, and nothing is there',
    entry: entry('intended', { callUntil: NOW }),
    move: { do: 'undone' },
  },
  {
    reason: 'an unknown outcome that did come true is claimed first, then removed',
    entry: entry('intended', { callUntil: LATER }),
    seen: seen(),
    move: { do: 'claim', id: ID },
  },
  {
    reason: 'found late, it is ours all the same',
    entry: entry('intended'),
    seen: seen(),
    move: { do: 'claim', id: ID },
  },
  {
    reason: 'refused, with an earlier call in doubt, which may still come true',
    entry: entry('refused', { doubtUntil: LATER }),
    move: { do: 'lookAgain', at: LATER },
  },
  {
    reason: 'refused, with an earlier call whose time is over',
    entry: entry('refused', { doubtUntil: BEFORE }),
    move: { do: 'undone' },
  },
  {
    reason: 'an identical one with strangers on it cannot be proven ours',
    entry: entry('intended', { callUntil: LATER }),
    seen: seen({ foreignDependents: ['group-1'] }),
    move: { do: 'refuse', code: 'ResourceConflict' },
  },
  {
    reason: 'what differs from our call is somebody else’s, while ours may still appear',
    entry: entry('intended', { callUntil: LATER }),
    seen: seen({ drift: ['clientAffinity'] }),
    move: { do: 'lookAgain', at: LATER },
  },
  {
    reason: 'what differs from our call is somebody else’s, and ours cannot appear any more',
    entry: entry('intended'),
    seen: seen({ drift: ['clientAffinity'] }),
    move: { do: 'undone' },
  },
  { reason: 'known by id: it is removed', entry: entry('made'), seen: seen(), move: { do: 'remove' } },
  { reason: 'ready or not', entry: entry('applied'), seen: seen(settling), move: { do: 'remove' } },
  {
    reason: 'changed by others or not: the id is ours',
    entry: entry('made'),
    seen: seen({ drift: ['protocol'] }),
    move: { do: 'remove' },
  },
  {
    reason: 'what others hung on it would be taken along',
    entry: entry('applied'),
    seen: seen({ foreignDependents: ['endpoint-1', 'endpoint-2'] }),
    move: { do: 'refuse', code: 'ResourceConflict' },
  },
  {
    reason: 'asked to go, and still there',
    entry: entry('made'),
    seen: seen(),
    removed: true,
    move: { do: 'wait' },
  },
  { reason: 'asked to go, and gone', entry: entry('made'), removed: true, move: { do: 'undone' } },
  {
    reason: 'asked to go, and gone, while its create was just now: the cloud itself took the removal',
    entry: entry('made', { visibleBy: LATER }),
    removed: true,
    move: { do: 'undone' },
  },
  {
    reason: 'not seen just after its create: the read may be stale',
    entry: entry('made', { visibleBy: LATER }),
    move: { do: 'lookAgain', at: LATER },
  },
  {
    reason: 'not seen, but known by id: the cloud is told to remove it before it counts as gone',
    entry: entry('made'),
    move: { do: 'remove' },
  },
  {
    reason: 'another object than the one we know is not ours',
    entry: entry('made', { id: 'cloud-0', ...sure }),
    seen: seen(),
    removed: true,
    move: { do: 'undone' },
  },
];

const SETTLE: Row[] = [
  { reason: 'ready', seen: seen(), move: { do: 'done' } },
  { reason: 'still settling', seen: seen(settling), move: { do: 'wait', reason: 'IN_PROGRESS' } },
  { reason: 'it is gone', move: { do: 'refuse', code: 'NotFound' } },
  { reason: 'asked for the first time', entry: entry('made'), seen: seen(settling), move: { do: 'wait' } },
  { reason: 'believed ready once', entry: entry('applied'), seen: seen(settling), move: { do: 'done' } },
  { reason: 'believed ready once, even if it is gone', entry: entry('applied'), move: { do: 'done' } },
];

function assertMove(actual: Move, expected: Partial<Move>): void {
  assert.deepEqual(
    Object.fromEntries(Object.entries(actual).filter(([member]) => member in expected)),
    expected,
    JSON.stringify(actual),
  );
}

for (const { reason, entry: of, seen: found, move } of APPLY) {
  test(`apply: ${reason}`, () => assertMove(decideApply({ entry: of, seen: found, now: NOW }), move));
}

for (const { reason, entry: of, seen: found, removed = false, move } of UNDO) {
  test(`undo: ${reason}`, () => assertMove(decideUndo({ entry: of, seen: found, now: NOW }, removed), move));
}

for (const { reason, entry: of, seen: found, move } of SETTLE) {
  test(`settle: ${reason}`, () => assertMove(decideSettle({ entry: of, seen: found, now: NOW }), move));
}

const STATES = [undefined, 'intended', 'refused', 'made', 'applied', 'undone'] as const;

test('every state has a move for every observation in both directions', () => {
  const forward = ['create', 'claim', 'update', 'wait', 'lookAgain', 'done', 'refuse'];
  const backward = ['claim', 'remove', 'wait', 'lookAgain', 'undone', 'refuse'];
  const sights = [
    undefined,
    seen(),
    seen(settling),
    seen({ drift: ['x'] }),
    seen({ foreignDependents: ['y'] }),
  ];
  for (const state of STATES) {
    for (const sight of sights) {
      const situation = { entry: state && entry(state), seen: sight, now: NOW };
      assert.ok(forward.includes(decideApply(situation).do), `${state} forward`);
      for (const removed of [false, true]) {
        assert.ok(backward.includes(decideUndo(situation, removed).do), `${state} backward`);
      }
    }
  }
});

test('nothing is ever removed that is neither known by id nor claimed before', () => {
  for (const state of STATES) {
    for (const sight of [undefined, seen(), seen({ drift: ['x'] }), seen({ foreignDependents: ['y'] })]) {
      const of = state && entry(state);
      const move = decideUndo({ entry: of, seen: sight, now: NOW }, false);
      if (move.do === 'remove') assert.equal(of?.id, ID);
    }
  }
});

test('a refusal names the finding', () => {
  const conflict = decideUndo(
    { entry: entry('made'), seen: seen({ foreignDependents: ['endpoint-1', 'endpoint-2'] }), now: NOW },
    false,
  );
  assert.ok(conflict.do === 'refuse');
  assert.match(conflict.reason, /endpoint-1, endpoint-2/);
  const taken = decideApply({ entry: undefined, seen: seen(), now: NOW });
  assert.ok(taken.do === 'refuse');
  assert.match(taken.reason, /cloud-1/);
});
