// Accepts a request, in this order: syntax; a known key; the caller's permissions; the inventory; room in the queues; the claim of the key. The
// claim is one conditional write of one item, so fifty calls with one key create one job. A refused request writes nothing.

import type { ValidationIssue } from '../json/validation-issues.ts';
import { accepted } from '../plan/accepted.ts';
import { planSteps, queuesOf, usesOf } from '../plan/plan-steps.ts';
import { type Problem, TerminalError } from '../ports/errors.ts';
import { advanceFrom, orLeaveIt } from '../queue/advance.ts';
import { forbiddenBy } from '../queue/inventory.ts';
import { entryPointQueue } from '../queue/queue.ts';
import { takeRoom } from '../queue/room.ts';
import { type Job, jobIndex, newJob } from '../record/job.ts';
import { publish } from '../record/publish.ts';
import {
  change,
  type EntryPoint,
  entryPointKey,
  jobKey,
  publishedKey,
  queueKey,
  readEntryPoint,
  requestKey,
} from '../record/records.ts';
import { forOneInvocation } from '../record/remembering-store.ts';
import { jobIdOf, requestHash } from '../record/token.ts';
import { cloudNotEnabled } from '../request/clouds.ts';
import { parseNewRequest } from '../request/new-request.ts';
import { notAllowed, notOwnerOf } from '../request/permission.ts';
import type { Request } from '../request/request.ts';
import type { RequestPorts } from '../request/request-ports.ts';
import { DEFAULT_DEADLINE_SECONDS } from '../request/time-limits.ts';

export type Accepted =
  | { outcome: 'accepted' | 'replayed'; job: Job }
  | { outcome: 'invalid'; issues: ValidationIssue[] }
  | { outcome: 'keyReused'; jobId: string }
  | { outcome: 'forbidden'; problem: Problem; jobId?: string };

/**
 * `value`: the request as it was sent. `caller`: its account and role. `planHash`: the hash of the plan that the caller has
 * reviewed. `correlationId`: the sender's own id of the request, if it is not the key.
 */
export async function accept(
  given: RequestPorts,
  asked: {
    caller: string;
    idempotencyKey: string;
    value: unknown;
    planHash?: string | undefined;
    correlationId?: string;
  },
): Promise<Accepted> {
  const ports = forOneInvocation(given);
  const parsed = parseNewRequest(asked.value, ports.settings);
  if (!parsed.ok) return { outcome: 'invalid', issues: parsed.issues };
  const { request } = parsed;
  const jobId = jobIdOf(asked.caller, asked.idempotencyKey);
  const steps = planSteps(request, { jobId, region: ports.settings.region });
  const hash = requestHash(asked.value);

  const { store } = ports;
  const [known, page, line, , ...shared] = await store.many([
    requestKey(jobId),
    entryPointKey(request.entryPoint),
    queueKey(entryPointQueue(request.entryPoint)),
    publishedKey(jobId),
    ...queuesOf(steps).map(queueKey),
  ]);
  const entryPoint = page && !('gone' in page.value) ? page.value : undefined;
  if (!known) {
    const isIdle = (line?.value.jobs ?? []).length === 0;
    const forbidden = await forbiddenNow(ports, asked.caller, request, { entryPoint, isIdle });
    if (forbidden) return { outcome: 'forbidden', ...forbidden };
    const noRoom = await takeRoom(store, { jobId, caller: asked.caller, queues: [line, ...shared] });
    if (noRoom) return { outcome: 'forbidden', problem: noRoom };
  }
  const written = known
    ? known.value
    : await change(store, requestKey(jobId), stored =>
        stored ? undefined : accepted({ hash, value: asked.value }, request, steps),
      );
  if (written?.hash !== hash) return { outcome: 'keyReused', jobId };

  const wanted = newJobOf(
    request,
    { correlationId: asked.idempotencyKey, ...asked, id: jobId },
    { ports, entryPoint },
  );
  const { job, isNew } = await recordJob(ports, wanted);
  if (!isNew) return { outcome: 'replayed', job };
  const now = await orLeaveIt(ports, jobId, advanceFrom(ports, job, { stored: line }));
  return { outcome: 'accepted', job: now ?? job };
}

/** Checks the inventory only if no earlier job can change it; otherwise the check happens when the job begins. */
async function forbiddenNow(
  { store, settings }: RequestPorts,
  caller: string,
  request: Request,
  { entryPoint, isIdle }: { entryPoint: EntryPoint | undefined; isIdle: boolean },
): Promise<{ problem: Problem; jobId?: string } | undefined> {
  const notPermitted =
    notAllowed(settings.access, caller, usesOf(request)) ??
    notOwnerOf(settings.access, caller, request, entryPoint) ??
    (entryPoint && cloudNotEnabled(entryPoint, settings.clouds));
  if (notPermitted) return { problem: notPermitted };
  if (!isIdle || !forbiddenBy(entryPoint, request)) return undefined;
  // Read again: the first read can be older than the end of the last job in the queue, and the read of the queue newer.
  const existing = await readEntryPoint(store, request.entryPoint);
  const problem = forbiddenBy(existing, request);
  return problem && { problem, ...(existing ? { jobId: existing.jobId } : {}) };
}

interface Asked {
  id: string;
  caller: string;
  correlationId: string;
  planHash?: string | undefined;
}

function newJobOf(
  request: Request,
  { id, caller, correlationId, planHash }: Asked,
  { ports, entryPoint: existing }: { ports: RequestPorts; entryPoint: EntryPoint | undefined },
): Job {
  const { operation, entryPoint, options } = request;
  // A removal can omit the cloud.
  const cloud = operation === 'remove' ? (existing?.cloud ?? request.cloud) : request.cloud;
  const at = ports.clock.now().toISOString();
  const { deadlineSeconds = DEFAULT_DEADLINE_SECONDS, queueSeconds } = options;
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
  const job = newJob({ ...of, ...(planHash ? { planHash } : {}) }, at);
  // The queue of its entry point is the first that it joins.
  return { ...job, queues: [entryPointQueue(entryPoint)] };
}

/** A crash between the claim and the job leaves a claim, which the caller's retry completes here. */
async function recordJob(ports: RequestPorts, wanted: Job): Promise<{ job: Job; isNew: boolean }> {
  const written = await ports.store.put(jobKey(wanted.id), wanted, 0, jobIndex(wanted));
  if (written.written) {
    await publish(ports, wanted);
    return { job: wanted, isNew: true };
  }
  if (!written.current)
    throw new TerminalError('InternalFailure', `job ${wanted.id} was neither written nor there`);
  return { job: written.current.value, isNew: false };
}
