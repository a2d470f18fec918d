// The outputs that no step of a plan reads: those of what it leaves as it is.
import type { Observation } from '../kinds/observation.ts';
import { outputsOf } from '../kinds/outputs.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { ResourceOutputs } from '../record/outputs.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { CloudPorts } from './cloud-ports.ts';
import { READS_AT_ONCE } from './observe.ts';

/**
 * The outputs of what the plan leaves as it is: of unchanged resources, from their observations, and of objects that the request
 * would wait for if it changed anything, which are read now.
 */
export async function outputsOfUntouched(
  ports: Pick<CloudPorts, 'resource'>,
  wanted: readonly Step[],
  { steps }: Plan,
  observations: ReadonlyMap<string, Observation>,
): Promise<ResourceOutputs[]> {
  const planned = new Map(steps.map(step => [step.id, step]));
  const found = await inBatches(wanted, READS_AT_ONCE, async ({ id: step, kind, act, desired }) => {
    const isWalked = planned.has(step) && planned.get(step)?.act !== 'unchanged';
    if (isWalked) return [];
    if (act !== 'wait') {
      const { id, outputs } = observations.get(step) ?? {};
      return id === undefined || !outputs ? [] : [{ step, kind, id, ...outputs }];
    }
    const resource = ports.resource(kind);
    const observed = await resource.read({ ...desired }, undefined);
    return observed === undefined
      ? []
      : [{ step, kind, id: resource.idOf(observed), ...outputsOf(resource, observed) }];
  });
  return found.flat();
}
