// Finish, the machine's last state: writes the end of a job.
import { Cancelled } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { type Job, toPhase } from '../record/job.ts';
import { readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { endJob } from './ending.ts';
import { unfinishedStep, withoutOutcome } from './evaluate.ts';
import { leftoversOf } from './leftovers.ts';
import type { End } from './walk-phase.ts';

/** Returns the status of the job afterwards. Throws Cancelled if a rollback cause was set before the success was written. */
export async function finish(ports: Ports, { end, ...run }: Run & { end: End }): Promise<{ status: string }> {
  const job = await ENDINGS[end](ports, run);
  return { status: job?.status ?? end };
}

const ENDINGS: Record<End, (ports: Ports, run: Run) => Promise<Job | undefined>> = {
  SUCCEEDED: succeed,
  ROLLED_BACK: endRollback,
  REMOVE_FAILED: endRemoval,
};

/**
 * Ends the job as succeeded. `committing` is written first, so that no rollback cause can be set between the inventory and the
 * end. After a cleanup there is nothing to roll back.
 */
async function succeed(ports: Ports, run: Run): Promise<Job | undefined> {
  const now = await changeJob(ports, run.jobId, job =>
    job.status === 'RUNNING' ? toPhase(job, run.attempt, 'committing') : undefined,
  );
  if (now?.attempt === run.attempt && now.status === 'RUNNING' && now.phase !== 'committing') {
    throw new Cancelled('the job has a rollback cause');
  }
  return endJob(ports, run, { status: 'SUCCEEDED' });
}

/** Either the clouds are as before, or the job names the leftovers exactly. */
async function endRollback(ports: Ports, run: Run): Promise<Job | undefined> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord) throw new Error(`there is no job ${run.jobId}`);
  const leftovers = leftoversOf(jobRecord);
  return endJob(ports, run, { status: leftovers.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLED_BACK', leftovers });
}

/** A removal or a cleanup is never rolled back. */
async function endRemoval(ports: Ports, run: Run): Promise<Job | undefined> {
  const jobRecord = await readJobRecord(ports.store, run.jobId);
  if (!jobRecord) throw new Error(`there is no job ${run.jobId}`);
  const { job, plan } = jobRecord;
  const step = plan && unfinishedStep({ ...jobRecord, plan });
  const problem = job.rollbackCause?.problem ?? withoutOutcome(step);
  return endJob(ports, run, { status: 'REMOVE_FAILED', problem, leftovers: leftoversOf(jobRecord) });
}
