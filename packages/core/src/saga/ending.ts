// A job's last writes, each repeatable, in this order: inventory, the job's end with its event, its lines and
// the next in them, and last, once all is told, the note that nothing is left to do. A crash between two is found by
// the schedule, as the job is still open.

import type { Problem } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { finishEnding } from '../queue/advance.ts';
import { recordInventory } from '../queue/inventory.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import { type Job, type Leftover, toEnded } from '../record/job.ts';
import { readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';

export interface End {
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'ROLLED_BACK' | 'ROLLBACK_FAILED' | 'REMOVE_FAILED';
  problem?: Problem;
  leftovers?: Leftover[];
}

/** Gives the job as it stands afterwards: ended so, or, where that end is not allowed (any more), as it was. */
export async function endJob(ports: Ports, run: Run, end: End): Promise<Job | undefined> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord || jobRecord.job.attempt !== run.attempt) return jobRecord?.job;
  if (!hasEnded(jobRecord.job.status)) await recordInventory(ports, jobRecord, end.status);
  const at = ports.clock.now().toISOString();
  const job = await changeJob(ports, run.jobId, now => toEnded(now, { ...end, attempt: run.attempt, at }));
  if (job && hasEnded(job.status)) await finishEnding(ports, job);
  return job;
}
