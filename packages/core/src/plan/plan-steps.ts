// The steps of a spec, as if none of its resources existed, and what it points at. change.ts compares the steps with the
// existing resources.
import { KINDS, traitsOf } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import type { Use } from '../request/permission.ts';
import type { Request } from '../request/request.ts';

/** In an order in which they can be created. */
export function planSteps(request: Request, context: PlanContext): Step[] {
  return Object.values<KindTraits>(KINDS).flatMap(traits => {
    if (traits.cloud === 'aws') return request.cloud === 'aws' ? traits.steps(request, context) : [];
    return request.cloud === 'alicloud' ? traits.steps(request, context) : [];
  });
}

/** What the request points at outside of its entry point, for the access rules. */
export function usesOf(request: Request): Use[] {
  return Object.values<KindTraits>(KINDS).flatMap(traits => {
    if (traits.cloud === 'aws') return request.cloud === 'aws' ? traits.uses(request) : [];
    return request.cloud === 'alicloud' ? traits.uses(request) : [];
  });
}

/**
 * The queues of the steps, besides the entry point's own: everything that only one job at a time may change. Sorted, so that no
 * two jobs wait for each other.
 */
export function queuesOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(({ kind, desired }) => traitsOf(kind).queue?.(desired) ?? []))].toSorted();
}
