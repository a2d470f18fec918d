// The transitions of a job whose execution ends because its history is nearly full. The next attempt goes on in the same direction
// and phase, with the same time limits and waits. It is no try, because nothing has failed.
import { hasEnded } from './events.ts';
import type { Job } from './job.ts';

/** The steps of this attempt do nothing more, so that its walk ends soon. */
export function toEnding(job: Job, attempt: number): Job | undefined {
  if (hasEnded(job.status) || job.attempt !== attempt || isEnding(job)) return undefined;
  return { ...job, handover: { ...job.handover, ending: attempt } };
}

export function isEnding({ attempt, handover }: Job): boolean {
  return handover?.ending === attempt;
}

/** The next attempt. `step`: the first one of its first part, unless the phase has no steps. */
export function toHandedOver(job: Job, attempt: number, step: string | undefined): Job | undefined {
  if (hasEnded(job.status) || job.attempt !== attempt) return undefined;
  const next = attempt + 1;
  return {
    ...job,
    attempt: next,
    handover: { attempt: next, first: firstAttempt(job), ...(step ? { step } : {}) },
  };
}

/** The step with which an attempt begins, if another one has handed over to it. */
export function firstStep({ attempt, handover }: Job): string | undefined {
  return handover?.attempt === attempt ? handover.step : undefined;
}

/** The first of the attempts that have handed over to one another, up to the present one. */
export function firstAttempt({ attempt, handover }: Job): number {
  return handover?.attempt === attempt ? (handover.first ?? attempt) : attempt;
}
