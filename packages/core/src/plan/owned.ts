// What an entry point owns: its resources as the inventory holds them, and the natural keys that it claims, so that no two
// entry points can own one thing.
import { isDeepStrictEqual } from 'node:util';
import type { Members } from '../json/plain-members.ts';
import { KINDS } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { EntryPoint, InventoryItem } from '../record/records.ts';
import { parseRequest, type Request } from '../request/request.ts';
import { planSteps } from './plan-steps.ts';

/** Its resources, in the order in which they are made; `region`: where a part belongs that names none. */
export function ownedBy(entryPoint: EntryPoint | undefined, region: string): Owned[] {
  if (!entryPoint) return [];
  const parsed = parseRequest(entryPoint.spec, region);
  if (!parsed.ok) throw new Error(`the spec of ${entryPoint.name} in the inventory does not parse`);
  const steps = stepsById(parsed.request, { jobId: entryPoint.jobId, region });
  return entryPoint.resources.flatMap(({ set, ...item }) => {
    const step = steps.get(item.step);
    return step ? [ownedOf(step, item, set)] : [];
  });
}

/** What an entry point owns by a plan, of each resource whose id is known. `idOf`: what a step's entry in the ledger says. */
export function outcomeOf(
  { outcome }: Plan,
  request: Request,
  context: { jobId: string; region: string },
  idOf: (step: string) => string | undefined,
): InventoryItem[] {
  const steps = stepsById(request, context);
  // A plan from before updates makes all that its spec says.
  const items =
    outcome ?? [...steps.values()].filter(({ act }) => act === 'create').map(({ id }) => ({ step: id }));
  return items.flatMap((item: NonNullable<Plan['outcome']>[number]) => {
    const id = item.id ?? idOf(item.step);
    const kind = steps.get(item.step)?.kind;
    return id && kind ? [{ step: item.step, kind, id, ...(item.set ? { set: item.set } : {}) }] : [];
  });
}

function stepsById(request: Request, context: { jobId: string; region: string }): Map<string, Step> {
  return new Map(planSteps(request, context).steps.map(step => [step.id, step]));
}

function ownedOf(
  { title, desired, needs }: Step,
  item: Omit<InventoryItem, 'set'>,
  set: Members = {},
): Owned {
  return { ...item, title, desired: { ...desired, ...set }, needs };
}

/** The natural keys of all that will stand by a plan. */
export function claimsOf(
  { outcome }: Plan,
  request: Request,
  context: { jobId: string; region: string },
): string[] {
  const steps = stepsById(request, context);
  return (outcome ?? []).flatMap(({ step: id, set }) => {
    const step = steps.get(id);
    return step ? claimOf({ kind: step.kind, desired: { ...step.desired, ...set } }) : [];
  });
}

/** Members of what a step has set that differ from what its spec says, for the inventory. */
export function setOtherwise(spec: Members, set: Members): Members | undefined {
  const differs = Object.entries(set).filter(([member, value]) => !isDeepStrictEqual(value, spec[member]));
  return differs.length > 0 ? Object.fromEntries(differs) : undefined;
}

/**
 * The natural key that it holds among all entry points, where its kind has one of its own; what belongs to a parent that
 * is claimed needs none.
 */
export function claimOf({ kind, desired }: Pick<Owned, 'kind' | 'desired'>): string[] {
  const key = KINDS[kind].naturalKey?.(desired);
  return key === undefined ? [] : [`${kind}/${key}`];
}
