// The handler of the functions that the state machine, the rules and the schedule call. The logic gets its
// ports as an argument. An error leaves with a name that the machine's Retry and Catch match.
import { toStepError } from '@gatehouse/core/ports/errors';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { forOneInvocation } from '@gatehouse/core/record/remembering-store';
import { chain } from './chain.ts';
import { logger } from './logger.ts';

export function lambda<P extends TablePorts, Event, Answer>(
  world: () => P,
  logic: (ports: P, event: Event) => Promise<Answer>,
) {
  return chain((event: Event) => logic(forOneInvocation(world()), event)).use({
    onError: request => {
      const error = toStepError(request.error);
      const level = error.name === 'TerminalError' ? 'error' : 'info';
      logger[level](error.message, { error, ...eventKeys(request.event) });
      request.error = error;
    },
  });
}

/** The keys of the call, so that all log lines of one job can be found together. */
function eventKeys(event: unknown): Record<string, unknown> {
  if (typeof event !== 'object' || event === null) return {};
  const keys = ['jobId', 'attempt', 'step', 'act'];
  return Object.fromEntries(Object.entries(event).filter(([key]) => keys.includes(key)));
}
