// The Lambda function of Judge, for executions of a state machine up to version 4.
import { judge } from '@gatehouse/core/saga/older-machines';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, judge);
