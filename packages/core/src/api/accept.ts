// Accepts a request, in this order: syntax; a known key; the caller's permissions; the inventory; the claim of the key. The
// claim is one conditional write of one item, so fifty calls with one key create one job. A refused request writes nothing.

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
 * `value`: the request as it was sent. `caller`: its account and role. `planHash`: the hash of the plan that the caller has
 * reviewed. `correlationId`: the sender's own id of the request, if it is not the key.
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

/** The number of steps of a plan is bounded. */
function planMistakes(request: Request, ports: RequestPorts): Mistake[] {
  const { length } = planSteps(request, { jobId: '', region: ports.settings.region }).steps;
  if (length <= MAX_STEPS) return [];
  const detail = `needs ${length} steps, one per resource and per port of a policy, and a job has at most ${MAX_STEPS}; split the request into several entry points`;
  return [{ pointer: '', detail }];
}

/** Checks the inventory only if no earlier job can change it; otherwise the check happens when the job begins. */
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
  // Read again: the first read can be older than the end of the last job in the queue.
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
  // A removal can omit the cloud.
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

/** A crash between the claim and the job leaves a claim, which the caller's retry completes here. */
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
