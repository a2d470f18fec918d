// The evaluation of a job, pure: its status and phase, the phase that was walked and what of it is unfinished give one
// decision. evaluate.ts carries it out.
import type { JobStatus } from '../record/events.ts';
import type { Phase } from '../record/job.ts';
import type { End, WalkPhase } from './walk-phase.ts';

export interface Situation {
  status: JobStatus;
  phase: WalkPhase | 'committing';
  /** Why the job is to roll back, if it is. */
  hasCause: boolean;
  hasPlan: boolean;
  /** The phase whose lanes were walked, as the execution says; undefined where a machine of an early version does not. */
  walked: string | undefined;
  /** Whether a step of that phase is not applied. */
  isUnfinished: boolean;
  hasCleanup: boolean;
  hasRestore: boolean;
}

export type Decision =
  /** The job has ended, or was never planned. */
  | { do: 'nothing' }
  /** Cancelled or failed before it began: nothing was changed. */
  | { do: 'endUnbegun' }
  /** The job is in this phase already: an evaluation before this one wrote it and died of it. */
  | { do: 'walk'; phase: WalkPhase }
  /** The next phase; undefined: the forward lanes. */
  | { do: 'enter'; phase: Phase | undefined }
  | { do: 'rollBack' }
  | { do: 'finish'; end: End };

/** Going on needs every step applied, not just no failure known. */
export function decideNext(situation: Situation): Decision {
  const { status, hasCause, hasPlan } = situation;
  if (status === 'QUEUED' && hasCause) return { do: 'endUnbegun' };
  if (!hasPlan) return { do: 'nothing' };
  if (status === 'ROLLING_BACK') return backward(situation);
  return status === 'RUNNING' ? forward(situation) : { do: 'nothing' };
}

function forward({ phase, walked, hasCause, isUnfinished, hasCleanup }: Situation): Decision {
  if (phase === 'committing') return { do: 'finish', end: 'SUCCEEDED' };
  if (!hasCause && walked !== undefined && walked !== phase) return { do: 'walk', phase };
  // Deletions at the end are never rolled back; a cause that comes when they are done stops nothing any more.
  if (phase === 'cleanup') return { do: 'finish', end: isUnfinished ? 'REMOVE_FAILED' : 'SUCCEEDED' };
  if (isUnfinished || hasCause) return { do: 'rollBack' };
  if (phase === 'prepare') return { do: 'enter', phase: undefined };
  return hasCleanup ? { do: 'enter', phase: 'cleanup' } : { do: 'finish', end: 'SUCCEEDED' };
}

function backward({ phase, walked, hasRestore }: Situation): Decision {
  const at: WalkPhase = phase === 'restore' ? 'restore' : 'rollback';
  if (walked !== at) return { do: 'walk', phase: at };
  if (at === 'rollback' && hasRestore) return { do: 'enter', phase: 'restore' };
  return { do: 'finish', end: 'ROLLED_BACK' };
}
