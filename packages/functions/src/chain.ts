// The one middy chain of every function. It sets no time limit of its own: Lambda ends a function at its limit, discards its
// environment and reports `Sandbox.Timedout`. Middy's early timeout would answer instead, and the unfinished work of the invocation
// would continue in the next one.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { logger } from './logger.ts';

export function chain<Event, Answer>(handler: (event: Event) => Promise<Answer>) {
  return middy(handler, { timeoutEarlyInMillis: 0 }).use(injectLambdaContext(logger, { resetKeys: true }));
}
