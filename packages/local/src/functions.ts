// The functions of the local stack, with the time limits that a deployment gives them. Each is loaded at its first call.
import { FUNCTIONS, OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { EVENT_FUNCTIONS } from '@gatehouse/functions/events/rules';
import type { Handler, LocalFunction } from './lambda/lambdas.ts';

/** Returns a handler by its file in the functions' package, such as `steps/begin`. */
export type HandlerOf = (file: string) => Promise<Handler>;

const API_TIMEOUT_SECONDS = 30;

export function localFunctions(handlerOf: HandlerOf = handlerInSource): Record<string, LocalFunction> {
  const entry = (name: string, folder: string, timeoutSeconds: number): [string, LocalFunction] => [
    name,
    { timeoutSeconds, load: () => handlerOf(`${folder}/${name}`) },
  ];
  return Object.fromEntries([
    ...Object.entries({ ...FUNCTIONS, ...OLDER_FUNCTIONS }).map(([name, { timeoutSeconds }]) =>
      entry(name, 'steps', timeoutSeconds),
    ),
    ...[...Object.values(ROUTES), DEFAULT_ROUTE].map(name => entry(name, 'api', API_TIMEOUT_SECONDS)),
    ...Object.entries(EVENT_FUNCTIONS).map(([name, { timeoutSeconds }]) =>
      entry(name, 'events', timeoutSeconds),
    ),
  ]);
}

async function handlerInSource(file: string): Promise<Handler> {
  const { handler }: { handler: Handler } = await import(`@gatehouse/functions/${file}`);
  return handler;
}
