// The ports that every function has: the table, the clock, the log. Functions that only read have no others.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { currentStore } from '@gatehouse/core/record/current-store';
import { splitStore } from '@gatehouse/core/record/split-store';
import { scaledClock } from './clock.ts';
import { dynamoDbStore } from './dynamodb-store.ts';
import { readEnvironment } from './environment.ts';
import { log } from './logger.ts';
import { once } from './once.ts';

/** For the AWS services that Gatehouse is built on. */
export const HTTP = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** DynamoDB answers within milliseconds. A second attempt is quicker than a longer wait. */
export const TABLE_CLIENT = {
  maxAttempts: 2,
  requestHandler: { ...HTTP, connectionTimeout: 1_000, requestTimeout: 2_000, socketTimeout: 2_000 },
};

export const table = once(() => ({
  client: new DynamoDBClient(TABLE_CLIENT),
  tableName: readEnvironment().tableName,
}));

export const tablePorts = once((): TablePorts => {
  const { tableName: _, timeScale, ...settings } = readEnvironment();
  const { client, tableName } = table();
  return {
    clock: scaledClock(timeScale),
    store: currentStore(splitStore(dynamoDbStore(client, tableName))),
    log,
    settings,
  };
});
