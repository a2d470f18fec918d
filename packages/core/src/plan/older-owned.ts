// Inventory items and plans of older versions, which hold what differs from the spec only: the spec is planned again.
import type { Owned } from '../record/owned.ts';
import type { Plan, PlanContext, Planned, Step } from '../record/plan.ts';
import type { AcceptedRequest, EntryPoint } from '../record/records.ts';
import { parseRequest, type Request } from '../request/request.ts';
import { requestOf } from './accepted.ts';
import { withMembers } from './match.ts';
import { plannedAs } from './outcome.ts';
import { planSteps } from './plan-steps.ts';

export function olderOwned(entryPoint: EntryPoint, region: string): Owned[] {
  const parsed = parseRequest(entryPoint.spec, region);
  if (!parsed.ok) throw new Error(`the spec of ${entryPoint.name} in the inventory does not parse`);
  const steps = stepsById(parsed.request, { jobId: entryPoint.jobId, region });
  return entryPoint.resources.map(item => {
    if ('desired' in item) return item;
    const step = steps.get(item.step);
    if (!step) throw new Error(`the spec of ${entryPoint.name} in the inventory has no ${item.step}`);
    return { ...plannedAs(withMembers(step, item.set ?? {})), id: item.id };
  });
}

export async function olderPlanned(
  { olderOutcome }: Plan,
  accepted: AcceptedRequest,
  context: PlanContext,
): Promise<Planned[]> {
  const steps = stepsById(await requestOf(accepted, context.region), context);
  // A plan from before updates makes everything that its spec says.
  const made = [...steps.values()].filter(({ act }) => act === 'create').map(({ id }) => ({ step: id }));
  return (olderOutcome ?? made).flatMap((item: NonNullable<Plan['olderOutcome']>[number]) => {
    const step = steps.get(item.step);
    if (!step) return [];
    return [plannedAs(withMembers(step, item.set ?? {}), item.id)];
  });
}

function stepsById(request: Request, context: PlanContext): Map<string, Step> {
  return new Map(planSteps(request, context).map(step => [step.id, step]));
}
