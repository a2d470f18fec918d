// Begin: the first state of every execution. It determines the phase of this attempt. For a job that has not begun, it first
// reads inventory and cloud, and ends the job before any change if anything is wrong.

import { stepsOf } from '../plan/accepted.ts';
import { alreadyClaimed } from '../plan/claimed-elsewhere.ts';
import { claimsOf } from '../plan/claims.ts';
import type { EveryPort, Finding } from '../plan/cloud-ports.ts';
import { foreignDeletionsIn } from '../plan/foreign.ts';
import { claimOf, ownedBy } from '../plan/owned.ts';
import { type Planned, planRequest } from '../plan/plan-request.ts';
import { usesOf } from '../plan/plan-steps.ts';
import { deadlineSecondsFor } from '../plan/usual-time.ts';
import {
  limitProblem,
  type Problem,
  problemOf,
  RetryableError,
  TerminalError,
  toStepError,
} from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { claimAll, forbiddenBy } from '../queue/inventory.ts';
import { changeJob } from '../record/change-job.ts';
import { boundsOf, type ExecutionBounds } from '../record/history.ts';
import { endOfUnbegun, type Job, type Phase, type RollbackCause, toRunning } from '../record/job.ts';
import type { Plan } from '../record/plan.ts';
import {
  type AcceptedRequest,
  change,
  type JobRecord,
  jobKey,
  planKey,
  readEntryPoint,
  readJobRecord,
} from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { notAllowed, notOwnerOf } from '../request/permission.ts';
import type { ParsedRequest, Request } from '../request/request.ts';
import { deadlineExceeded } from '../step/fence.ts';
import { endJob } from './ending.ts';
import { planRetried } from './plan-retried.ts';
import { firstPart, proceed } from './proceed.ts';
import { type Next, phaseOf } from './walk-phase.ts';

/** `bounds`: how much its execution can walk. */
export async function begin(
  ports: EveryPort,
  run: Run,
  bounds: ExecutionBounds = boundsOf(ports.settings.historyEvents),
): Promise<Next> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord || jobRecord.job.attempt !== run.attempt) return { ...run, next: 'nothing' };
  const { job, plan } = jobRecord;
  if (plan && (job.status === 'RUNNING' || job.status === 'ROLLING_BACK'))
    return resume(ports, run, await planRetried(ports, run, { ...jobRecord, plan }), bounds);
  if (job.status !== 'QUEUED') return { ...run, next: 'nothing' };
  if (job.rollbackCause) return endUnbegun(ports, run, job.rollbackCause);
  try {
    return await start(ports, run, jobRecord, bounds);
  } catch (thrown) {
    const error = toStepError(thrown);
    // A retry cannot succeed, and nothing has been changed yet.
    if (error instanceof TerminalError) return refuse(ports, run, problemOf(error));
    if (!(error instanceof RetryableError) || !isLate(ports, job)) throw error;
    return refuse(ports, run, deadlineExceeded(job, error.message));
  }
}

/** A job that cannot be planned does not keep its queues for longer than it could run. */
function isLate({ clock }: Ports, { deadlineAt }: Job): boolean {
  return deadlineAt !== undefined && deadlineAt <= clock.now().toISOString();
}

/** The job was cancelled, or ran out of time, before it began. */
async function endUnbegun(ports: Ports, run: Run, cause: RollbackCause): Promise<Next> {
  await endJob(ports, run, endOfUnbegun(cause));
  return { ...run, next: 'nothing' };
}

/** Resumes in the job's phase, whichever attempt reached it. */
async function resume(
  ports: Ports,
  run: Run,
  jobRecord: JobRecord & { plan: Plan },
  bounds: ExecutionBounds,
): Promise<Next> {
  const phase = phaseOf(jobRecord.job);
  if (phase === 'committing') return { ...run, next: 'finish', phase, end: 'SUCCEEDED', part: 0, steps: 0 };
  const part = firstPart(jobRecord, phase, bounds);
  return proceed(ports, run, jobRecord, { phase, bounds, part, steps: 0 });
}

async function start(
  ports: EveryPort,
  run: Run,
  jobRecord: JobRecord,
  bounds: ExecutionBounds,
): Promise<Next> {
  const { job, request: accepted } = jobRecord;
  const { region, access } = ports.settings;
  const parsed = accepted.parsed
    ? { ok: true as const, ...accepted.parsed }
    : await parsedAgain(accepted, region);
  if (!parsed.ok) {
    return refuse(ports, run, {
      code: 'InvalidRequest',
      message: 'The request is not valid.',
      retryable: false,
      errors: parsed.issues,
    });
  }
  const { request } = parsed;
  const entryPoint = await readEntryPoint(ports.store, job.entryPoint);
  // Asked again: the rules and the owner can have changed while the job was in its queues.
  const forbidden =
    notAllowed(access, job.caller, usesOf(request)) ??
    notOwnerOf(access, job.caller, request, entryPoint) ??
    forbiddenBy(entryPoint, request);
  if (forbidden) return refuse(ports, run, forbidden);
  const wanted = await stepsOf(accepted, { jobId: run.jobId, region });
  const look = job.planHash !== undefined;
  const planned = await planRequest(ports, request, { jobId: run.jobId, entryPoint, look, wanted });
  const problem = planChanged(job, planned) ?? problemOfFindings(planned.findings);
  if (problem) return refuse(ports, run, problem);
  const owned = (await ownedBy(entryPoint, region)).flatMap(claimOf);
  const taking = claimsOf(planned.plan);
  const plan = await fixPlan(ports, run, { ...planned.plan, claims: [...new Set([...owned, ...taking])] });
  const taken = problemOfFindings(await claim(ports, run, request, plan));
  if (taken) return refuse(ports, run, taken);
  const running = await setRunning(ports, run, request, plan);
  if (running?.status === 'RUNNING') return resume(ports, run, { ...jobRecord, job: running, plan }, bounds);
  // The job was cancelled between its start and this point.
  return running?.rollbackCause ? endUnbegun(ports, run, running.rollbackCause) : { ...run, next: 'nothing' };
}

/** Of an older version. */
async function parsedAgain({ value }: AcceptedRequest, region: string): Promise<ParsedRequest> {
  const { parseRequest } = await import('../request/request.ts');
  return parseRequest(value, region);
}

async function refuse(ports: Ports, run: Run, problem: Problem): Promise<Next> {
  await endJob(ports, run, { status: 'FAILED', problem: limitProblem(problem) });
  return { ...run, next: 'nothing' };
}

/** The caller has seen a plan that differs from this one. */
function planChanged({ planHash }: Job, { hash }: Planned): Problem | undefined {
  if (planHash === undefined || planHash === hash) return undefined;
  const message =
    'The observed resources have changed since the plan was made; create a new plan (POST /v1/plans) and review it.';
  return { code: 'PlanChanged', message, retryable: false };
}

function problemOfFindings(findings: Finding[]): Problem | undefined {
  const [first] = findings;
  if (!first) return undefined;
  const errors = findings.map(({ pointer, detail }) => ({ pointer, detail }));
  const more = errors.length - 1;
  const rest = more === 0 ? '' : `; and ${more} more, each in errors`;
  const message = `Refused before any change: ${first.detail}${rest}.`;
  return { code: first.code, message, retryable: false, errors };
}

/** The first plan that an execution writes is the job's plan. */
async function fixPlan(ports: Ports, run: Run, wanted: Plan): Promise<Plan> {
  const fixed = await change(ports.store, planKey(run.jobId), stored => (stored ? undefined : wanted));
  return fixed ?? wanted;
}

/** The plan lists the claims before they are taken, so that the job's end can release each of them. */
async function claim(ports: Ports, run: Run, { entryPoint }: Request, plan: Plan): Promise<Finding[]> {
  const isCurrent = async () => {
    const now = (await ports.store.get(jobKey(run.jobId)))?.value;
    return now?.status === 'QUEUED' && now.attempt === run.attempt;
  };
  const taken = await claimAll(ports, entryPoint, claimsOf(plan), isCurrent);
  return taken ? [alreadyClaimed(plan, taken)] : [];
}

async function setRunning(
  ports: Ports,
  run: Run,
  { options }: Request,
  plan: Plan,
): Promise<Job | undefined> {
  const at = ports.clock.now().toISOString();
  const deadlineSeconds = options.deadlineSeconds ?? deadlineSecondsFor(plan);
  const deadlineAt = ports.clock.after(deadlineSeconds).toISOString();
  const deletesForeign = foreignDeletionsIn(plan);
  const named = deletesForeign.length > 0 ? { deletesForeign } : {};
  const begun = { deadlineAt, phase: firstPhase(plan), ...named };
  return changeJob(ports, run.jobId, now => toRunning({ ...now, deadlineSeconds }, run.attempt, at, begun));
}

/** If the plan creates and changes nothing, the job starts with the cleanup. */
function firstPhase({ lanes }: Plan): Phase | undefined {
  if (lanes.prepare) return 'prepare';
  return lanes.cleanup && lanes.forward.length === 0 ? 'cleanup' : undefined;
}
