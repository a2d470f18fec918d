// The evaluation of a job, pure: its status, its phase, the executed phase and the unfinished steps give one decision.
// evaluate.ts carries it out.
import type { JobStatus } from '../record/events.ts';
import type { Phase } from '../record/job.ts';
import type { End, WalkPhase } from './walk-phase.ts';

export interface Situation {
  status: JobStatus;
  phase: WalkPhase | 'committing';
  /** Whether the job has a rollback cause. */
  hasCause: boolean;
  hasPlan: boolean;
  /** The phase whose lanes the execution has walked. Undefined for machines of early versions. */
  walked: string | undefined;
  /** Whether a step of that walk is not applied; after the last walk of a phase, a step of the phase. */
  isUnfinished: boolean;
  /** Whether the steps of that walk did nothing more, because the history of the execution is nearly full. */
  isEnding: boolean;
  /** Whether the walk was only a part of the phase, and others follow. */
  hasMore: boolean;
  hasCleanup: boolean;
  hasRestore: boolean;
}

export type Decision =
  /** The job has ended, or was never planned. */
  | { do: 'nothing' }
  /** Cancelled or failed before it began: nothing was changed. */
  | { do: 'endUnbegun' }
  /** The job is already in this phase: an earlier evaluation wrote it and crashed. */
  | { do: 'walk'; phase: WalkPhase }
  /** The next part of the phase. */
  | { do: 'goOn'; phase: WalkPhase }
  /** The same part once more, in the next execution. */
  | { do: 'handOver'; phase: WalkPhase }
  /** The next phase; undefined: the forward lanes. */
  | { do: 'enter'; phase: Phase | undefined }
  | { do: 'rollBack' }
  | { do: 'finish'; end: End };

/** The job advances only if every step is applied; the absence of a known failure is not enough. */
export function decideNext(situation: Situation): Decision {
  const { status, hasCause, hasPlan } = situation;
  if (status === 'QUEUED' && hasCause) return { do: 'endUnbegun' };
  if (!hasPlan) return { do: 'nothing' };
  if (status === 'ROLLING_BACK') return backward(situation);
  return status === 'RUNNING' ? forward(situation) : { do: 'nothing' };
}

function forward(situation: Situation): Decision {
  const { phase, walked, hasCause, isUnfinished, isEnding, hasMore, hasCleanup } = situation;
  if (phase === 'committing') return { do: 'finish', end: 'SUCCEEDED' };
  if (!hasCause && walked !== undefined && walked !== phase) return { do: 'walk', phase };
  if (!hasCause && isUnfinished && isEnding) return { do: 'handOver', phase };
  if (!hasCause && !isUnfinished && hasMore) return { do: 'goOn', phase };
  // A cleanup is never rolled back. A rollback cause that arrives after its end has no effect.
  if (phase === 'cleanup')
    return { do: 'finish', end: isUnfinished || hasMore ? 'REMOVE_FAILED' : 'SUCCEEDED' };
  if (isUnfinished || hasCause) return { do: 'rollBack' };
  if (phase === 'prepare') return { do: 'enter', phase: undefined };
  return hasCleanup ? { do: 'enter', phase: 'cleanup' } : { do: 'finish', end: 'SUCCEEDED' };
}

/** A step that cannot be undone keeps no other one from it. */
function backward({ phase, walked, isEnding, hasMore, hasRestore }: Situation): Decision {
  const at: WalkPhase = phase === 'restore' ? 'restore' : 'rollback';
  if (walked !== at) return { do: 'walk', phase: at };
  if (isEnding) return { do: 'handOver', phase: at };
  if (hasMore) return { do: 'goOn', phase: at };
  if (at === 'rollback' && hasRestore) return { do: 'enter', phase: 'restore' };
  return { do: 'finish', end: 'ROLLED_BACK' };
}
