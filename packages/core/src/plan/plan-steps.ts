// The steps that a spec asks for, as if nothing of it existed yet. What of them exists already and what has to be deleted is
// change.ts.
import type { PlanContext, Step } from '../record/plan.ts';
import type { Request } from '../request/request.ts';
import { planAlicloud } from './alicloud-steps.ts';
import { planAws } from './aws-steps.ts';

/** In an order in which they can be made. */
export function planSteps(request: Request, context: PlanContext): Step[] {
  return request.cloud === 'aws' ? planAws(request, context) : planAlicloud(request);
}

/**
 * What only one job at a time may change, besides the entry point itself: of what is asked for, and of what exists and
 * may be deleted. Sorted, so that no two jobs wait for each other.
 */
export function targetsOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(targetOf))].toSorted();
}

function targetOf({ kind, desired }: Pick<Step, 'kind' | 'desired'>): string[] {
  if (kind === 'listener') return [`accelerator/${desired['acceleratorArn']}`];
  if (kind === 'alicloudListener') return [`instance/${desired['acceleratorId']}`];
  if (kind !== 'stickinessPolicy') return [];
  return [`load-balancer/${desired['region']}/${desired['loadBalancerName']}`];
}
