// Evaluate, the state between two walks: once all lanes have settled, it decides the job's next phase, and writes the phase
// before any of its steps runs.

import { stepsIn } from '../plan/lanes.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { endOfUnbegun, isSkipped, toPhase } from '../record/job.ts';
import type { Plan } from '../record/plan.ts';
import { type JobRecord, readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { type Decision, decideNext } from './decide-next.ts';
import { endJob } from './ending.ts';
import { rollBack } from './roll-back.ts';
import { lanesOf, type Next, phaseOf, walkOf } from './walk-phase.ts';

/** `phase`: the phase whose lanes were walked. */
export async function evaluate(
  ports: Ports,
  { phase: walked, ...run }: Run & { phase?: string },
): Promise<Next> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord || jobRecord.job.attempt !== run.attempt) return { ...run, next: 'nothing' };
  return carryOut(ports, run, jobRecord, decisionOn(jobRecord, walked));
}

function decisionOn(jobRecord: JobRecord, walked: string | undefined): Decision {
  const { job, plan } = jobRecord;
  return decideNext({
    status: job.status,
    phase: phaseOf(job),
    hasCause: job.rollbackCause !== undefined,
    hasPlan: plan !== undefined,
    walked,
    isUnfinished: plan !== undefined && unfinishedStep({ ...jobRecord, plan }) !== undefined,
    hasCleanup: plan?.lanes.cleanup !== undefined,
    hasRestore: plan?.lanes.restore !== undefined,
  });
}

async function carryOut(ports: Ports, run: Run, jobRecord: JobRecord, decision: Decision): Promise<Next> {
  const { job, plan } = jobRecord;
  switch (decision.do) {
    case 'nothing':
      return { ...run, next: 'nothing' };
    case 'endUnbegun':
      if (job.rollbackCause) await endJob(ports, run, endOfUnbegun(job.rollbackCause));
      return { ...run, next: 'nothing' };
    case 'walk':
      return plan ? walkOf(run, { ...jobRecord, plan }, decision.phase) : { ...run, next: 'nothing' };
    case 'enter': {
      const now = await changeJob(ports, run.jobId, at => toPhase(at, run.attempt, decision.phase));
      // A rollback cause was set at the same time, or another evaluation was faster.
      if (!now || !plan || (now.status === 'RUNNING' && now.rollbackCause)) return evaluate(ports, run);
      const phase = phaseOf(now);
      return phase === 'committing'
        ? evaluate(ports, run)
        : walkOf(run, { ...jobRecord, job: now, plan }, phase);
    }
    case 'rollBack': {
      const step = plan && unfinishedStep({ ...jobRecord, plan });
      const now = await rollBack(ports, run, { reason: 'failed', problem: withoutOutcome(step) });
      if (!now || !plan || now.status !== 'ROLLING_BACK') return { ...run, next: 'nothing' };
      return walkOf(run, { ...jobRecord, job: now, plan }, 'rollback');
    }
    case 'finish':
      return {
        ...run,
        next: decision.end === 'SUCCEEDED' ? 'finish' : 'stop',
        phase: phaseOf(job),
        end: decision.end,
      };
    default:
      return unknownDecision(decision);
  }
}

/** A step of the job's phase that is not applied. */
export function unfinishedStep(jobRecord: JobRecord & { plan: Plan }): string | undefined {
  const { job, plan, ledger } = jobRecord;
  const phase = phaseOf(job);
  const walked = stepsIn(phase === 'committing' ? [] : lanesOf(jobRecord, phase));
  return plan.steps.find(
    ({ id }) => walked.has(id) && !isSkipped(job, id) && ledger.get(id)?.state !== 'applied',
  )?.id;
}

export function withoutOutcome(step: string | undefined) {
  return { code: 'InternalFailure', message: `step ${step} ended without an outcome`, retryable: false };
}

function unknownDecision(decision: never): never {
  throw new Error(`unknown decision ${JSON.stringify(decision)}`);
}
