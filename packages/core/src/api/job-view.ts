// A job as the API shows it: with its steps, from the request, the plan and the ledger. Stored names become the API's names
// here. Nothing is decided by this view.

import { hasEnded } from '../record/events.ts';
import { isSkipped, type Job, waitsInQueue } from '../record/job.ts';
import { outputsOfJob } from '../record/job-outputs.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import type { Step } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';
import { allowedActions } from './actions.ts';
import { type JobSummary, type JobView, MAX_LISTED_LEFTOVERS, type QueuePosition } from './answers.ts';
import { sentence } from './job-summary.ts';
import type { StepState, StepView } from './step-answers.ts';

export function jobView(jobRecord: JobRecord, positions: QueuePosition[]): JobView {
  const { job } = jobRecord;
  const queues = waitsInQueue(job) ? positions : [];
  const steps = plannedSteps(jobRecord)
    // A step that recreates something runs in a rollback only.
    .filter(({ id, restores }) => restores === undefined || jobRecord.ledger.has(id))
    .map(step => stepView(job, step, jobRecord.ledger.get(step.id)));
  const error = job.problem ?? job.rollbackCause?.problem;
  const outputs = outputsOfJob(jobRecord);
  return {
    ...shared(job),
    summary: sentence(job, steps, queues),
    ...(queues.length > 0 ? { queues } : {}),
    ...(job.queueUntil && waitsInQueue(job) ? { queueUntil: job.queueUntil } : {}),
    steps,
    ...(outputs.length > 0 ? { outputs } : {}),
    ...(error ? { error } : {}),
    ...(job.leftovers ? { leftovers: job.leftovers } : {}),
    ...(job.skipped ? { skipped: job.skipped } : {}),
    events: job.events,
  };
}

/** A job as a list shows it. */
export function jobSummary(job: Job): JobSummary {
  const { resolution, ...summary } = shared(job);
  const first = <Item>(leftovers: Item[]) => leftovers.slice(0, MAX_LISTED_LEFTOVERS);
  return {
    ...summary,
    ...(job.leftovers ? { leftovers: first(job.leftovers) } : {}),
    ...(resolution ? { resolution: { ...resolution, leftovers: first(resolution.leftovers) } } : {}),
  };
}

/** The members that a job has in a list and by itself. */
function shared(job: Job): Omit<JobSummary, 'leftovers'> {
  const { id, operation, entryPoint, cloud, caller, status, attempt } = job;
  const { createdAt, startedAt, deadlineSeconds, deadlineAt, endedAt } = job;
  return {
    id,
    operation,
    entryPoint,
    cloud,
    requester: caller,
    status,
    attempt,
    createdAt,
    ...(startedAt ? { startedAt } : {}),
    deadlineSeconds,
    ...(deadlineAt && !hasEnded(status) ? { deadlineAt } : {}),
    ...(endedAt ? { endedAt } : {}),
    allowedActions: allowedActions(job),
    ...(job.resolution ? { resolution: job.resolution } : {}),
    links: { self: `/v1/jobs/${id}` },
  };
}

/**
 * Before the plan is fixed, the steps that a provision most likely gets. The steps of an update or a removal are not known
 * before the clouds have been read.
 */
function plannedSteps({ plan, request, job }: JobRecord): Step[] {
  if (plan) return plan.steps;
  return job.operation === 'provision' ? (request.parsed?.steps ?? []) : [];
}

function stepView(job: Job, step: Step, entry: Entry | undefined): StepView {
  const { id, title, kind, act, changes, reason, interruption, deletesForeign, displaces } = step;
  const notices = noticesOf(entry);
  const error = job.rollbackCause?.step === id ? job.rollbackCause.problem : entry?.problem;
  const state = stepState(job, step, entry);
  return {
    id,
    title,
    kind,
    act,
    state,
    calls: entry?.calls ?? 0,
    ...((entry?.id ?? step.existingId) ? { cloudId: entry?.id ?? step.existingId } : {}),
    ...(changes ? { changes } : {}),
    ...(reason ? { reason: reason } : {}),
    ...(interruption ? { interruption: interruption } : {}),
    ...(deletesForeign ? { deletesForeign } : {}),
    ...(displaces?.length ? { displaces } : {}),
    ...(entry ? { since: entry.since } : {}),
    ...(hasEnded(job.status) || state === 'undone' ? {} : waits(entry)),
    ...(notices.length > 0 ? { notices } : {}),
    ...(error ? { error } : {}),
    ...(entry?.undo && entry.act !== 'delete' ? { undo: undoView(entry.undo) } : {}),
  };
}

function noticesOf({ notices = [], deletedForeign = [] }: Partial<Entry> = {}): string[] {
  return [...notices, ...deletedForeign.map(name => `also deleted ${name}, which was foreign`)];
}

function stepState(job: Job, step: Step, entry: Entry | undefined): StepState {
  if (step.act === 'unchanged') return 'done';
  if (entry?.state === 'undone') return 'undone';
  if (isSkipped(job, step.id) || job.leftovers?.some(left => left.step === step.id)) return 'leftover';
  if (job.rollbackCause?.step === step.id && entry?.state !== 'applied')
    return entry?.undo && entry.act !== 'delete' ? 'undoing' : 'failed';
  if (!entry) return hasEnded(job.status) || job.rollbackCause ? 'notRun' : 'waiting';
  if (isPast(job, step, entry)) return 'undone';
  if (entry.undo && entry.act !== 'delete') return 'undoing';
  if (entry.state === 'applied') return 'done';
  if (entry.waiting) return 'settling';
  return entry.problem?.retryable ? 'retrying' : 'running';
}

/** Whether the step began before the job rolled back, and has left nothing to undo. */
function isPast({ status }: Job, { act }: Step, entry: Entry): boolean {
  const turned = status === 'ROLLING_BACK' || hasEnded(status);
  return turned && entry.state !== 'applied' && (act === 'wait' || leavesNothing(entry));
}

/** What the step waits for: that its resource settles, or that a deleted one is gone. */
function waits(entry: Entry | undefined): Pick<StepView, 'waitingFor'> {
  if (entry?.waiting) {
    const { reason, nextPollAt, polls } = entry.waiting;
    return { waitingFor: { reason: reason, nextPollAt: nextPollAt, polls: polls } };
  }
  const { nextPollAt, polls = 0 } = entry?.undo ?? {};
  if (entry?.act !== 'delete' || entry.state === 'applied' || !nextPollAt) return {};
  return { waitingFor: { reason: 'it is being deleted', nextPollAt: nextPollAt, polls: polls } };
}

function undoView({ since, calls, nextPollAt, problem }: NonNullable<Entry['undo']>) {
  return {
    since,
    calls,
    ...(nextPollAt ? { nextPollAt: nextPollAt } : {}),
    ...(problem ? { error: problem } : {}),
  };
}
