import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revert } from '@gatehouse/core/json/revert';

const CASES: { name: string; set: object; before: object; now: object; back: object }[] = [
  {
    name: 'a member that holds what we set gets back what it held',
    set: { affinity: 'SOURCE_IP' },
    before: { affinity: 'NONE' },
    now: { affinity: 'SOURCE_IP' },
    back: { affinity: 'NONE' },
  },
  {
    name: 'a member that somebody has changed since stays',
    set: { dial: 50 },
    before: { dial: 100 },
    now: { dial: 0 },
    back: { dial: 0 },
  },
  {
    name: 'a member that was absent is absent again',
    set: { path: '/health' },
    before: {},
    now: { path: '/health' },
    back: {},
  },
  {
    name: 'what we removed is there again, unless somebody has put another in its place',
    set: {},
    before: { a: 1, b: 2 },
    now: { b: 3 },
    back: { a: 1, b: 3 },
  },
  {
    name: 'what others added stays',
    set: { endpoints: { ours: { weight: 0 } } },
    before: { endpoints: {} },
    now: { endpoints: { ours: { weight: 0 }, theirs: { weight: 9 } } },
    back: { endpoints: { theirs: { weight: 9 } } },
  },
  {
    name: 'a list is one value',
    set: { ports: [443] },
    before: { ports: [80] },
    now: { ports: [443, 8443] },
    back: { ports: [443, 8443] },
  },
  {
    name: 'zero is a value',
    set: { weight: 128 },
    before: { weight: 0 },
    now: { weight: 128 },
    back: { weight: 0 },
  },
];

for (const { name, set, before, now, back } of CASES) {
  test(name, () => {
    assert.deepEqual(revert({ ...set }, { ...before }, { ...now }), back);
  });
}
