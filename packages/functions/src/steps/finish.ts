// The Lambda function of Finish: writes the end of a job.
import { finish } from '@gatehouse/core/saga/finish';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, finish);
