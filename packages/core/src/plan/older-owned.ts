// Inventory items and plans of older versions, which have only the differences from the spec: the spec is planned again.
import type { Owned } from '../record/owned.ts';
import type { Plan, PlanContext, Planned, Step } from '../record/plan.ts';
import type { AcceptedRequest, EntryPoint } from '../record/records.ts';
import { parseRequest, type Request } from '../request/request.ts';
import { requestOf } from './accepted.ts';
import { planSteps } from './plan-steps.ts';

export function olderOwned(entryPoint: EntryPoint, region: string): Owned[] {
  const parsed = parseRequest(entryPoint.spec, region);
  if (!parsed.ok) throw new Error(`the spec of ${entryPoint.name} in the inventory does not parse`);
  const steps = stepsById(parsed.request, { jobId: entryPoint.jobId, region });
  return entryPoint.resources.map(item => {
    if ('desired' in item) return item;
    const { set, ...rest } = item;
    const step = steps.get(rest.step);
    if (!step) throw new Error(`the spec of ${entryPoint.name} in the inventory has no ${rest.step}`);
    return { ...rest, title: step.title, desired: { ...step.desired, ...set }, needs: step.needs };
  });
}

export function olderPlanned(
  { olderOutcome }: Plan,
  accepted: AcceptedRequest,
  context: PlanContext,
): Planned[] {
  const steps = stepsById(requestOf(accepted, context.region), context);
  // A plan of version 1 creates everything in its spec.
  const made = [...steps.values()].filter(({ act }) => act === 'create').map(({ id }) => ({ step: id }));
  return (olderOutcome ?? made).flatMap((item: NonNullable<Plan['olderOutcome']>[number]) => {
    const step = steps.get(item.step);
    if (!step) return [];
    const { kind, title, desired, needs } = step;
    const known = item.id === undefined ? {} : { id: item.id };
    return [{ step: item.step, kind, title, desired: { ...desired, ...item.set }, needs, ...known }];
  });
}

function stepsById(request: Request, context: PlanContext): Map<string, Step> {
  return new Map(planSteps(request, context).map(step => [step.id, step]));
}
