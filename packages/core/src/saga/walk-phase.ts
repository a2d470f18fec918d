// The lanes that the state machine walks in each phase of a job, as its state carries them: ids and kinds only.

import { entriesNeededBy, rollbackLanes } from '../plan/lanes.ts';
import type { Kind } from '../ports/kind.ts';
import type { Job } from '../record/job.ts';
import type { Lane, Plan } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { lanesToRestore } from './leftovers.ts';

/** The phases that have lanes. `rollback` is the forward lanes in reverse. */
export type WalkPhase = 'prepare' | 'forward' | 'cleanup' | 'rollback' | 'restore';

/** The call of a step: forward, backward, or the restoration of a resource that `prepare` deleted or changed. */
export type StepAct = 'apply' | 'undo' | 'restore';

/** Lanes of waves of steps. */
export type Walk = { step: string; kind: Kind; reads: string[] }[][][];

/** What an execution has walked: up to which part of the phase, and how many steps of all phases. */
export interface Walked {
  part: number;
  steps: number;
}

/** The machine's state; `next` selects the next state of the machine. */
export type Next = Run &
  (
    | ({ next: 'walk'; phase: WalkPhase; act: StepAct; walk: Walk } & Walked)
    | ({ next: 'finish' | 'stop'; phase: string; end: End } & Walked)
    | { next: 'nothing' }
  );

/** ROLLED_BACK: the end of a rollback, which becomes ROLLBACK_FAILED if there are leftovers. */
export type End = 'SUCCEEDED' | 'REMOVE_FAILED' | 'ROLLED_BACK';

const ACTS: Record<WalkPhase, StepAct> = {
  prepare: 'apply',
  forward: 'apply',
  cleanup: 'apply',
  rollback: 'undo',
  restore: 'restore',
};

/** The phase of a job, by its name in the machine's state. */
export function phaseOf({ status, phase }: Pick<Job, 'status' | 'phase'>): WalkPhase | 'committing' {
  return phase ?? (status === 'ROLLING_BACK' ? 'rollback' : 'forward');
}

/** `steps`: those that the execution has walked before. */
export function walkOf(
  run: Run,
  { plan }: { plan: Plan },
  { phase, part, lanes, steps }: { phase: WalkPhase; lanes: readonly Lane[] } & Walked,
): Next & { next: 'walk' } {
  const known = new Map(plan.steps.map(step => [step.id, step]));
  const walk = lanes.map(lane =>
    lane.map(wave =>
      wave.flatMap(id => {
        const step = known.get(id);
        return step ? [{ step: id, kind: step.kind, reads: entriesNeededBy(step) }] : [];
      }),
    ),
  );
  return { ...run, next: 'walk', phase, act: ACTS[phase], walk, part, steps: steps + walk.flat(2).length };
}

export function lanesOf(jobRecord: JobRecord & { plan: Plan }, phase: WalkPhase): Lane[] {
  const { plan } = jobRecord;
  switch (phase) {
    case 'rollback':
      return rollbackLanes(plan);
    case 'restore':
      return lanesToRestore(jobRecord);
    default:
      return plan.lanes[phase] ?? [];
  }
}
