// An error that is only probably transient, such as a refusal whose text says that a load balancer is not active yet. It is
// retried for a limited time, far below a job's deadline, and says until when. Then it is permanent.
import { RetryableError, type StepError, TerminalError } from '../ports/errors.ts';
import type { Clock } from '../ports/ports.ts';
import type { Limited } from '../record/ledger.ts';
import type { Direction } from './fence.ts';

/**
 * The error to throw, and the entry's record of its retries. `earlier`: that record as it was. The first of equal errors determines
 * until when they are retried. Any other error is returned as it is.
 */
export function limitedRetry(
  error: StepError,
  earlier: Limited | undefined,
  { direction, clock }: { direction: Direction; clock: Clock },
): { error: StepError; limited?: Limited } {
  if (!(error instanceof RetryableError) || !error.limit) return { error };
  const { code, message, provider, limit } = error;
  const name = `${direction} ${provider?.operation} ${provider?.errorCode}`;
  const until = earlier?.error === name ? earlier.until : clock.after(limit.limitSeconds).toISOString();
  const text = `${message} (retried until ${until})`;
  if (until <= clock.now().toISOString()) {
    return { error: new TerminalError(limit.permanentCode, text, { provider, cause: error }) };
  }
  const retried = new RetryableError(code, text, { provider, limit, cause: error });
  return { error: retried, limited: { error: name, until } };
}
