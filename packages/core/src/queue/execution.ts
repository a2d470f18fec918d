// A job's runs of the state machine. Each is named job and attempt, and its input is a function of both,
// so starting it twice is starting it once.

import type { Ports } from '../ports/ports.ts';
import type { Job } from '../record/job.ts';
import { canonicalJson } from '../record/token.ts';

export const executionName = (job: Pick<Job, 'id' | 'attempt'>) => `${job.id}-${job.attempt}`;

/** The job that a name was given by; undefined for what somebody else has started. */
export function jobOfExecution(name: string): string | undefined {
  return /^(job-[0-9a-f]+)-\d+$/.exec(name)?.[1];
}

/** Starts the current attempt. `ended`: a run of this name is over, and recovery takes the next attempt. */
export async function startExecution(
  ports: Pick<Ports, 'executions'>,
  job: Job,
): Promise<'running' | 'ended'> {
  const input = canonicalJson({ jobId: job.id, attempt: job.attempt });
  return ports.executions.start(executionName(job), input);
}
