// The Lambda function that records why a step, or Begin, failed, so that the job rolls back.
import { recordFailure } from '@gatehouse/core/saga/record-failure';
import { lambda } from '../lambda.ts';
import { tablePorts } from '../table-ports.ts';

export const handler = lambda(tablePorts, recordFailure);
