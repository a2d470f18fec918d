// A job's last writes, each repeatable, in this order: the inventory, the job's end with its event, its queues and the next
// job in each, and, once all events are published, `open: false`. After a crash in between, the schedule finds the job,
// because it is still open.

import type { Problem } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { finishEnding } from '../queue/advance.ts';
import { recordInventory } from '../queue/inventory.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import { type Job, type Leftover, toEnded } from '../record/job.ts';
import { outputsOfJob } from '../record/job-outputs.ts';
import { readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';

export interface End {
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'ROLLED_BACK' | 'ROLLBACK_FAILED' | 'REMOVE_FAILED';
  problem?: Problem;
  leftovers?: Leftover[];
}

/** Returns the job afterwards: ended, or unchanged if this end is not allowed. */
export async function endJob(ports: Ports, run: Run, end: End): Promise<Job | undefined> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord || jobRecord.job.attempt !== run.attempt) return jobRecord?.job;
  if (!hasEnded(jobRecord.job.status)) await recordInventory(ports, jobRecord, end.status);
  const at = ports.clock.now().toISOString();
  const outputs = outputsOfJob(jobRecord);
  const job = await changeJob(ports, run.jobId, now =>
    toEnded(now, { ...end, outputs, attempt: run.attempt, at }),
  );
  if (job && hasEnded(job.status)) await finishEnding(ports, job);
  return job;
}
