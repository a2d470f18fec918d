// The next walk of a job: a part of its phase, in this execution if its history has room for it, otherwise in the next one.
import { partsOf } from '../plan/parts.ts';
import type { Ports } from '../ports/ports.ts';
import { startExecution } from '../queue/execution.ts';
import { changeJob } from '../record/change-job.ts';
import { firstStep, toHandedOver } from '../record/handover.ts';
import { CALLS_BETWEEN_CHECKS, callsIn, type ExecutionBounds } from '../record/history.ts';
import { isSkipped } from '../record/job.ts';
import { leavesNothing } from '../record/ledger.ts';
import type { Lane, Plan } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { lanesOf, type Next, type Walked, type WalkPhase, walkOf } from './walk-phase.ts';

type Planned = JobRecord & { plan: Plan };

/** `part`: the one to walk. `steps`: those that the execution has walked so far. */
export async function proceed(
  ports: Ports,
  run: Run,
  jobRecord: Planned,
  { phase, bounds, part, steps }: { phase: WalkPhase; bounds: ExecutionBounds } & Walked,
): Promise<Next> {
  const lanes = partsOf(lanesOf(jobRecord, phase), bounds.part)[part] ?? [];
  const next = walkOf(run, jobRecord, { phase, lanes, part, steps });
  const calls = callsIn(jobRecord.ledger, run.attempt) + (next.steps - steps) * CALLS_BETWEEN_CHECKS;
  const hasRoom = steps === 0 || (next.steps <= bounds.steps && calls <= bounds.calls);
  return hasRoom ? next : handOver(ports, run, lanes);
}

/** Ends the execution; the next one begins with these lanes. If this one dies before it starts the next one, recovery does that. */
export async function handOver(ports: Ports, run: Run, lanes: readonly Lane[]): Promise<Next> {
  const [step] = lanes.flat(2);
  const next = await changeJob(ports, run.jobId, job => toHandedOver(job, run.attempt, step));
  if (next?.attempt === run.attempt + 1) await startExecution(ports, next);
  return { ...run, next: 'nothing' };
}

/**
 * The part with which an execution begins: that of another execution that has handed over to it, or the first one with an
 * unfinished step. If there is none, it is the last one.
 */
export function firstPart(jobRecord: Planned, phase: WalkPhase, { part }: ExecutionBounds): number {
  const parts = partsOf(lanesOf(jobRecord, phase), part).map(lanes => lanes.flat(2));
  const first = firstStep(jobRecord.job);
  const handedOver = parts.findIndex(steps => first !== undefined && steps.includes(first));
  if (handedOver >= 0) return handedOver;
  const unfinished = parts.findIndex(steps => steps.some(step => !isFinished(jobRecord, phase, step)));
  return unfinished >= 0 ? unfinished : Math.max(0, parts.length - 1);
}

function isFinished({ job, ledger }: JobRecord, phase: WalkPhase, step: string): boolean {
  if (isSkipped(job, step)) return true;
  return phase === 'rollback' ? leavesNothing(ledger.get(step)) : ledger.get(step)?.state === 'applied';
}
