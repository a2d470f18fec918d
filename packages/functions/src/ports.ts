// The AWS side of core's ports, made once per Lambda instance. What touches no cloud loads no cloud's client.
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Log, Ports } from '@gatehouse/core/ports';
import { scaledClock } from './clock.ts';
import { dynamoDbStore } from './dynamodb-store.ts';
import { readEnvironment } from './environment.ts';
import { stepFunctionsExecutions } from './step-functions.ts';

export const logger = new Logger({ serviceName: 'gatehouse' });

const HTTP = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

let made: Ports | undefined;

export function ports(): Ports {
  made ??= makePorts();
  return made;
}

function makePorts(): Ports {
  const { tableName, stateMachineArn, timeScale, ...settings } = readEnvironment();
  return {
    clock: scaledClock(timeScale),
    store: dynamoDbStore(new DynamoDBClient({ requestHandler: HTTP }), tableName),
    executions: stepFunctionsExecutions(new SFNClient({ requestHandler: HTTP }), stateMachineArn),
    log: log(logger),
    settings,
  };
}

function log(to: Logger): Log {
  return {
    info: (message, fields = {}) => to.info(message, fields),
    warn: (message, fields = {}) => to.warn(message, fields),
    error: (message, fields = {}) => to.error(message, fields),
  };
}
