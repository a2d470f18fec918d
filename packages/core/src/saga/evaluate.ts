// Evaluate, the state between two walks: once all lanes have settled, it decides the job's next phase, and writes the phase
// before any of its steps runs.

import { stepsIn } from '../plan/lanes.ts';
import { partsOf } from '../plan/parts.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { isEnding } from '../record/handover.ts';
import { boundsOf, type ExecutionBounds, UNBOUNDED } from '../record/history.ts';
import { endOfUnbegun, isSkipped, type Job, toPhase } from '../record/job.ts';
import type { Lane, Plan } from '../record/plan.ts';
import { type JobRecord, readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { type Decision, decideNext } from './decide-next.ts';
import { endJob } from './ending.ts';
import { handOver, proceed } from './proceed.ts';
import { rollBack } from './roll-back.ts';
import { lanesOf, type Next, phaseOf, type Walked, type WalkPhase } from './walk-phase.ts';

/** `phase`, `part`, `steps`: what was walked. Machines up to version 4 walk whole phases. */
export async function evaluate(
  ports: Ports,
  { phase: walked, part, steps = 0, ...run }: Run & Partial<Walked> & { phase?: string },
): Promise<Next> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord || jobRecord.job.attempt !== run.attempt) return { ...run, next: 'nothing' };
  const bounds = part === undefined ? UNBOUNDED : boundsOf(ports.settings.historyEvents);
  const execution = { bounds, part: part ?? 0, steps };
  return carryOut(ports, run, jobRecord, {
    ...execution,
    decision: decisionOn(jobRecord, walked, execution),
  });
}

interface Execution extends Walked {
  bounds: ExecutionBounds;
}

function decisionOn(jobRecord: JobRecord, walked: string | undefined, { bounds, part }: Execution): Decision {
  const { job, plan } = jobRecord;
  const phase = phaseOf(job);
  const lanes = plan && phase !== 'committing' ? lanesOf({ ...jobRecord, plan }, phase) : [];
  // An earlier evaluation has entered another phase, of which nothing was walked yet.
  const parts = walked === phase ? partsOf(lanes, bounds.part) : [lanes];
  const at = walked === phase ? part : 0;
  const hasMore = at + 1 < parts.length;
  const ended = hasMore ? parts[at] : lanes;
  return decideNext({
    status: job.status,
    phase,
    hasCause: job.rollbackCause !== undefined,
    hasPlan: plan !== undefined,
    walked,
    isUnfinished: plan !== undefined && unfinishedIn(ended, { ...jobRecord, plan }) !== undefined,
    isEnding: isEnding(job),
    hasMore,
    hasCleanup: plan?.lanes.cleanup !== undefined,
    hasRestore: plan?.lanes.restore !== undefined,
  });
}

async function carryOut(
  ports: Ports,
  run: Run,
  jobRecord: JobRecord,
  { decision, bounds, part, steps }: Execution & { decision: Decision },
): Promise<Next> {
  const { job, plan } = jobRecord;
  if (decision.do === 'endUnbegun' && job.rollbackCause)
    await endJob(ports, run, endOfUnbegun(job.rollbackCause));
  if (decision.do === 'nothing' || decision.do === 'endUnbegun' || !plan) return { ...run, next: 'nothing' };
  const walkNext = (now: Job, phase: WalkPhase, at = 0) =>
    proceed(ports, run, { ...jobRecord, job: now, plan }, { phase, bounds, part: at, steps });
  switch (decision.do) {
    case 'walk':
      return walkNext(job, decision.phase);
    case 'goOn':
      return walkNext(job, decision.phase, part + 1);
    case 'handOver':
      return handOver(
        ports,
        run,
        partsOf(lanesOf({ ...jobRecord, plan }, decision.phase), bounds.part)[part] ?? [],
      );
    case 'enter': {
      const now = await changeJob(ports, run.jobId, at => toPhase(at, run.attempt, decision.phase));
      // A rollback cause was set at the same time, or another evaluation was faster.
      if (!now || (now.status === 'RUNNING' && now.rollbackCause))
        return evaluate(ports, { ...run, part, steps });
      const phase = phaseOf(now);
      return phase === 'committing' ? evaluate(ports, { ...run, part, steps }) : walkNext(now, phase);
    }
    case 'rollBack': {
      const step = unfinishedStep({ ...jobRecord, plan });
      const now = await rollBack(ports, run, { reason: 'failed', problem: withoutOutcome(step) });
      return now?.status === 'ROLLING_BACK' ? walkNext(now, 'rollback') : { ...run, next: 'nothing' };
    }
    case 'finish':
      return {
        ...run,
        next: decision.end === 'SUCCEEDED' ? 'finish' : 'stop',
        phase: phaseOf(job),
        end: decision.end,
        part,
        steps,
      };
    default:
      return unknownDecision(decision);
  }
}

/** A step of the job's phase that is not applied. */
export function unfinishedStep(jobRecord: JobRecord & { plan: Plan }): string | undefined {
  const phase = phaseOf(jobRecord.job);
  return unfinishedIn(phase === 'committing' ? [] : lanesOf(jobRecord, phase), jobRecord);
}

function unfinishedIn(
  lanes: readonly Lane[] | undefined,
  { job, plan, ledger }: JobRecord & { plan: Plan },
): string | undefined {
  const walked = stepsIn(lanes);
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
