import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Waiting } from '@gatehouse/core/record/ledger';
import { readinessAfter } from '@gatehouse/core/step/settling';

const START = Date.UTC(2026, 2, 1, 12);
const clockAt = (seconds: number) => ({
  now: () => new Date(START + seconds * 1000),
  after: (more: number) => new Date(START + (seconds + more) * 1000),
});
const settles = {
  initialDelaySeconds: 10,
  maxDelaySeconds: 30,
  readyLimitSeconds: 1800,
  consecutiveReady: 2,
};
const pending = { ready: false, reason: 'IN_PROGRESS' } as const;
const ready = { ready: true } as const;

function reading(before: Waiting | undefined, readiness: typeof pending | typeof ready, atSeconds = 0) {
  return readinessAfter(before, readiness, settles, clockAt(atSeconds));
}

function waiting(answer: Waiting | 'settled'): Waiting {
  assert.notEqual(answer, 'settled');
  return answer as Waiting;
}

test('one ready reading right after a change may be stale and is not believed', () => {
  const first = waiting(reading(undefined, ready));
  assert.equal(first.readyReadings, 1);
  assert.equal(first.reason, 'ready; read again to confirm');
  assert.equal(first.nextPollAt, '2026-03-01T12:00:10.000Z');
});

test('a resource is ready after as many consecutive ready readings as it requires', () => {
  assert.equal(reading(waiting(reading(undefined, ready)), ready), 'settled');
  const once = { ...settles, consecutiveReady: 1 };
  assert.equal(readinessAfter(undefined, ready, once, clockAt(0)), 'settled');
});

test('one ready reading after a pending one is believed', () => {
  assert.equal(reading(waiting(reading(undefined, pending)), ready), 'settled');
});

test('a pending reading begins the count of ready ones anew, and is itself remembered', () => {
  const first = waiting(reading(undefined, ready));
  const second = waiting(reading(first, pending));
  assert.equal(second.readyReadings, 0);
  assert.equal(second.sawPending, true);
  assert.equal(second.reason, 'IN_PROGRESS');
});

test('waits grow from the first to the longest, and no further', () => {
  let last: Waiting | undefined;
  const waits: number[] = [];
  for (let asked = 0; asked < 8; asked++) {
    last = waiting(reading(last, pending));
    waits.push((Date.parse(last.nextPollAt) - START) / 1000);
    assert.equal(last.polls, asked + 1);
  }
  assert.deepEqual(waits, [10, 12.5, 15.625, 19.531, 24.414, 30, 30, 30]);
});

test('the beginning of a wait and its limit do not move with the readings', () => {
  const first = waiting(reading(undefined, pending));
  const later = waiting(reading(first, pending, 900));
  for (const { since, giveUpAt } of [first, later]) {
    assert.equal(since, '2026-03-01T12:00:00.000Z');
    assert.equal(giveUpAt, '2026-03-01T12:30:00.000Z');
  }
});
