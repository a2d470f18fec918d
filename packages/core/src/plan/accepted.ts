// An accepted request, parsed and planned once: when it is accepted. What is stored is read here; what an older version of
// the code has stored is parsed and planned again.
import { PLAN_VERSION, type PlanContext, type Step } from '../record/plan.ts';
import type { AcceptedRequest } from '../record/records.ts';
import type { Request } from '../request/request.ts';
import { planSteps } from './plan-steps.ts';

/** The stored request, with what was computed from it. */
export function accepted(
  { hash, value }: Pick<AcceptedRequest, 'hash' | 'value'>,
  request: Request,
  steps: Step[],
): AcceptedRequest {
  return { hash, value, parsed: { request, steps, planVersion: PLAN_VERSION } };
}

/** Throws where it does not parse: it did when it was accepted. The schemas are loaded only for what was not stored parsed. */
export async function requestOf({ value, parsed }: AcceptedRequest, region: string): Promise<Request> {
  if (parsed) return parsed.request;
  const { parseRequest } = await import('../request/request.ts');
  const again = parseRequest(value, region);
  if (!again.ok) throw new Error('an accepted request does not parse');
  return again.request;
}

/** The steps that it asks for, as if nothing existed; of another version of the code, planned again. */
export async function stepsOf(request: AcceptedRequest, context: PlanContext): Promise<Step[]> {
  const { parsed } = request;
  if (parsed?.planVersion === PLAN_VERSION) return parsed.steps;
  return planSteps(await requestOf(request, context.region), context);
}
