// An entry point whose collection is at a bound of its cloud: provisioned, exchanged, rolled back, removed.
import assert from 'node:assert/strict';
import { viewPlan } from '@gatehouse/core/api/plan-view';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import type { World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';

export type Spec = Record<string, unknown> & { entryPoint: string };

/** Provisions it. */
export async function provisioned(world: World, spec: Spec): Promise<void> {
  const { job } = await world.finish((await world.submit(spec, 'first')).id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
}

/** The plan of a request, with the text of its findings. */
export async function planOf(world: World, spec: Spec) {
  const ports = world.ports();
  const parsed = parseRequest(spec, ports.settings.region);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const entryPoint = await readEntryPoint(world.store, spec.entryPoint);
  const { view, findings } = await viewPlan(ports, parsed.request, entryPoint);
  return { ...view, findings };
}

/** The job of an update, with its mutating calls. */
export async function updated(world: World, spec: Spec, key = 'second') {
  const before = (await world.calls()).length;
  const update = { ...spec, operation: 'update' };
  const { job } = await world.finish((await world.submit(update, key)).id);
  const calls = (await world.calls()).slice(before).filter(call => MUTATING.test(call.operation));
  return { job, operations: calls.map(({ operation }) => operation) };
}
