// What an entry point owns, and the natural keys that it claims, so that no two entry points can own one thing.
import { traitsOf } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import type { Plan, PlanContext, Planned } from '../record/plan.ts';
import type { AcceptedRequest, EntryPoint, InventoryItem, JobRecord } from '../record/records.ts';
import { plannedBy } from './outcome.ts';

/** Its resources, in the order in which they are made; `region`: where a part belongs that names none. */
export async function ownedBy(entryPoint: EntryPoint | undefined, region: string): Promise<Owned[]> {
  if (!entryPoint) return [];
  const { resources } = entryPoint;
  if (resources.every(isWhole)) return resources;
  const { olderOwned } = await import('./older-owned.ts');
  return olderOwned(entryPoint, region);
}

function isWhole(item: InventoryItem): item is Owned {
  return 'desired' in item;
}

/** What an entry point owns by a plan, of each resource whose id is known. `idOf`: the id in a step's ledger entry. */
export async function ownedByPlan(
  { plan, request, job }: Pick<JobRecord, 'request' | 'job'> & { plan: Plan },
  region: string,
  idOf: (step: string) => string | undefined,
): Promise<Owned[]> {
  const planned = plannedBy(plan) ?? (await olderPlannedBy(plan, request, { jobId: job.id, region }));
  return planned.flatMap(({ id: known, ...resource }) => {
    const id = known ?? idOf(resource.step);
    return id === undefined ? [] : [{ ...resource, id }];
  });
}

async function olderPlannedBy(
  plan: Plan,
  request: AcceptedRequest,
  context: PlanContext,
): Promise<Planned[]> {
  const { olderPlanned } = await import('./older-owned.ts');
  return olderPlanned(plan, request, context);
}

/**
 * The natural keys that it holds among all entry points, where its kind has one of its own; what belongs to a parent that
 * is claimed needs none.
 */
export function claimOf({ kind, desired }: Pick<Owned, 'kind' | 'desired'>): string[] {
  const keys = traitsOf(kind).naturalKey?.(desired) ?? [];
  return [keys].flat().map(key => `${kind}/${key}`);
}
