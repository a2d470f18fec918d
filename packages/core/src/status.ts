// What who polls sees: the job with its steps, from request, plan and ledger. A view only; nothing is decided by it.
import type { JobSummary, JobView, StepState, StepView } from './answers.ts';
import { hasEnded } from './events.ts';
import type { Job } from './job.ts';
import type { Entry } from './ledger.ts';
import type { PlaceInLine } from './line.ts';
import { planSteps, type Step } from './plan.ts';
import type { Dossier } from './records.ts';
import { parseRequest } from './request.ts';

/** `region`: where a part belongs that names none. */
export function jobView(dossier: Dossier, lines: PlaceInLine[], region: string): JobView {
  const { job } = dossier;
  const steps = stepsOf(dossier, region).map(step => stepView(job, step, dossier.ledger.get(step.id)));
  const error = job.problem ?? job.mark?.problem;
  return {
    ...jobSummary(job),
    summary: sentence(job, steps, lines),
    ...(lines.length > 0 && job.status === 'QUEUED' ? { lines } : {}),
    steps,
    ...(error ? { error } : {}),
    ...(job.left ? { left: job.left } : {}),
    events: job.events,
    links: { self: `/v1/jobs/${job.id}` },
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

/** Before the plan is fixed, the steps that it will most likely have. */
function stepsOf({ plan, request, job }: Dossier, region: string): Step[] {
  if (plan) return plan.steps;
  const parsed = parseRequest(request.value, region);
  return parsed.ok ? planSteps(parsed.request, { jobId: job.id, region }).steps : [];
}

function stepView(job: Job, step: Step, entry: Entry | undefined): StepView {
  const { id, title, kind, act } = step;
  const error = job.mark?.step === id ? job.mark.problem : entry?.problem;
  return {
    id,
    title,
    kind,
    act,
    state: stepState(job, step, entry),
    attempts: entry?.calls ?? 0,
    ...(entry?.id ? { cloudId: entry.id } : {}),
    ...(entry ? { since: entry.since } : {}),
    ...(entry?.waiting ? { waitingFor: waitingFor(entry.waiting) } : {}),
    ...(entry?.notices ? { notices: entry.notices } : {}),
    ...(error ? { error } : {}),
    ...(entry?.undo ? { undo: undoView(entry.undo) } : {}),
  };
}

function stepState(job: Job, step: Step, entry: Entry | undefined): StepState {
  if (entry?.state === 'undone') return 'undone';
  if (job.left?.some(left => left.step === step.id)) return 'left';
  if (job.mark?.step === step.id && entry?.state !== 'applied') return entry?.undo ? 'undoing' : 'failed';
  if (!entry) return hasEnded(job.status) || job.mark ? 'skipped' : 'waiting';
  if (entry.undo) return 'undoing';
  if (entry.state === 'applied') return 'done';
  if (entry.waiting) return 'settling';
  return entry.problem?.retryable ? 'retrying' : 'running';
}

function waitingFor({ because, askAgainAt, asked }: NonNullable<Entry['waiting']>) {
  return { because, askAgainAt, asked };
}

function undoView({ since, calls, askAgainAt, problem }: NonNullable<Entry['undo']>) {
  return {
    since,
    attempts: calls,
    ...(askAgainAt ? { askAgainAt } : {}),
    ...(problem ? { error: problem } : {}),
  };
}

function sentence(job: Job, steps: StepView[], lines: PlaceInLine[]): string {
  switch (job.status) {
    case 'QUEUED': {
      const behind = lines.find(line => line.place > 1);
      return behind
        ? `Waits for ${behind.target}, held by ${behind.heldBy}; place ${behind.place} in its line.`
        : 'Is being looked at before it begins.';
    }
    case 'RUNNING': {
      const now = steps.find(step => step.state !== 'done' && step.state !== 'waiting');
      const done = steps.filter(step => step.state === 'done').length;
      return `${done} of ${steps.length} steps done${now ? `; ${now.title}: ${now.waitingFor?.because ?? now.state}` : ''}.`;
    }
    case 'ROLLING_BACK':
      return `Turns back: ${job.problem?.message ?? 'a step failed'}`;
    case 'SUCCEEDED':
      return 'The entry point stands as asked.';
    case 'FAILED':
      return `Nothing was changed: ${job.problem?.message ?? 'refused'}`;
    case 'CANCELLED':
      return `Nothing was changed: ${job.problem?.message ?? 'cancelled before it began'}`;
    case 'ROLLED_BACK':
      return `The clouds are as before: ${job.problem?.message ?? 'a step failed'}`;
    case 'ROLLBACK_FAILED':
    case 'REMOVE_FAILED':
      return `A person is needed; left behind: ${(job.left ?? []).map(left => left.id ?? left.title).join(', ')}.`;
    default:
      return unknownStatus(job.status);
  }
}

function unknownStatus(status: never): never {
  throw new Error(`unknown status ${status}`);
}
