// The Lambda of Evaluate: once all lanes have settled, decides where the job goes from there.
import { evaluate } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, evaluate);
