// More time for a rollback or a removal at its time limit, which is meant for stuck ones. It goes on for as long as its steps end,
// however many they are. And it goes on if functions crashed while its time ran out: a crash is no refusal of a cloud, and must not
// leave a job that a person has to retry. A step that has not been called for much longer than a working step waits has had no
// chance to finish.
import { rollbackLanes, stepsIn } from '../plan/lanes.ts';
import { partsOf } from '../plan/parts.ts';
import type { Clock, TablePorts } from '../ports/ports.ts';
import { extendTime } from '../record/change-job.ts';
import { boundsOf } from '../record/history.ts';
import type { Job } from '../record/job.ts';
import { type Lane, MAX_LANES_AT_ONCE, MAX_STEPS_AT_ONCE, type Plan } from '../record/plan.ts';
import { type JobRecord, readJobRecord } from '../record/records.ts';
import { STALLED_SECONDS } from '../request/time-limits.ts';
import type { StepCall } from './step-entry.ts';

/** Longer than any poll, and than the time between two retries together with a call. */
const SILENCE_SECONDS = 600;

/** The job, with more time if its time has run out while it made progress, or while this step was not called. */
export async function withMoreTime(
  { store, clock, settings }: TablePorts,
  { jobId, attempt, step }: StepCall,
  job: Job | undefined,
): Promise<Job | undefined> {
  const until = job?.attempt === attempt ? limitOf(job) : undefined;
  if (until === undefined || clock.now().toISOString() < until) return job;
  const jobRecord = await readJobRecord(store, jobId);
  if (!jobRecord?.plan) return job;
  const known = { ...jobRecord, plan: jobRecord.plan, maxSteps: boundsOf(settings.historyEvents).part };
  const extended = whileProgressing(clock, known) ?? afterSilence(clock, known, step);
  return extended ? extendTime(store, { jobId, attempt }, extended.toISOString()) : job;
}

/** `maxSteps`: of a part. */
type Known = JobRecord & { plan: Plan; maxSteps: number };

/** Its steps are finite, so this ends. A removal whose request has a shorter deadline is stuck after that. */
function whileProgressing(clock: Clock, { job, ledger }: Known): Date | undefined {
  const seconds =
    job.status === 'ROLLING_BACK' ? STALLED_SECONDS : Math.min(STALLED_SECONDS, job.deadlineSeconds);
  const ends = [...ledger.values()].flatMap(({ state, since }) =>
    state === 'applied' || state === 'undone' ? Date.parse(since) : [],
  );
  const leftMs = Math.max(0, ...ends) - clock.after(-seconds).getTime();
  return leftMs > 0 ? new Date(clock.now().getTime() + leftMs) : undefined;
}

function afterSilence(clock: Clock, known: Known, step: string): Date | undefined {
  if (clock.after(-SILENCE_SECONDS).toISOString() <= lastSignOf(known, step)) return undefined;
  return clock.after(STALLED_SECONDS);
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
function lastSignOf({ job, plan, ledger, maxSteps }: Known, step: string): string {
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
