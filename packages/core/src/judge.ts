// Between the lanes and what follows: `stop` notes why a lane stopped, `judge` writes the direction once all
// lanes have settled, `complete` and `conclude` end the job.
import type { Run } from './begin.ts';
import { changeJob } from './change-job.ts';
import { endJob } from './ending.ts';
import { Cancelled, type Problem } from './errors.ts';
import { endUnbegun, type Left, type Mark, marked } from './job.ts';
import { leavesNothing } from './ledger.ts';
import { type Lanes, lanesOf } from './plan.ts';
import type { Ports } from './ports.ts';
import { type Dossier, readDossier } from './records.ts';
import { turnBack } from './turn-back.ts';

/** What a Catch of the state machine hands on; `step` is absent where Begin failed. */
export interface Stopped extends Run {
  step?: string;
  failure: { Error: string; Cause?: string };
}

/** A lane ended early: mark the job, unless it was stopped by the mark itself. The first failure wins. */
export async function stop(ports: Ports, stopped: Stopped): Promise<void> {
  const { jobId, attempt, step, failure } = stopped;
  if (failure.Error === 'Cancelled' || failure.Error === 'Superseded') return;
  const dossier = await readDossier(ports.store, jobId);
  // A step that threw has noted why; one that died or timed out may have an older note, which is not the reason.
  const threw = failure.Error === 'RetryableError' || failure.Error === 'TerminalError';
  const noted = threw && step ? dossier?.ledger.get(step)?.problem : undefined;
  const problem = noted ?? { code: failure.Error, message: causeOf(failure), retryable: false };
  const at = ports.clock.now().toISOString();
  const mark: Mark = { because: 'failed', at, problem, ...(step ? { step } : {}) };
  await changeJob(ports, jobId, job => marked(job, attempt, mark));
}

export type Verdict = Run & ({ verdict: 'complete' | 'ended' } | { verdict: 'rollback'; lanes: Lanes });

/** Writes the direction before any undo. Success needs every step applied, not just no failure known. */
export async function judge(ports: Ports, run: Run): Promise<Verdict> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier || dossier.job.attempt !== run.attempt) return { ...run, verdict: 'ended' };
  const { job, plan } = dossier;
  if (job.status === 'QUEUED' && job.mark) {
    await endJob(ports, run, endUnbegun(job.mark));
    return { ...run, verdict: 'ended' };
  }
  if (!plan || (job.status !== 'RUNNING' && job.status !== 'ROLLING_BACK'))
    return { ...run, verdict: 'ended' };
  if (job.status === 'RUNNING' && !job.mark && !unfinished(dossier)) return { ...run, verdict: 'complete' };
  const message = `step ${unfinished(dossier)} ended without an outcome`;
  await turnBack(ports, run, {
    because: 'failed',
    problem: { code: 'InternalFailure', message, retryable: false },
  });
  return { ...run, verdict: 'rollback', lanes: lanesOf(plan, 'backward') };
}

/** Ends the job as asked for. A mark set meanwhile throws Cancelled, and Judge turns the job back. */
export async function complete(ports: Ports, run: Run): Promise<{ status: string }> {
  const job = await endJob(ports, run, { status: 'SUCCEEDED' });
  if (job?.status === 'RUNNING') throw new Cancelled('the job turns back');
  return { status: job?.status ?? 'SUCCEEDED' };
}

/** Ends a rollback: the clouds are as before, or what is left is named exactly. */
export async function conclude(ports: Ports, run: Run): Promise<{ status: string }> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier) throw new Error(`there is no job ${run.jobId}`);
  const left = leftOf(dossier);
  const status = left.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLED_BACK';
  const job = await endJob(ports, run, { status, left });
  return { status: job?.status ?? status };
}

/** Every step of which something may still stand, in the order in which it was made. */
export function leftOf({ plan, ledger }: Dossier): Left[] {
  return (plan?.steps ?? [])
    .filter(step => step.act === 'create')
    .flatMap(step => {
      const entry = ledger.get(step.id);
      if (!entry || leavesNothing(entry)) return [];
      const problem = entry.undo?.problem ?? notReached;
      return [{ step: step.id, title: step.title, ...(entry.id ? { id: entry.id } : {}), problem }];
    });
}

const notReached: Problem = {
  code: 'NotStabilized',
  message: 'the rollback did not come so far as to prove it gone',
  retryable: true,
};

function unfinished({ plan, ledger }: Dossier): string | undefined {
  return plan?.steps.find(step => ledger.get(step.id)?.state !== 'applied')?.id;
}

function causeOf({ Error: name, Cause }: Stopped['failure']): string {
  try {
    const cause: unknown = JSON.parse(Cause ?? '');
    if (typeof cause === 'object' && cause && 'errorMessage' in cause) return String(cause.errorMessage);
  } catch {
    // Step Functions gives plain text for errors of its own.
  }
  return Cause || `the step ended with ${name}`;
}
