// What who polls sees: the job with its steps, from request, plan and ledger. A view only; nothing is decided by it.

import { stepsOf } from '../plan/accepted.ts';
import type { PlaceInLine } from '../queue/queue.ts';
import { hasEnded } from '../record/events.ts';
import { isSkipped, type Job, waitsInLine } from '../record/job.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import type { Step } from '../record/plan.ts';
import type { Dossier } from '../record/records.ts';
import { allowedVerbs } from './actions.ts';
import type { JobSummary, JobView } from './answers.ts';
import { sentence } from './job-summary.ts';
import type { StepState, StepView } from './step-answers.ts';

/** `region`: where a part belongs that names none. */
export function jobView(dossier: Dossier, places: PlaceInLine[], region: string): JobView {
  const { job } = dossier;
  const lines = waitsInLine(job) ? places : [];
  const steps = plannedSteps(dossier, region)
    // What would be made again by a rollback, and only by one.
    .filter(({ id, restores }) => restores === undefined || dossier.ledger.has(id))
    .map(step => stepView(job, step, dossier.ledger.get(step.id)));
  const error = job.problem ?? job.mark?.problem;
  return {
    ...jobSummary(job),
    summary: sentence(job, steps, lines),
    ...(lines.length > 0 ? { lines } : {}),
    ...(job.queueUntil && waitsInLine(job) ? { queueUntil: job.queueUntil } : {}),
    allowed: allowedVerbs(job),
    steps,
    ...(error ? { error } : {}),
    ...(job.left ? { left: job.left } : {}),
    ...(job.skipped ? { skipped: job.skipped } : {}),
    ...(job.resolution ? { resolution: job.resolution } : {}),
    events: job.events,
  };
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
 * Before the plan is fixed, the steps that it will most likely have. Of what stands, only a look at it tells what is to
 * be done.
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
    attempts: entry?.calls ?? 0,
    ...((entry?.id ?? step.standing) ? { cloudId: entry?.id ?? step.standing } : {}),
    ...(changes ? { changes } : {}),
    ...(because ? { because } : {}),
    ...(interrupts ? { interrupts } : {}),
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
  if (isSkipped(job, step.id) || job.left?.some(left => left.step === step.id)) return 'left';
  if (job.mark?.step === step.id && entry?.state !== 'applied')
    return entry?.undo && entry.act !== 'delete' ? 'undoing' : 'failed';
  if (!entry) return hasEnded(job.status) || job.mark ? 'skipped' : 'waiting';
  if (isPast(job, step, entry)) return 'undone';
  if (entry.undo && entry.act !== 'delete') return 'undoing';
  if (entry.state === 'applied') return 'done';
  if (entry.waiting) return 'settling';
  return entry.problem?.retryable ? 'retrying' : 'running';
}

/** Begun on the way forward, and nothing of it is to be taken back. */
function isPast({ status }: Job, { act }: Step, entry: Entry): boolean {
  const turned = status === 'ROLLING_BACK' || hasEnded(status);
  return turned && entry.state !== 'applied' && (act === 'wait' || leavesNothing(entry));
}

/** Settling, or, of a removal, on its way to gone. */
function waits(entry: Entry | undefined): Pick<StepView, 'waitingFor'> {
  if (entry?.waiting) {
    const { because, askAgainAt, asked } = entry.waiting;
    return { waitingFor: { because, askAgainAt, asked } };
  }
  const { askAgainAt, asked = 0 } = entry?.undo ?? {};
  if (entry?.act !== 'delete' || entry.state === 'applied' || !askAgainAt) return {};
  return { waitingFor: { because: 'it is being removed', askAgainAt, asked } };
}

function undoView({ since, calls, askAgainAt, problem }: NonNullable<Entry['undo']>) {
  return {
    since,
    attempts: calls,
    ...(askAgainAt ? { askAgainAt } : {}),
    ...(problem ? { error: problem } : {}),
  };
}
