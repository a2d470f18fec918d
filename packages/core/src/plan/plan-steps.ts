// The steps that a spec asks for, as if nothing of it existed yet. What of them exists already and what has to be deleted is
// change.ts.

import { KINDS } from '../kinds/kinds.ts';
import { PLAN_VERSION, type Plan, type PlanContext, type Step } from '../record/plan.ts';
import type { Request } from '../request/request.ts';
import { planAlicloud } from './alicloud-steps.ts';
import { planAws } from './aws-steps.ts';
import { NO_LANES } from './lanes.ts';

/** What the spec of a request asks for, as if nothing of it stood yet. */
export function planSteps(request: Request, context: PlanContext): Plan {
  if (request.cloud === 'aws') return { version: PLAN_VERSION, ...planAws(request, context) };
  const { steps, lanes } = planAlicloud(request);
  return { version: PLAN_VERSION, steps, lanes: { ...NO_LANES, alicloudListeners: lanes } };
}

/**
 * What only one job at a time may shape, besides the entry point itself: of what is asked for, and of what stands and
 * may go. Sorted, so that no two jobs wait in a ring.
 */
export function targetsOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(({ kind, desired }) => KINDS[kind].queue?.(desired) ?? []))].toSorted();
}
