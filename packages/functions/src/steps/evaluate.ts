// The Lambda function of Evaluate: once all lanes have settled, decides what the job does next.
import { evaluate } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, evaluate);
