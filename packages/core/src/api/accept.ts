// Accepting a request, in this order: syntax; a known key; what its caller may do; what the inventory forbids; the
// claim. The claim is one conditional write of one item, so fifty calls with one key make one job, and a refused
// request writes nothing.

import type { Mistake } from '../json/mistakes.ts';
import { planSteps } from '../plan/plan-steps.ts';
import { type Problem, TerminalError } from '../ports/errors.ts';
import { advanceOrLeaveIt } from '../queue/advance.ts';
import { forbiddenBy } from '../queue/inventory.ts';
import { entryPointTarget } from '../queue/queue.ts';
import { type Job, jobIndex, newJob } from '../record/job.ts';
import { MAX_STEPS } from '../record/plan.ts';
import { publish } from '../record/publish.ts';
import { change, jobKey, lineKey, readEntryPoint, requestKey } from '../record/records.ts';
import { jobIdOf, requestHash } from '../record/token.ts';
import { standsElsewhere } from '../request/clouds.ts';
import { parseNewRequest } from '../request/new-request.ts';
import { notAllowed, notOwnerOf } from '../request/permission.ts';
import type { Request } from '../request/request.ts';
import type { RequestPorts } from '../request/request-ports.ts';

export type Accepted =
  | { outcome: 'accepted' | 'replayed'; job: Job }
  | { outcome: 'invalid'; mistakes: Mistake[] }
  | { outcome: 'keyReused'; jobId: string }
  | { outcome: 'forbidden'; problem: Problem; jobId?: string };

/**
 * `value` is the request as it was sent, `caller` its account and role, `planHash` that of the plan that it has seen.
 * `correlationId`: what its sender knows it by, where that is not the key.
 */
export async function accept(
  ports: RequestPorts,
  asked: {
    caller: string;
    idempotencyKey: string;
    value: unknown;
    planHash?: string | undefined;
    correlationId?: string;
  },
): Promise<Accepted> {
  const parsed = parseNewRequest(asked.value, ports.settings);
  if (!parsed.ok) return { outcome: 'invalid', mistakes: parsed.mistakes };
  const tooLong = planMistakes(parsed.request, ports);
  if (tooLong.length > 0) return { outcome: 'invalid', mistakes: tooLong };
  const jobId = jobIdOf(asked.caller, asked.idempotencyKey);
  const hash = requestHash(asked.value);

  const known = (await ports.store.get(requestKey(jobId)))?.value;
  if (!known) {
    const forbidden = await forbiddenNow(ports, asked.caller, parsed.request);
    if (forbidden) return { outcome: 'forbidden', ...forbidden };
  }
  const claim = await change(ports.store, requestKey(jobId), standing =>
    standing ? undefined : { hash, value: asked.value },
  );
  if (claim?.hash !== hash) return { outcome: 'keyReused', jobId };

  const { job, isNew } = await recordJob(
    ports,
    await newJobOf(parsed.request, { correlationId: asked.idempotencyKey, ...asked, id: jobId }, ports),
  );
  if (isNew) await advanceOrLeaveIt(ports, jobId);
  const current = (await ports.store.get(jobKey(jobId)))?.value ?? job;
  return { outcome: isNew ? 'accepted' : 'replayed', job: current };
}

/** A plan has a bound; what is over it is for two entry points. */
function planMistakes(request: Request, ports: RequestPorts): Mistake[] {
  const { length } = planSteps(request, { jobId: '', region: ports.settings.region });
  if (length <= MAX_STEPS) return [];
  const detail = `takes ${length} steps, one per resource and per port of a policy; a job has at most ${MAX_STEPS}: split it into two entry points`;
  return [{ pointer: '', detail }];
}

/** The inventory, only where no job can change it any more before this one begins; else it is asked when it begins. */
async function forbiddenNow(
  { store, settings }: RequestPorts,
  caller: string,
  request: Request,
): Promise<{ problem: Problem; jobId?: string } | undefined> {
  const name = request.entryPoint;
  const stands = await readEntryPoint(store, name);
  const notPermitted =
    notAllowed(settings.access, caller, request) ??
    notOwnerOf(settings.access, caller, request, stands) ??
    (stands && standsElsewhere(stands, settings.clouds));
  if (notPermitted) return { problem: notPermitted };
  const line = (await store.get(lineKey(entryPointTarget(name))))?.value;
  if (line && line.jobs.length > 0) return undefined;
  // Read anew: what was read before the line may be from before the end of its last job.
  const standing = await readEntryPoint(store, name);
  const problem = forbiddenBy(standing, request);
  return problem && { problem, ...(standing ? { jobId: standing.jobId } : {}) };
}

interface Asked {
  id: string;
  caller: string;
  correlationId: string;
  planHash?: string | undefined;
}

async function newJobOf(
  request: Request,
  { id, caller, correlationId, planHash }: Asked,
  ports: RequestPorts,
): Promise<Job> {
  const { operation, entryPoint, options } = request;
  // A removal need not say again which cloud it is on.
  const standing = await readEntryPoint(ports.store, entryPoint);
  const cloud = operation === 'remove' ? (standing?.cloud ?? request.cloud) : request.cloud;
  const at = ports.clock.now().toISOString();
  const { deadlineSeconds, queueSeconds } = options;
  const queueUntil = ports.clock.after(queueSeconds).toISOString();
  const of = {
    id,
    caller,
    correlationId,
    operation,
    entryPoint,
    cloud,
    deadlineSeconds,
    queueSeconds,
    queueUntil,
  };
  return newJob({ ...of, ...(planHash ? { planHash } : {}) }, at);
}

/** A crash between claim and job leaves a claim that the caller's retry finds and completes here. */
async function recordJob(ports: RequestPorts, wanted: Job): Promise<{ job: Job; isNew: boolean }> {
  const written = await ports.store.put(jobKey(wanted.id), wanted, 0, jobIndex(wanted));
  if (written.written) {
    await publish(ports, wanted);
    return { job: wanted, isNew: true };
  }
  if (!written.standing)
    throw new TerminalError('InternalFailure', `job ${wanted.id} was neither written nor there`);
  return { job: written.standing.value, isNew: false };
}
