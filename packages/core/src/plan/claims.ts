// The natural keys that a plan claims for its entry point.
import type { Plan } from '../record/plan.ts';
import { plannedBy } from './outcome.ts';
import { claimOf } from './owned.ts';

/** The claims of all resources that the entry point will own. In older versions, the job has the claims of its plan. */
export function claimsOf(plan: Plan): string[] {
  return (plannedBy(plan) ?? []).flatMap(claimOf);
}
