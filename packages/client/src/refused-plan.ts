// The plan that comes with its refusal.
import { Problem } from './problem.ts';
import { PLAN, shaped } from './shape.ts';
import type { Plan } from './types.ts';

/** Of a Problem with the code `PlanRefused`: the plan, apart from what is refused. Undefined for any other error. */
export function refusedPlan(thrown: unknown): Plan | undefined {
  if (!(thrown instanceof Problem)) return undefined;
  const { plan } = Object(thrown.body);
  return plan === undefined ? undefined : shaped<Plan>(plan, PLAN);
}
