// A job as the API shows it: with its steps, from the request, the plan and the ledger. Stored names become the API's names
// here. Nothing is decided by this view.

import { stepsOf } from '../plan/accepted.ts';
import type { PlaceInLine } from '../queue/queue.ts';
import { eventView } from '../record/event-view.ts';
import { hasEnded } from '../record/events.ts';
import { isSkipped, type Job, type Resolution, waitsInLine } from '../record/job.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import type { Step } from '../record/plan.ts';
import type { Dossier } from '../record/records.ts';
import { allowedActions } from './actions.ts';
import type { JobSummary, JobView, QueuePosition } from './answers.ts';
import { sentence } from './job-summary.ts';
import type { StepState, StepView } from './step-answers.ts';

/** `region`: the region of a part of the request that names none. */
export function jobView(dossier: Dossier, places: PlaceInLine[], region: string): JobView {
  const { job } = dossier;
  const queues = waitsInLine(job) ? places.map(queuePosition) : [];
  const steps = plannedSteps(dossier, region)
    // A step that recreates something runs in a rollback only.
    .filter(({ id, restores }) => restores === undefined || dossier.ledger.has(id))
    .map(step => stepView(job, step, dossier.ledger.get(step.id)));
  const error = job.problem ?? job.mark?.problem;
  return {
    ...jobSummary(job),
    summary: sentence(job, steps, queues),
    ...(queues.length > 0 ? { queues } : {}),
    ...(job.queueUntil && waitsInLine(job) ? { queueUntil: job.queueUntil } : {}),
    allowedActions: allowedActions(job),
    steps,
    ...(error ? { error } : {}),
    ...(job.left ? { leftovers: job.left } : {}),
    ...(job.skipped ? { skipped: job.skipped } : {}),
    ...(job.resolution ? { resolution: resolutionView(job.resolution) } : {}),
    events: job.events.map(eventView),
  };
}

function queuePosition({ target, place, heldBy, holder }: PlaceInLine): QueuePosition {
  return {
    queue: target,
    position: place,
    ...(heldBy === undefined ? {} : { heldBy }),
    ...(holder ? { holder } : {}),
  };
}

function resolutionView({ left, ...resolution }: Resolution): NonNullable<JobView['resolution']> {
  return { ...resolution, leftovers: left };
}

/** A job as a list shows it. */
export function jobSummary(job: Job): JobSummary {
  const { id, operation, entryPoint, cloud, caller, status, attempt } = job;
  const { createdAt, startedAt, deadlineAt, endedAt } = job;
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
    ...(deadlineAt && !hasEnded(status) ? { deadlineAt } : {}),
    ...(endedAt ? { endedAt } : {}),
    links: { self: `/v1/jobs/${id}` },
  };
}

/**
 * Before the plan is fixed, the steps that a provision most likely gets. The steps of an update or a removal are not known
 * before the clouds have been read.
 */
function plannedSteps({ plan, request, job }: Dossier, region: string): Step[] {
  if (plan) return plan.steps;
  return job.operation === 'provision' ? stepsOf(request, { jobId: job.id, region }) : [];
}

function stepView(job: Job, step: Step, entry: Entry | undefined): StepView {
  const { id, title, kind, act, changes, because, interrupts } = step;
  const error = job.mark?.step === id ? job.mark.problem : entry?.problem;
  const state = stepState(job, step, entry);
  return {
    id,
    title,
    kind,
    act,
    state,
    calls: entry?.calls ?? 0,
    ...((entry?.id ?? step.standing) ? { cloudId: entry?.id ?? step.standing } : {}),
    ...(changes ? { changes } : {}),
    ...(because ? { reason: because } : {}),
    ...(interrupts ? { interruption: interrupts } : {}),
    ...(entry ? { since: entry.since } : {}),
    ...(hasEnded(job.status) || state === 'undone' ? {} : waits(entry)),
    ...(entry?.notices ? { notices: entry.notices } : {}),
    ...(error ? { error } : {}),
    ...(entry?.undo && entry.act !== 'delete' ? { undo: undoView(entry.undo) } : {}),
  };
}

function stepState(job: Job, step: Step, entry: Entry | undefined): StepState {
  if (step.act === 'unchanged') return 'done';
  if (entry?.state === 'undone') return 'undone';
  if (isSkipped(job, step.id) || job.left?.some(left => left.step === step.id)) return 'leftover';
  if (job.mark?.step === step.id && entry?.state !== 'applied')
    return entry?.undo && entry.act !== 'delete' ? 'undoing' : 'failed';
  if (!entry) return hasEnded(job.status) || job.mark ? 'notRun' : 'waiting';
  if (isPast(job, step, entry)) return 'undone';
  if (entry.undo && entry.act !== 'delete') return 'undoing';
  if (entry.state === 'applied') return 'done';
  if (entry.waiting) return 'settling';
  return entry.problem?.retryable ? 'retrying' : 'running';
}

/** The step began before the job turned back, and has left nothing to undo. */
function isPast({ status }: Job, { act }: Step, entry: Entry): boolean {
  const turned = status === 'ROLLING_BACK' || hasEnded(status);
  return turned && entry.state !== 'applied' && (act === 'wait' || leavesNothing(entry));
}

/** What the step waits for: that its resource settles, or that a deleted one is gone. */
function waits(entry: Entry | undefined): Pick<StepView, 'waitingFor'> {
  if (entry?.waiting) {
    const { because, askAgainAt, asked } = entry.waiting;
    return { waitingFor: { reason: because, nextPollAt: askAgainAt, polls: asked } };
  }
  const { askAgainAt, asked = 0 } = entry?.undo ?? {};
  if (entry?.act !== 'delete' || entry.state === 'applied' || !askAgainAt) return {};
  return { waitingFor: { reason: 'it is being deleted', nextPollAt: askAgainAt, polls: asked } };
}

function undoView({ since, calls, askAgainAt, problem }: NonNullable<Entry['undo']>) {
  return {
    since,
    calls,
    ...(askAgainAt ? { nextPollAt: askAgainAt } : {}),
    ...(problem ? { error: problem } : {}),
  };
}
