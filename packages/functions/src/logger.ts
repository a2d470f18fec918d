// The log of every function: one line of JSON per entry, with the keys of its call.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '@gatehouse/core/ports/ports';

export const logger = new Logger({ serviceName: 'gatehouse' });

const about = new AsyncLocalStorage<Record<string, unknown>>();

/** Adds these keys to every log line that `act` writes. Simultaneous calls have separate keys. */
export function logAbout<T>(keys: Record<string, unknown>, act: () => Promise<T>): Promise<T> {
  return about.run(keys, act);
}

export const log: Log = {
  info: (message, fields) => logger.info(message, { ...about.getStore(), ...fields }),
  warn: (message, fields) => logger.warn(message, { ...about.getStore(), ...fields }),
  error: (message, fields) => logger.error(message, { ...about.getStore(), ...fields }),
};
