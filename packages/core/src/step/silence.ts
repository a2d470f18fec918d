// More time for a rollback or a removal whose functions crashed while its time ran out. A crash is no refusal of a cloud: it must
// not leave a job that a person has to retry. A step that has not been called for much longer than a working step waits has had no
// chance to finish, so its time limit is extended when its function works again.
import { rollbackLanes, stepsIn } from '../plan/lanes.ts';
import { partsOf } from '../plan/parts.ts';
import type { StepPorts } from '../ports/ports.ts';
import { extendTime } from '../record/change-job.ts';
import { boundsOf } from '../record/history.ts';
import { type Job, ROLLBACK_BUDGET_SECONDS } from '../record/job.ts';
import { type Lane, MAX_LANES_AT_ONCE, MAX_STEPS_AT_ONCE, type Plan } from '../record/plan.ts';
import { type JobRecord, readJobRecord } from '../record/records.ts';
import type { StepCall } from './step-entry.ts';

/** Longer than any poll, and than the time between two retries together with a call. */
const SILENCE_SECONDS = 600;

/** The job, with more time if its time has run out while this step was not called. */
export async function afterSilence(
  { store, clock, settings }: StepPorts,
  { jobId, attempt, step }: StepCall,
  job: Job | undefined,
): Promise<Job | undefined> {
  const until = job?.attempt === attempt ? limitOf(job) : undefined;
  if (until === undefined || clock.now().toISOString() < until) return job;
  const jobRecord = await readJobRecord(store, jobId);
  if (!jobRecord?.plan) return job;
  const { part } = boundsOf(settings.historyEvents);
  const lastSign = lastSignOf({ ...jobRecord, plan: jobRecord.plan }, step, part);
  if (clock.after(-SILENCE_SECONDS).toISOString() <= lastSign) return job;
  return extendTime(store, { jobId, attempt }, clock.after(ROLLBACK_BUDGET_SECONDS).toISOString());
}

/** The time limit after which the job would be stuck. Before its cleanup, a forward job rolls back at its deadline instead. */
function limitOf({ status, phase, rollbackUntil, deadlineAt }: Job): string | undefined {
  if (status === 'ROLLING_BACK') return rollbackUntil;
  return status === 'RUNNING' && phase === 'cleanup' ? deadlineAt : undefined;
}

/**
 * The latest instant at which the step cannot have been due for long: the job, an earlier phase, an earlier part of this one, an
 * earlier wave or it worked, or a step that had its place among those that run at the same time.
 */
function lastSignOf(
  { job, plan, ledger }: JobRecord & { plan: Plan },
  step: string,
  maxSteps: number,
): string {
  const phase = lanesOf(job, plan);
  const walked = stepsIn(phase);
  const parts = partsOf(phase, maxSteps);
  const part = parts.findIndex(each => each.flat(2).includes(step));
  const lanes = parts[part] ?? [];
  const at = lanes.findIndex(each => each.flat().includes(step));
  const lane = lanes[at] ?? [];
  const wave = lane.findIndex(each => each.includes(step));
  const siblings = lane[wave] ?? [];
  const place = siblings.indexOf(step);
  const reached = [
    ...parts.slice(0, Math.max(part, 0)).flat(3),
    ...(at < MAX_LANES_AT_ONCE ? [] : lanes.slice(0, at).flat(2)),
    ...lane.slice(0, wave).flat(),
    ...(place < MAX_STEPS_AT_ONCE ? [] : siblings.slice(0, place)),
  ];
  const before = job.status === 'ROLLING_BACK' && job.phase === undefined ? [] : [...ledger.keys()];
  const seen = [...before.filter(each => !walked.has(each)), ...reached, step];
  return [job.events.at(-1)?.at, ...seen.map(each => ledger.get(each)?.calledAt)]
    .map(instant => instant ?? '')
    .reduce((latest, instant) => (instant > latest ? instant : latest));
}

function lanesOf({ phase }: Job, plan: Plan): readonly Lane[] {
  return (phase === 'cleanup' || phase === 'restore' ? plan.lanes[phase] : rollbackLanes(plan)) ?? [];
}
