// The end of an execution whose history is nearly full. One step finds that out and writes it to the job; every later call of a
// step in this attempt then does nothing, so that all lanes settle and Evaluate hands over to the next attempt.
import type { Stored, TablePorts } from '../ports/ports.ts';
import { isEnding, toEnding } from '../record/handover.ts';
import { boundsOf, CALLS_BETWEEN_CHECKS, callsIn } from '../record/history.ts';
import { type Job, jobIndex } from '../record/job.ts';
import type { Entry } from '../record/ledger.ts';
import type { Plan } from '../record/plan.ts';
import { change, jobKey, readJobRecord } from '../record/records.ts';
import type { StepCall } from './step-entry.ts';

/** Whether the call does nothing. `stored`: the entry of the step. Machines up to version 4 cannot hand over. */
export async function endsHere(
  { store, settings }: TablePorts,
  { jobId, attempt, reads }: StepCall,
  { job, plan, stored }: { job: Job; plan: Plan | undefined; stored: Stored<Entry> | undefined },
): Promise<boolean> {
  if (isEnding(job)) return true;
  const { calls } = boundsOf(settings.historyEvents);
  const { callsInAttempt: own = 0 } = stored?.value.attempt === attempt ? stored.value : {};
  // If all steps together have too many calls, one of them has more than its share, or will have it before its next check.
  const share = calls / (plan?.steps.length ?? 1);
  const isDue = own > 0 && own % CALLS_BETWEEN_CHECKS === 0 && own + CALLS_BETWEEN_CHECKS >= share;
  if (reads === undefined || !isDue) return false;
  const jobRecord = await readJobRecord(store, jobId);
  if (!jobRecord || callsIn(jobRecord.ledger, attempt) < calls) return false;
  await change(store, jobKey(jobId), now => now && toEnding(now, attempt), jobIndex);
  return true;
}
