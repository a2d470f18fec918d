// Between the lanes and what follows: `stop` notes why a lane stopped, `judge` writes the direction once all
// lanes have settled, `complete` and `conclude` end the job.

import { everyLane, lanesOf, NO_LANES, stepsIn, wayForward } from '../plan/lanes.ts';
import { Cancelled, type Problem } from '../ports/errors.ts';
import type { Ports, TablePorts } from '../ports/ports.ts';
import { changeJob, markJob } from '../record/change-job.ts';
import { endUnbegun, entered, isSkipped, type Job, type Mark, phaseOf } from '../record/job.ts';
import type { Lanes, Plan } from '../record/plan.ts';
import { type Dossier, readDossier } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { endJob } from './ending.ts';
import { lanesToRestore, leftOf } from './leftovers.ts';
import { turnBack } from './roll-back.ts';

/** What a Catch of the state machine hands on; `step` is absent where Begin failed. */
export interface Stopped extends Run {
  step?: string;
  failure: { Error: string; Cause?: string };
}

/** A lane ended early: mark the job, unless it was stopped by the mark itself. The first failure wins. */
export async function stop(ports: TablePorts, stopped: Stopped): Promise<void> {
  const { jobId, attempt, step, failure } = stopped;
  if (failure.Error === 'Cancelled' || failure.Error === 'Superseded') return;
  const dossier = await readDossier(ports.store, jobId);
  // A step that threw has noted why; one that died or timed out may have an older note, which is not the reason.
  const threw = failure.Error === 'RetryableError' || failure.Error === 'TerminalError';
  const noted = threw && step ? dossier?.ledger.get(step)?.problem : undefined;
  const problem = noted ?? { code: failure.Error, message: causeOf(failure), retryable: false };
  const at = ports.clock.now().toISOString();
  const mark: Mark = { because: 'failed', at, problem, ...(step ? { step } : {}) };
  await markJob(ports.store, { jobId, attempt }, mark);
}

export type Verdict = Run & { phase?: string } & (
    | { verdict: 'complete' | 'removeFailed' | 'ended' }
    | { verdict: 'forward' | 'alicloud' | 'remove' | 'rollback' | 'restore'; lanes: Lanes }
  );

/** Where a rollback goes on. */
function wayBack(run: Run, job: Pick<Job, 'phase'>, dossier: Dossier): Verdict {
  const { plan } = dossier;
  const on = { ...run, phase: phaseOf(job) };
  if (job.phase === 'restore') return { ...on, verdict: 'restore', lanes: lanesToRestore(dossier) };
  return { ...on, verdict: 'rollback', lanes: plan ? lanesOf(plan, 'backward') : NO_LANES };
}

/**
 * Once all lanes have settled: on to the next phase, back, or to the end. Writes the direction before anything is
 * walked in it. Going on needs every step applied, not just no failure known. `phase`: whose lanes were walked; where the
 * job is further already, a Judge before this one wrote so and died of it.
 */
export async function judge(
  ports: Ports,
  { phase: walked, ...run }: Run & { phase?: string },
): Promise<Verdict> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier || dossier.job.attempt !== run.attempt) return { ...run, verdict: 'ended' };
  const { job, plan } = dossier;
  if (job.status === 'QUEUED' && job.mark) {
    await endJob(ports, run, endUnbegun(job.mark));
    return { ...run, verdict: 'ended' };
  }
  if (!plan || (job.status !== 'RUNNING' && job.status !== 'ROLLING_BACK'))
    return { ...run, verdict: 'ended' };
  if (job.status === 'ROLLING_BACK') return wayBack(run, job, dossier);
  if (job.phase === 'seal') return { ...run, verdict: 'complete' };
  if (!job.mark && walked !== undefined && walked !== phaseOf(job)) return goOn(run, job, plan);
  const step = unfinished(dossier, plan);
  // A mark that comes when all that had to go is gone stops nothing any more.
  if (step || (job.mark && job.phase !== 'retire')) return stopShort(ports, run, dossier, step);
  if (job.phase === 'retire' || (job.phase === undefined && !plan.last)) {
    return { ...run, phase: phaseOf(job), verdict: 'complete' };
  }
  const next = job.phase === 'prepare' ? undefined : 'retire';
  const on = await changeJob(ports, run.jobId, now => entered(now, run.attempt, next));
  // Marked in this very moment: this time it says so.
  return on?.mark ? judge(ports, run) : goOn(run, { phase: next }, plan);
}

function goOn(run: Run, job: { phase?: Job['phase'] | undefined }, plan: Plan): Verdict {
  const on = { ...run, phase: job.phase ?? 'forward' };
  if (job.phase === 'retire') return { ...on, verdict: 'remove', lanes: everyLane(plan.last) };
  if (job.phase === 'prepare') return { ...on, verdict: 'remove', lanes: everyLane(plan.first) };
  const lanes = lanesOf(plan, 'forward');
  return { ...on, verdict: wayForward(lanes), lanes };
}

/** Back; or, where removals have begun, which never turn back, no further. */
async function stopShort(
  ports: Ports,
  run: Run,
  dossier: Dossier,
  step: string | undefined,
): Promise<Verdict> {
  const { job } = dossier;
  const message = `step ${step} ended without an outcome`;
  const unsaid: Problem = { code: 'InternalFailure', message, retryable: false };
  if (job.phase === 'retire') {
    await endJob(ports, run, {
      status: 'REMOVE_FAILED',
      problem: job.mark?.problem ?? unsaid,
      left: leftOf(dossier),
    });
    return { ...run, verdict: 'removeFailed' };
  }
  await turnBack(ports, run, { because: 'failed', problem: unsaid });
  return wayBack(run, {}, dossier);
}

/**
 * Ends the job as asked for. Sealed first, so that no mark can come between the inventory and the end. A mark set
 * meanwhile throws Cancelled, and Judge turns the job back; after removals there is nothing to turn back.
 */
export async function complete(ports: Ports, run: Run): Promise<{ status: string }> {
  const sealed = await changeJob(ports, run.jobId, now =>
    now.status === 'RUNNING' ? entered(now, run.attempt, 'seal') : undefined,
  );
  if (sealed?.attempt === run.attempt && sealed.status === 'RUNNING' && sealed.phase !== 'seal') {
    throw new Cancelled('the job turns back');
  }
  const job = await endJob(ports, run, { status: 'SUCCEEDED' });
  return { status: job?.status ?? 'SUCCEEDED' };
}

/**
 * Ends a rollback: the clouds are as before, or what is left is named exactly. What went first is made again before.
 * `phase` as for Judge: where the job is further already, a Conclude before this one wrote so and died of it.
 */
export async function conclude(
  ports: Ports,
  { phase: walked, ...run }: Run & { phase?: string },
): Promise<Run & { status: string; phase?: string; lanes?: Lanes }> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier) throw new Error(`there is no job ${run.jobId}`);
  const { job, plan } = dossier;
  const isToRestore = job.phase !== 'restore' || (walked !== undefined && walked !== phaseOf(job));
  if (plan?.restores && job.status === 'ROLLING_BACK' && isToRestore) {
    const on = await changeJob(ports, run.jobId, now => entered(now, run.attempt, 'restore'));
    if (on?.phase === 'restore' && on.attempt === run.attempt) {
      return { ...run, phase: phaseOf(on), status: 'ROLLING_BACK', lanes: lanesToRestore(dossier) };
    }
  }
  const left = leftOf(dossier);
  const status = left.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLED_BACK';
  const ended = await endJob(ports, run, { status, left });
  return { ...run, status: ended?.status ?? status };
}

/** Of the lanes that were walked last, a step that is not applied. */
function unfinished({ job, ledger }: Dossier, plan: Plan): string | undefined {
  const { first, last, lanes } = plan;
  const walked = stepsIn(job.phase === 'prepare' ? first : job.phase === 'retire' ? last : lanes);
  return plan.steps.find(
    ({ id, act }) =>
      walked.has(id) && act !== 'leave' && !isSkipped(job, id) && ledger.get(id)?.state !== 'applied',
  )?.id;
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
