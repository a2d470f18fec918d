// An accepted request, parsed and planned once, when it is accepted. Requests that an older version of the code has stored, or
// that were too large to be stored with their steps, are parsed and planned again.
import { PLAN_VERSION, type PlanContext, type Step } from '../record/plan.ts';
import type { AcceptedRequest } from '../record/records.ts';
import { parseRequest, type Request } from '../request/request.ts';
import { planSteps } from './plan-steps.ts';

/** DynamoDB allows 400 KB for an item. The rest is room for the names of members and for growth. */
const MAX_ACCEPTED_BYTES = 350 * 1024;

export function accepted(
  { hash, value }: Pick<AcceptedRequest, 'hash' | 'value'>,
  request: Request,
  steps: Step[],
): AcceptedRequest {
  const whole = { hash, value, parsed: { request, steps, planVersion: PLAN_VERSION } };
  return new TextEncoder().encode(JSON.stringify(whole)).length > MAX_ACCEPTED_BYTES
    ? { hash, value }
    : whole;
}

/** Throws if the request does not parse, although it did when it was accepted. */
export function requestOf({ value, parsed }: AcceptedRequest, region: string): Request {
  if (parsed) return parsed.request;
  const again = parseRequest(value, region);
  if (!again.ok) throw new Error('an accepted request does not parse');
  return again.request;
}

/** The steps of the request as if nothing existed. Steps that another version of the code has stored are planned again. */
export function stepsOf(request: AcceptedRequest, context: PlanContext): Step[] {
  const { parsed } = request;
  if (parsed?.planVersion === PLAN_VERSION) return parsed.steps;
  return planSteps(requestOf(request, context.region), context);
}
