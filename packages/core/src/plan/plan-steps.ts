// The steps that a spec asks for, as if nothing of it existed yet. What of them exists already and what has to be deleted is
// change.ts.
import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import type { Request } from '../request/request.ts';

/** In an order in which they can be made. */
export function planSteps(request: Request, context: PlanContext): Step[] {
  return Object.values<KindTraits>(KINDS).flatMap(traits => {
    if (traits.cloud === 'aws') return request.cloud === 'aws' ? traits.steps(request, context) : [];
    return request.cloud === 'alicloud' ? traits.steps(request, context) : [];
  });
}

/**
 * What only one job at a time may change, besides the entry point itself: of what is asked for, and of what exists and
 * may be deleted. Sorted, so that no two jobs wait for each other.
 */
export function queuesOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(({ kind, desired }) => KINDS[kind].queue?.(desired) ?? []))].toSorted();
}
