// The decisions on what stood before the job, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Entry, intend, MAX_FAILED_REMOVALS, MAX_UPDATES } from '@gatehouse/core/record/ledger';
import type { Seen } from '@gatehouse/core/step/decide';
import {
  decideRemoval,
  decideRestore,
  decideUpdate,
  type RemovalOptions,
} from '@gatehouse/core/step/decide-existing';

const NOW = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T12:01:30.000Z';

function entry(more: Partial<Entry> = {}): Entry {
  const first = intend({
    jobId: 'job-1',
    step: 'listener',
    kind: 'listener',
    attempt: 1,
    at: NOW,
    callUntil: LATER,
    before: {},
    act: 'update',
  });
  return { ...first, state: 'made', id: 'arn:listener', ...more };
}

function seen(more: Partial<Seen> = {}): Seen {
  return { id: 'arn:listener', drift: [], foreignDependents: [], readiness: { ready: true }, ...more };
}

const UPDATES: [name: string, entry: Entry, seen: Seen | undefined, does: string][] = [
  ['as desired and ready: done', entry(), seen(), 'done'],
  ['one member differs: set', entry(), seen({ drift: ['clientAffinity'] }), 'update'],
  ['somebody has removed it: refused, and not made again', entry(), undefined, 'refuse'],
  ['what no call changes: refused', entry(), seen({ drift: ['type'] }), 'refuse'],
  ['set too often: refused', entry({ updates: MAX_UPDATES }), seen({ drift: ['clientAffinity'] }), 'refuse'],
  [
    'as desired, not settled: waits',
    entry(),
    seen({ readiness: { ready: false, reason: 'settling' } }),
    'wait',
  ],
  ['as desired, a call in doubt: looks again', entry({ state: 'intended' }), seen(), 'lookAgain'],
  ['as desired, an earlier call in doubt: looks again', entry({ doubtUntil: LATER }), seen(), 'lookAgain'],
  ['the doubt is past: done', entry({ doubtUntil: NOW }), seen(), 'done'],
  ['said applied before: done, whatever has settled since', entry({ state: 'applied' }), seen(), 'done'],
];
for (const [name, of, found, does] of UPDATES) {
  test(`an update, ${name}`, () => {
    assert.equal(decideUpdate({ entry: of, seen: found, now: NOW }, ['type']).do, does);
  });
}

const RESTORES: [name: string, entry: Entry, seen: Seen | undefined, does: string][] = [
  ['something of ours is left: put back', entry(), seen({ drift: ['clientAffinity'] }), 'update'],
  ['nothing of ours is left: undone', entry(), seen(), 'undone'],
  ['nothing is left, a call in doubt: looks again', entry({ state: 'intended' }), seen(), 'lookAgain'],
  ['somebody has removed it: undone, and not made again', entry(), undefined, 'undone'],
  ['removed, a call in doubt: looks again', entry({ state: 'intended' }), undefined, 'lookAgain'],
  [
    'it has calls of its own, besides those forward',
    entry({ updates: MAX_UPDATES }),
    seen({ drift: ['clientAffinity'] }),
    'update',
  ],
  [
    'and they are bounded, too',
    entry({ updates: 2 * MAX_UPDATES }),
    seen({ drift: ['clientAffinity'] }),
    'refuse',
  ],
];
for (const [name, of, found, does] of RESTORES) {
  test(`putting back, ${name}`, () => {
    assert.equal(decideRestore({ entry: of, seen: found, now: NOW }).do, does);
  });
}

const GOING: Seen['readiness'] = { ready: false, reason: 'leaving', leaving: true };
const FAILED: Seen['readiness'] = { ready: false, reason: 'failed', failed: true };
const OFTEN: Partial<Entry> = { undo: { since: NOW, calls: 9, failures: MAX_FAILED_REMOVALS } };
const REMOVALS: [
  name: string,
  entry: Entry,
  seen: Seen | undefined,
  how: Partial<RemovalOptions>,
  does: string,
][] = [
  ['it stands: removed', entry(), seen(), {}, 'remove'],
  ['it is gone: done', entry(), undefined, {}, 'done'],
  ['it was asked for and still stands: waits', entry(), seen(), { removed: true }, 'wait'],
  ['it is leaving: waits', entry(), seen({ readiness: GOING }), {}, 'wait'],
  ['its removal failed: again', entry(), seen({ readiness: FAILED }), {}, 'remove'],
  ['and failed: refused', entry(OFTEN), seen({ readiness: FAILED }), {}, 'refuse'],
  ['others hang on it: refused', entry(), seen({ foreignDependents: ['x'] }), {}, 'refuse'],
  [
    'others hang on it and are named: deletes them first',
    entry(),
    seen({ foreignDependents: ['x'] }),
    { named: ['x', 'y'] },
    'deleteForeign',
  ],
  [
    'one of them is not named: refused, and none is deleted',
    entry(),
    seen({ foreignDependents: ['x', 'z'] }),
    { named: ['x', 'y'] },
    'refuse',
  ],
  [
    'what is gone is still listed: waits',
    entry(),
    seen({ foreignDependents: ['o'] }),
    { gone: ['o'] },
    'wait',
  ],
  [
    'and is listed for too long: refused',
    entry({ callUntil: NOW }),
    seen({ foreignDependents: ['o'] }),
    { gone: ['o'] },
    'refuse',
  ],
  [
    'what is gone is still listed beside a foreign one: refused',
    entry(),
    seen({ foreignDependents: ['o', 'x'] }),
    { gone: ['o'] },
    'refuse',
  ],
];
for (const [name, of, found, how, does] of REMOVALS) {
  test(`a removal, ${name}`, () => {
    assert.equal(
      decideRemoval({ entry: of, seen: found, now: NOW }, { removed: false, named: [], gone: [], ...how }).do,
      does,
    );
  });
}
