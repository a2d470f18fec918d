// POST /v1/plans: what a request would do, given the present state of the clouds. Changes nothing, so callers
// other than the owner may ask as well. A request that would end its job before the first change is answered with the same
// problem.
import type { PlanView } from '@gatehouse/core/api/answers';
import { viewPlan } from '@gatehouse/core/api/plan-view';
import { parseBody } from '@gatehouse/core/json/body';
import type { ValidationIssue } from '@gatehouse/core/json/validation-issues';
import { usesOf } from '@gatehouse/core/plan/plan-steps';
import { TerminalError } from '@gatehouse/core/ports/errors';
import { forbiddenBy } from '@gatehouse/core/queue/inventory';
import { plannerKey, readEntryPoint } from '@gatehouse/core/record/records';
import { cloudNotEnabled } from '@gatehouse/core/request/clouds';
import { parseNewRequest } from '@gatehouse/core/request/new-request';
import { notAllowed, notOwnerOf } from '@gatehouse/core/request/permission';
import { type LookingPorts, lookingPorts } from '../looking.ts';
import type { ApiAnswer } from './answer.ts';
import { notParsed } from './body.ts';
import { type ApiRequest, http } from './http.ts';
import { type Place, takePlace } from './places.ts';
import { problem } from './problem.ts';
import { refused } from './refused.ts';

export async function createPlan(
  ports: LookingPorts,
  { body: text, headers, caller }: Pick<ApiRequest, 'body' | 'caller' | 'headers'>,
): Promise<ApiAnswer<PlanView>> {
  const body = await parseBody(text, headers['content-type']);
  if (!body.ok) return notParsed(body);
  const parsed = parseNewRequest(body.value, ports.settings);
  if (!parsed.ok)
    return problem('InvalidRequest', 'fix every entry of errors and send the request again', {
      errors: parsed.issues,
    });
  const entryPoint = await readEntryPoint(ports.store, parsed.request.entryPoint);
  const { access, clouds } = ports.settings;
  const forbidden =
    notAllowed(access, caller, usesOf(parsed.request)) ??
    (entryPoint && cloudNotEnabled(entryPoint, clouds)) ??
    forbiddenBy(entryPoint, parsed.request);
  if (forbidden) return refused(forbidden);
  const until = ports.clock.now().getTime() + PLAN_SECONDS * 1000;
  const leave = await takePlace(ports, placesOf(caller), until);
  if (!leave) return tooMany();
  try {
    const asked = { request: parsed.request, sent: body.value };
    const { view, findings } = await viewPlan(ports, asked, entryPoint);
    if (findings.length > 0) return planRefused(findings, view);
    const notOwner = notOwnerOf(access, caller, parsed.request, entryPoint);
    // Everybody may look, and a plan changes nothing.
    const warnings = [...(notOwner ? [`You may not run this: ${notOwner.message}.`] : []), ...view.warnings];
    return { status: 200, body: { ...view, warnings } };
  } catch (thrown) {
    if (!(thrown instanceof TerminalError && thrown.provider)) throw thrown;
    // A read failed permanently, and would fail in the job as well.
    return planRefused([{ pointer: '', detail: thrown.message }]);
  } finally {
    await leave();
  }
}

/** Our own bound: a plan can read every resource of an entry point, within the quotas that running jobs need. */
const MAX_PLANS_PER_CALLER = 5;
/** Longer than the time limit of the function. */
const PLAN_SECONDS = 30;

function placesOf(caller: string): Place[] {
  return Array.from({ length: MAX_PLANS_PER_CALLER }, (_, place) => plannerKey(caller, place));
}

function tooMany(): ApiAnswer<never> {
  const detail = `you are making ${MAX_PLANS_PER_CALLER} plans at present, which is the limit; wait for one of them`;
  const answer = problem('TooManyPlans', detail);
  return { ...answer, headers: { ...answer.headers, 'retry-after': '2' } };
}

/** `plan`: the plan apart from what the findings refuse, if the clouds could be read. */
function planRefused(findings: ValidationIssue[], plan?: PlanView): ApiAnswer<never> {
  const errors = findings.map(({ pointer, detail }) => ({ pointer, detail }));
  const detail = 'a job of this request would fail before its first change';
  return problem('PlanRefused', detail, { errors, ...(plan ? { plan } : {}) });
}

export const handler = http(lookingPorts, createPlan);
