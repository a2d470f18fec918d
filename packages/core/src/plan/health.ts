// The health of an entry point: the verdict of the clouds' health checks on each of its endpoints and targets, read now. Changes
// nothing. A resource that cannot be read is UNKNOWN. Resources of kinds without health checks are left out.
import { shortened } from '../json/validation-issues.ts';
import { traitsOf } from '../kinds/kinds.ts';
import { type Problem, problemOf, toStepError } from '../ports/errors.ts';
import { type EndpointHealth, type HealthState, worstOf } from '../ports/health.ts';
import { inBatches } from '../ports/in-batches.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { EntryPoint } from '../record/records.ts';
import { type CloudPorts, forOneReading } from './cloud-ports.ts';
import { READS_AT_ONCE } from './observe.ts';
import { ownedBy } from './owned.ts';

export interface ResourceHealth {
  step: string;
  kind: string;
  title: string;
  id: string;
  /** The worst of its endpoints. */
  state: HealthState;
  /** Those of the spec, in its order. */
  endpoints: EndpointHealth[];
  problem?: Problem;
}

export interface Health {
  entryPoint: string;
  /** The worst of its resources. */
  state: HealthState;
  resources: ResourceHealth[];
}

/** Ours: the answer has one for each of up to a thousand targets. */
export const MAX_REASON_LENGTH = 200;

export async function healthOf(given: CloudPorts, entryPoint: EntryPoint): Promise<Health> {
  const ports = forOneReading(given);
  const owned = await ownedBy(entryPoint, ports.settings.region);
  const checked = owned.filter(({ kind }) => traitsOf(kind).health);
  const resources = await inBatches(checked, READS_AT_ONCE, each => healthOfOne(ports, each, owned));
  const state = worstOf(resources.map(each => each.state));
  return { entryPoint: entryPoint.name, state, resources };
}

async function healthOfOne(ports: CloudPorts, each: Owned, owned: readonly Owned[]): Promise<ResourceHealth> {
  const { step, kind, title, id } = each;
  const is = { step, kind, title, id };
  try {
    const resource = ports.resource(kind);
    const desired = resolved(each, owned);
    const observed = await resource.read(desired, id);
    if (observed === undefined) return { ...is, state: 'MISSING', endpoints: [] };
    const endpoints = ((await resource.health?.(desired, observed)) ?? []).map(bounded);
    return { ...is, state: worstOf(endpoints.map(({ state }) => state)), endpoints };
  } catch (thrown) {
    return { ...is, state: 'UNKNOWN', endpoints: [], problem: problemOf(toStepError(thrown)) };
  }
}

function bounded({ reason, ...endpoint }: EndpointHealth): EndpointHealth {
  return reason ? { ...endpoint, reason: shortened(reason, MAX_REASON_LENGTH) } : endpoint;
}
