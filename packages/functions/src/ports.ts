// The AWS side of core's ports, made once per Lambda instance. What touches no cloud loads no cloud's client.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Log, Ports } from '@gatehouse/core/ports';
import { scaledClock } from './clock.ts';
import { dynamoDbStore } from './dynamodb-store.ts';
import { readEnvironment } from './environment.ts';
import { eventBridgeBus } from './event-bridge.ts';
import { stepFunctionsExecutions } from './step-functions.ts';

export const logger = new Logger({ serviceName: 'gatehouse' });

const HTTP = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** A bus that is slow keeps no job waiting: what is not told now the schedule tells. */
const SOON = { maxAttempts: 2, requestHandler: { ...HTTP, requestTimeout: 2_000 } };

let made: Ports | undefined;

export function ports(): Ports {
  made ??= makePorts();
  return made;
}

function makePorts(): Ports {
  const { tableName, stateMachineArn, eventBusName, timeScale, ...settings } = readEnvironment();
  return {
    clock: scaledClock(timeScale),
    store: dynamoDbStore(new DynamoDBClient({ requestHandler: HTTP }), tableName),
    executions: stepFunctionsExecutions(new SFNClient({ requestHandler: HTTP }), stateMachineArn),
    bus: eventBridgeBus(new EventBridgeClient(SOON), eventBusName),
    log,
    settings,
  };
}

const about = new AsyncLocalStorage<Record<string, unknown>>();

/** Every line that `act` writes to the log carries these keys: of several calls at once, each has its own. */
export function logAbout<T>(keys: Record<string, unknown>, act: () => Promise<T>): Promise<T> {
  return about.run(keys, act);
}

export const log: Log = {
  info: (message, fields) => logger.info(message, { ...about.getStore(), ...fields }),
  warn: (message, fields) => logger.warn(message, { ...about.getStore(), ...fields }),
  error: (message, fields) => logger.error(message, { ...about.getStore(), ...fields }),
};
