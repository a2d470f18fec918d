// The target of the state machine's Catch clauses: the failure of a step, or of Begin, becomes the job's rollback cause.
import type { TablePorts } from '../ports/ports.ts';
import { requestRollback } from '../record/change-job.ts';
import type { RollbackCause } from '../record/job.ts';
import { readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';

/** `step` is absent if Begin failed. */
export interface Failed extends Run {
  step?: string;
  failure: { Error: string; Cause?: string };
}

/** Ignores a step that was stopped by the rollback cause itself. The first failure wins. */
export async function recordFailure(ports: TablePorts, failed: Failed): Promise<void> {
  const { jobId, attempt, step, failure } = failed;
  if (failure.Error === 'Cancelled' || failure.Error === 'Superseded') return;
  const jobRecord = await readJobRecord(ports.store, jobId);
  // A step that threw has recorded its problem. If it could not, the recorded problem is an older one with another message.
  const message = causeOf(failure);
  const noted = step ? jobRecord?.ledger.get(step)?.problem : undefined;
  const problem =
    noted?.message === message ? noted : { code: codeOf(failure.Error), message, retryable: false };
  const at = ports.clock.now().toISOString();
  const cause: RollbackCause = { reason: 'failed', at, problem, ...(step ? { step } : {}) };
  await requestRollback(ports.store, { jobId, attempt }, cause);
}

/** Only machines up to version 4 record crashes. Their names are those of AWS. */
function codeOf(name: string): string {
  return name === 'TerminalError' ? 'InternalFailure' : name;
}

function causeOf({ Error: name, Cause }: Failed['failure']): string {
  try {
    const cause: unknown = JSON.parse(Cause ?? '');
    if (typeof cause === 'object' && cause && 'errorMessage' in cause) return String(cause.errorMessage);
  } catch {
    // For its own errors, Step Functions passes plain text.
  }
  return Cause || `the step ended with ${name}`;
}
