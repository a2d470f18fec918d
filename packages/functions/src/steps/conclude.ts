// The Lambda of Conclude: ends a job that went backward, or has it restored what had to go first.
import { conclude } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, conclude);
