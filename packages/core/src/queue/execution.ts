// A job's executions of the state machine. The name of each is job and attempt, and its input is a function of both, so a
// second start has no effect.

import type { Ports } from '../ports/ports.ts';
import type { Job } from '../record/job.ts';
import { canonicalJson } from '../record/token.ts';

export const executionName = (job: Pick<Job, 'id' | 'attempt'>) => `${job.id}-${job.attempt}`;

/** The job of an execution, by its name; undefined for foreign executions. */
export function jobOfExecution(name: string): string | undefined {
  return /^(job-[0-9a-f]+)-\d+$/.exec(name)?.[1];
}

/** Starts the current attempt. `ended`: an execution of this name has ended, and recovery starts the next attempt. */
export async function startExecution(
  ports: Pick<Ports, 'executions'>,
  job: Job,
): Promise<'running' | 'ended'> {
  const input = canonicalJson({ jobId: job.id, attempt: job.attempt });
  return ports.executions.start(executionName(job), input);
}
