// How long a plan usually takes in the clouds, and the deadline of its job that follows from it. Pure.

import { traitsOf } from '../kinds/kinds.ts';
import { type Lanes, MAX_LANES_AT_ONCE, MAX_STEPS_AT_ONCE, type Plan, type Step } from '../record/plan.ts';
import { DEFAULT_DEADLINE_SECONDS, MAX_DEADLINE_SECONDS } from '../request/time-limits.ts';

/** The phases that the deadline ends with a rollback. A cleanup goes on for as long as it makes progress. */
const UNTIL_CLEANUP = ['prepare', 'forward'] as const;
const FORWARD = [...UNTIL_CLEANUP, 'cleanup'] as const;

/** A cloud may be half as fast as usual. */
const LENIENCE = 2;

/** The seconds of a whole job, without a rollback, if nothing has to be repeated. */
export function usualSeconds(plan: Plan): number {
  return secondsOf(plan, FORWARD);
}

/** The deadline of a plan whose request names none: `deadlineSeconds`, counted from the beginning of the job. */
export function deadlineSecondsFor(plan: Plan): number {
  const lenient = LENIENCE * secondsOf(plan, UNTIL_CLEANUP);
  return Math.min(Math.max(lenient, DEFAULT_DEADLINE_SECONDS), MAX_DEADLINE_SECONDS);
}

/** A warning if the plan usually takes longer than its deadline, with the deadline that fits. None if there is time enough. */
export function deadlineWarning(plan: Plan, deadlineSeconds: number): string[] {
  const seconds = secondsOf(plan, UNTIL_CLEANUP);
  if (seconds <= deadlineSeconds) return [];
  const tooShort = `this usually takes ${seconds} seconds, and after deadlineSeconds, ${deadlineSeconds} seconds, the job rolls back`;
  const wayOut =
    seconds <= MAX_DEADLINE_SECONDS
      ? `set options.deadlineSeconds to ${deadlineSecondsFor(plan)}, or omit it`
      : `${MAX_DEADLINE_SECONDS} seconds is the longest, so split the change into several updates`;
  return [`${tooShort}; ${wayOut}`];
}

/** The usual seconds of waves that follow one another. */
export function usualSecondsOf(waves: readonly (readonly Step[])[]): number {
  return sum(waves.map(wave => inParallel(wave.map(usualSecondsOfStep), MAX_STEPS_AT_ONCE)));
}

function usualSecondsOfStep({ kind, act }: Step): number {
  return act === 'unchanged' || act === 'adopt' ? 0 : traitsOf(kind).usualSeconds;
}

function secondsOf({ steps, lanes }: Plan, phases: readonly (keyof Lanes)[]): number {
  const byId = new Map(steps.map(step => [step.id, step]));
  return sum(
    phases.map(phase => {
      const stepsOf = (wave: readonly string[]) => wave.flatMap(id => byId.get(id) ?? []);
      const ofLanes = (lanes[phase] ?? []).map(lane => usualSecondsOf(lane.map(stepsOf)));
      return inParallel(ofLanes, MAX_LANES_AT_ONCE);
    }),
  );
}

/** Each begins, in this order, as soon as one of the places is free, as in the state machine. */
function inParallel(seconds: readonly number[], places: number): number {
  const ends = seconds.slice(0, places);
  for (const each of seconds.slice(places)) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + each;
  }
  return Math.max(0, ...ends);
}

function sum(seconds: readonly number[]): number {
  return seconds.reduce((total, each) => total + each, 0);
}
