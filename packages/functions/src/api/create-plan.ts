// POST /v1/plans: what a request would do, given the present state of the clouds. Changes nothing. A request that would end
// its job before the first change is answered with the same problem.
import type { PlanView } from '@gatehouse/core/api/answers';
import { planIssues, viewPlan } from '@gatehouse/core/api/plan-view';
import { parseBody } from '@gatehouse/core/json/body';
import type { ValidationIssue } from '@gatehouse/core/json/validation-issues';
import { usesOf } from '@gatehouse/core/plan/plan-steps';
import { TerminalError } from '@gatehouse/core/ports/errors';
import { forbiddenBy } from '@gatehouse/core/queue/inventory';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { cloudNotEnabled } from '@gatehouse/core/request/clouds';
import { parseNewRequest } from '@gatehouse/core/request/new-request';
import { notAllowed, notOwnerOf } from '@gatehouse/core/request/permission';
import { type LookingPorts, lookingPorts } from '../looking.ts';
import type { ApiAnswer } from './answer.ts';
import { notParsed } from './body.ts';
import { type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';
import { refused } from './refused.ts';

export async function createPlan(
  ports: LookingPorts,
  { body: text, headers, caller }: Pick<ApiRequest, 'body' | 'caller' | 'headers'>,
): Promise<ApiAnswer<PlanView>> {
  const body = await parseBody(text, headers['content-type']);
  if (!body.ok) return notParsed(body);
  const parsed = parseNewRequest(body.value, ports.settings);
  const issues = parsed.ok ? planIssues(parsed.request, ports.settings.region) : parsed.issues;
  if (!parsed.ok || issues.length > 0)
    return problem('InvalidRequest', 'fix every entry of errors and send the request again', {
      errors: issues,
    });
  const entryPoint = await readEntryPoint(ports.store, parsed.request.entryPoint);
  const { access, clouds } = ports.settings;
  const forbidden =
    notAllowed(access, caller, usesOf(parsed.request)) ??
    notOwnerOf(access, caller, parsed.request, entryPoint) ??
    (entryPoint && cloudNotEnabled(entryPoint, clouds)) ??
    forbiddenBy(entryPoint, parsed.request);
  if (forbidden) return refused(forbidden);
  try {
    const { view, findings } = await viewPlan(ports, parsed.request, entryPoint);
    return findings.length === 0 ? { status: 200, body: view } : planRefused(findings);
  } catch (thrown) {
    if (!(thrown instanceof TerminalError && thrown.provider)) throw thrown;
    // A read failed permanently, and would fail in the job as well.
    return planRefused([{ pointer: '', detail: thrown.message }]);
  }
}

function planRefused(findings: ValidationIssue[]): ApiAnswer<never> {
  const errors = findings.map(({ pointer, detail }) => ({ pointer, detail }));
  return problem('PlanRefused', 'a job of this request would fail before its first change', { errors });
}

export const handler = http(lookingPorts, createPlan);
