// The fence before every mutating call, and at the start of every step call: does the job still run in this direction, and is
// this attempt the current one? The job is read consistently, right before the call.

import { Cancelled, type Problem, Superseded, TerminalError } from '../ports/errors.ts';
import type { TablePorts } from '../ports/ports.ts';
import { requestRollback } from '../record/change-job.ts';
import type { Job } from '../record/job.ts';
import type { Entry } from '../record/ledger.ts';
import { entryKey, jobKey } from '../record/records.ts';
import { MAX_DEADLINE_SECONDS } from '../request/time-limits.ts';
import { withMoreTime } from './more-time.ts';
import type { StepCall } from './step-entry.ts';

export type Direction = 'forward' | 'backward';

/**
 * Returns the job, with more time if it has reached its time limit and makes progress. Throws Superseded or Cancelled, or a
 * TerminalError after the rollback's time limit.
 */
export async function fence(ports: TablePorts, call: StepCall, direction: Direction): Promise<Job> {
  return pass(ports, call, direction, (await ports.store.get(jobKey(call.jobId)))?.value);
}

/** The same for a job that was just read. */
export async function pass(
  ports: TablePorts,
  call: StepCall,
  direction: Direction,
  stored: Job | undefined,
): Promise<Job> {
  const job = await withMoreTime(ports, call, stored);
  if (!job) throw new Cancelled(`there is no job ${call.jobId}`);
  if (job.attempt !== call.attempt) throw new Superseded(`attempt ${job.attempt} is the current one`);
  if (direction === 'forward') await mayGoForward(ports, job, call);
  else await mayGoBackward(ports, job, call);
  return job;
}

async function mayGoForward(ports: TablePorts, job: Job, { step }: StepCall): Promise<void> {
  if (job.status !== 'RUNNING') throw new Cancelled(`the job is ${job.status}`);
  if (job.rollbackCause) throw new Cancelled(`the job rolls back: ${job.rollbackCause.problem.message}`);
  const at = ports.clock.now().toISOString();
  if (!job.deadlineAt || at < job.deadlineAt) return;
  const entry = await entryOf(ports, job, step);
  const last = entry?.problem?.message ?? entry?.waiting?.reason ?? notFinished(entry);
  const problem = deadlineExceeded(job, `${step}: ${last}`);
  const cause = { reason: 'deadline', at, problem } as const;
  await requestRollback(ports.store, { jobId: job.id, attempt: job.attempt }, cause);
  throw new Cancelled(`the job rolls back: ${problem.message}`);
}

/** `doing`: what the job was doing. */
export function deadlineExceeded({ deadlineSeconds, phase }: Job, doing: string | undefined): Problem {
  const limit = `${deadlineSeconds} seconds${phase === 'cleanup' ? ', and without progress since' : ''}`;
  const message = `not finished within ${limit}${doing ? ` (${doing})` : ''}; options.deadlineSeconds allows up to ${MAX_DEADLINE_SECONDS}`;
  return { code: 'DeadlineExceeded', message, retryable: false };
}

async function mayGoBackward(ports: TablePorts, job: Job, { step }: StepCall): Promise<void> {
  if (job.status !== 'ROLLING_BACK') throw new Cancelled(`the job is ${job.status}`);
  if (!job.rollbackUntil || ports.clock.now().toISOString() < job.rollbackUntil) return;
  const entry = await entryOf(ports, job, step);
  const last = entry?.undo?.problem?.message ?? notFinished(entry?.undo);
  throw new TerminalError(
    'DeadlineExceeded',
    `the rollback made no progress until ${job.rollbackUntil} (${step}: ${last})`,
  );
}

async function entryOf({ store }: TablePorts, { id }: Job, step: string): Promise<Entry | undefined> {
  return (await store.get(entryKey(id, step)))?.value;
}

function notFinished(begun: Entry | Entry['undo']): string {
  return begun ? `in progress since ${begun.since}` : 'not started';
}
