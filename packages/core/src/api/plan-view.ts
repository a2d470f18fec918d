// A plan as the API shows it: its steps, what each changes, interruptions of traffic, and warnings.

import { traitsOf } from '../kinds/kinds.ts';
import { claimedElsewhere } from '../plan/claimed-elsewhere.ts';
import { type CloudPorts, type Finding, forOneReading } from '../plan/cloud-ports.ts';
import { planRequest } from '../plan/plan-request.ts';
import { queuesOf } from '../plan/plan-steps.ts';
import { deadlineSecondsFor, deadlineWarning, usualSeconds } from '../plan/usual-time.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { EntryPoint } from '../record/records.ts';
import type { Request } from '../request/request.ts';
import type { PlanView } from './answers.ts';
import { createdMembers, type Requested } from './created-members.ts';
import { summaryOf } from './plan-summary.ts';

/** There is no job: this id only appears in generated names. */
const NO_JOB = 'job-00000000';

/**
 * Reads the clouds and changes nothing. `sent`: the request as it was sent, without defaults. Each of the `findings` would end the
 * job before its first change. `queues`: those that the job would join, besides that of its entry point.
 */
export async function viewPlan(
  given: CloudPorts,
  { request, sent }: { request: Request; sent: unknown },
  entryPoint: EntryPoint | undefined,
): Promise<{ view: PlanView; findings: Finding[]; queues: string[] }> {
  const ports = forOneReading(given);
  const planned = await planRequest(ports, request, { jobId: NO_JOB, entryPoint, look: true });
  const ours = (entryPoint?.resources ?? []).map(({ id }) => id);
  const { plan, changes, hash } = planned;
  const findings =
    planned.findings.length > 0
      ? planned.findings
      : await claimedElsewhere(ports.store, request.entryPoint, plan);
  const isToWarn = request.operation !== 'remove' && findings.length === 0;
  const deadlineSeconds = request.options.deadlineSeconds ?? deadlineSecondsFor(plan);
  const warnings = isToWarn
    ? [
        ...plan.steps.flatMap(displacements),
        ...planned.warnings,
        ...(await ports.warnings(request, ours)),
        ...deadlineWarning(plan, deadlineSeconds),
      ]
    : [];
  const steps = plan.steps.filter(step => step.restores === undefined);
  const requested = { sent, parsed: request, steps };
  return {
    findings,
    queues: queuesOf(plan.steps),
    view: {
      entryPoint: request.entryPoint,
      cloud: entryPoint?.cloud ?? request.cloud,
      operation: request.operation,
      planHash: hash,
      summary: summaryOf(steps),
      changes,
      steps: steps.map(step => stepView(step, requested)),
      interruptions: interruptionsOf(plan),
      usualSeconds: usualSeconds(plan),
      deadlineSeconds,
      warnings,
    },
  };
}

/** Only their own users can set displaced objects again. */
function displacements({ title, displaces = [] }: Step): string[] {
  return displaces.map(
    id =>
      `${title} displaces ${id}, which others have set there; a rollback sets it again, a removal does not`,
  );
}

function stepView(step: Step, requested: Requested): PlanView['steps'][number] {
  const { id, kind, title, act, existingId, changes = [], replaces, of } = step;
  const { reason, interruption, deletesForeign, displaces } = step;
  const successor = requested.steps.find(each => of !== undefined && each.replaces === of);
  return {
    id,
    kind,
    title,
    act,
    ...(existingId ? { cloudId: existingId } : {}),
    changes: act === 'create' ? createdMembers(step, requested) : changes,
    ...(replaces ? { replaces } : {}),
    ...(act === 'delete' && successor ? { replacedBy: successor.id } : {}),
    ...(reason ? { reason: reason } : {}),
    ...(interruption ? { interruption: interruption } : {}),
    ...(deletesForeign ? { deletesForeign } : {}),
    ...(displaces?.length ? { displaces } : {}),
    calls: callsOf(step),
  };
}

function interruptionsOf({ steps }: Plan): string[] {
  return steps.flatMap(({ interruption }) => interruption ?? []);
}

/** The number of calls that change something, if none has to be repeated. */
function callsOf(step: Step): number {
  if (step.act === 'unchanged' || step.act === 'adopt' || step.act === 'wait' || step.wasGone) return 0;
  const { calls, foreignPerCall = 1 } = traitsOf(step.kind);
  return (calls?.(step) ?? 1) + Math.ceil((step.deletesForeign?.length ?? 0) / foreignPerCall);
}
