// The refusal of a plan for what another entry point has claimed. The same for Begin, which takes the claims, and for a plan that
// a caller only wants to see.
import type { Store } from '../ports/ports.ts';
import type { Plan } from '../record/plan.ts';
import { claimKey } from '../record/records.ts';
import { claimsOf } from './claims.ts';
import type { Finding } from './cloud-ports.ts';
import { plannedBy } from './outcome.ts';
import { claimOf } from './owned.ts';

/** What another entry point has claimed at present, also for a job that is still running. Reads the claims, and takes none. */
export async function claimedElsewhere(
  store: Pick<Store, 'many'>,
  entryPoint: string,
  plan: Plan,
): Promise<Finding[]> {
  const keys = claimsOf(plan);
  const claims = await store.many(keys.map(claimKey));
  const owner = claims.map(claim => claim?.value.entryPoint);
  const at = owner.findIndex(each => each !== undefined && each !== entryPoint);
  const [key, other] = [keys[at], owner[at]];
  return key === undefined || other === undefined ? [] : [alreadyClaimed(plan, { key, owner: other })];
}

export function alreadyClaimed(plan: Plan, { key, owner }: { key: string; owner: string }): Finding {
  const claiming = plannedBy(plan)?.find(each => claimOf(each).includes(key))?.step;
  const step = plan.steps.find(({ id }) => id === claiming);
  const detail = `${step?.title ?? key} belongs to entry point ${owner}; a resource can belong to only one entry point`;
  return { pointer: step?.part ?? '', code: 'AlreadyExists', detail };
}
