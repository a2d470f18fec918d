// How long to wait before polling a job again: briefly if its steps usually end soon, longer if they take minutes.

import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Clock } from '../ports/ports.ts';
import type { JobView } from './answers.ts';
import type { StepView } from './step-answers.ts';

/** For a step of a kind that this version does not have. */
const USUAL_STEP_SECONDS = 30;
/** How long a job ahead in the queue usually takes. */
const USUAL_JOB_SECONDS = 180;

/** How often a caller polls in the usual time of a step. */
const POLLS = 10;
const MAX_SECONDS = 30;

const CURRENT: readonly StepView['state'][] = ['running', 'retrying', 'settling', 'undoing'];

/** At least one second, at most thirty. */
export function retryAfterSeconds(job: Pick<JobView, 'steps' | 'queues'>, clock: Clock): number {
  const waits = [...job.steps.filter(step => CURRENT.includes(step.state)).map(step => ofStep(step, clock))];
  const ahead = Math.max(0, ...(job.queues ?? []).map(({ position }) => position - 1));
  if (waits.length === 0 && ahead > 0) waits.push(realSeconds(ahead * USUAL_JOB_SECONDS, clock) / POLLS);
  const seconds = Math.ceil(Math.min(MAX_SECONDS, ...waits));
  return waits.length === 0 ? 1 : Math.max(seconds, 1);
}

/** A fraction of the usual time, and not before the job itself polls the cloud again. */
function ofStep({ kind, waitingFor, undo }: StepView, clock: Clock): number {
  const kinds: Partial<Record<string, KindTraits>> = KINDS;
  const part = realSeconds(kinds[kind]?.usualSeconds ?? USUAL_STEP_SECONDS, clock) / POLLS;
  const next = undo ? undo.nextPollAt : waitingFor?.nextPollAt;
  const untilNext = next ? (Date.parse(next) - clock.now().getTime()) / 1000 : 0;
  return Math.max(part, untilNext);
}

function realSeconds(seconds: number, clock: Clock): number {
  return (clock.after(seconds).getTime() - clock.now().getTime()) / 1000;
}
