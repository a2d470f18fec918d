// The health of several endpoints as one state, and the bound of a cloud's words about one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthOf as healthByTable } from '@gatehouse/clouds/health';
import { shortened } from '@gatehouse/core/json/validation-issues';
import { healthOf, MAX_REASON_LENGTH } from '@gatehouse/core/plan/health';
import { type HealthState, worstOf } from '@gatehouse/core/ports/health';
import { createWorld } from '../world/world.ts';

for (const [states, worst, why] of [
  [[], 'NOT_CHECKED', 'there is no verdict'],
  [['HEALTHY', 'NOT_CHECKED'], 'HEALTHY', 'no verdict is no bad one'],
  [['HEALTHY', 'DRAINING'], 'DRAINING', 'it leaves'],
  [['HEALTHY', 'INITIAL'], 'INITIAL', 'it can still become unhealthy'],
  [['INITIAL', 'UNKNOWN'], 'UNKNOWN', 'it can be anything'],
  [['UNKNOWN', 'MISSING'], 'MISSING', 'certainly bad'],
  [['MISSING', 'HEALTHY', 'UNHEALTHY'], 'UNHEALTHY', 'the worst'],
] as const satisfies [HealthState[], HealthState, string][]) {
  test(`health of ${states.join(', ') || 'nothing'}: ${worst}, as ${why}`, () => {
    assert.equal(worstOf(states), worst);
  });
}

test('a word that no table has is UNKNOWN and shown; so is one that stands for no verdict', () => {
  const table = { fine: 'HEALTHY', idle: 'NOT_CHECKED' } as const;
  assert.deepEqual(healthByTable('a', table, { word: 'fine' }), { id: 'a', state: 'HEALTHY' });
  assert.deepEqual(healthByTable('a', table, { word: 'fine', reason: 'yes' }), {
    id: 'a',
    state: 'HEALTHY',
    reason: 'yes',
  });
  assert.deepEqual(healthByTable('a', table, { word: 'idle' }), {
    id: 'a',
    state: 'NOT_CHECKED',
    reason: 'idle',
  });
  assert.deepEqual(healthByTable('a', table, { word: 'new' }), { id: 'a', state: 'UNKNOWN', reason: 'new' });
  assert.deepEqual(healthByTable('a', table, { word: undefined }), { id: 'a', state: 'UNKNOWN' });
  assert.deepEqual(healthByTable('a', table, { word: 'toString' }), {
    id: 'a',
    state: 'UNKNOWN',
    reason: 'toString',
  });
});

test("a cloud's words have a bound", async () => {
  const ports = createWorld().ports();
  const resource = {
    ...ports.resource('targets'),
    read: async () => ({}),
    health: async () => [{ id: 'a', state: 'UNHEALTHY' as const, reason: 'x'.repeat(5000) }],
  };
  const owned = { step: 's', kind: 'targets' as const, title: 't', id: 'i', needs: {} };
  const reads = { ...ports, resource: () => resource, reading: () => reads };
  const { resources } = await healthOf(reads, {
    name: 'edge',
    cloud: 'aws',
    owner: 'o',
    since: '2026-03-01T12:00:00.000Z',
    jobId: 'j',
    resources: [{ ...owned, desired: { region: 'eu-west-1', targets: [] } }],
  });
  assert.equal(resources[0]?.endpoints[0]?.reason, shortened('x'.repeat(5000), MAX_REASON_LENGTH));
});
