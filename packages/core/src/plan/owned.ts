// The resources that an entry point owns, and the natural keys that it claims, so that two entry points cannot own the same
// resource.
import type { Members } from '../json/plain-members.ts';
import { KINDS } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import type { Plan } from '../record/plan.ts';
import type { EntryPoint, InventoryItem, JobRecord } from '../record/records.ts';
import { olderOwned, olderPlanned } from './older-owned.ts';
import { plannedBy } from './outcome.ts';

/** Its resources, in the order in which they are created. `region`: the region of request parts that name none. */
export function ownedBy(entryPoint: EntryPoint | undefined, region: string): Owned[] {
  if (!entryPoint) return [];
  const { resources } = entryPoint;
  return resources.every(isWhole) ? resources : olderOwned(entryPoint, region);
}

function isWhole(item: InventoryItem): item is Owned {
  return 'desired' in item;
}

/** The resources that an entry point owns by a plan and whose ids are known. `idOf`: the id in a step's ledger entry. */
export function ownedByPlan(
  { plan, request, job }: Pick<JobRecord, 'request' | 'job'> & { plan: Plan },
  region: string,
  idOf: (step: string) => string | undefined,
): Owned[] {
  const planned = plannedBy(plan) ?? olderPlanned(plan, request, { jobId: job.id, region });
  return planned.flatMap(({ id: known, ...resource }) => {
    const id = known ?? idOf(resource.step);
    return id === undefined ? [] : [{ ...resource, id }];
  });
}

/**
 * The natural key that it claims among all entry points, if its kind has one. A child of a claimed parent needs no claim.
 */
export function claimOf({ kind, desired }: { kind: Owned['kind']; desired: Members }): string[] {
  const key = KINDS[kind].naturalKey?.(desired);
  return key === undefined ? [] : [`${kind}/${key}`];
}
