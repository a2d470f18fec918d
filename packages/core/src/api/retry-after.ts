// When it is worth asking about a job again: often where its step is soon over, seldom where it takes minutes.

import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Clock } from '../ports/ports.ts';
import type { JobView } from './answers.ts';
import type { StepView } from './step-answers.ts';

/** Of a step whose kind a newer version has recorded. */
const USUAL_STEP_SECONDS = 30;
/** What a job ahead in line usually takes. */
const USUAL_JOB_SECONDS = 180;

/** A caller who follows it asks about so many times in the usual time. */
const ASKED_TIMES = 10;
const MOST_SECONDS = 30;

const CURRENT: readonly StepView['state'][] = ['running', 'retrying', 'settling', 'undoing'];

/** At least one second, at most thirty. */
export function retryAfterSeconds(job: Pick<JobView, 'steps' | 'lines'>, clock: Clock): number {
  const waits = [...job.steps.filter(step => CURRENT.includes(step.state)).map(step => ofStep(step, clock))];
  const ahead = Math.max(0, ...(job.lines ?? []).map(({ place }) => place - 1));
  if (waits.length === 0 && ahead > 0)
    waits.push(realSeconds(ahead * USUAL_JOB_SECONDS, clock) / ASKED_TIMES);
  const seconds = Math.ceil(Math.min(MOST_SECONDS, ...waits));
  return waits.length === 0 ? 1 : Math.max(seconds, 1);
}

/** A part of what is usual, and not before the job itself looks at the cloud again. */
function ofStep({ kind, waitingFor, undo }: StepView, clock: Clock): number {
  const kinds: Partial<Record<string, KindTraits>> = KINDS;
  const part = realSeconds(kinds[kind]?.usualSeconds ?? USUAL_STEP_SECONDS, clock) / ASKED_TIMES;
  const next = undo ? undo.askAgainAt : waitingFor?.askAgainAt;
  const untilNext = next ? (Date.parse(next) - clock.now().getTime()) / 1000 : 0;
  return Math.max(part, untilNext);
}

function realSeconds(seconds: number, clock: Clock): number {
  return (clock.after(seconds).getTime() - clock.now().getTime()) / 1000;
}
