// The Lambda function of Complete, for executions of a state machine up to version 4.
import { complete } from '@gatehouse/core/saga/older-machines';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, complete);
