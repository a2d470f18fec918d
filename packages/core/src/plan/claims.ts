// The natural keys that a plan claims for its entry point.
import type { Plan } from '../record/plan.ts';
import { plannedBy } from './outcome.ts';
import { claimOf } from './owned.ts';

/** Of everything that the entry point will own. A plan of an older version has named its claims on the job. */
export function claimsOf(plan: Plan): string[] {
  return (plannedBy(plan) ?? []).flatMap(claimOf);
}
