// The Lambda function of Conclude, for executions of a state machine up to version 4.
import { conclude } from '@gatehouse/core/saga/older-machines';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, conclude);
