// The Lambda of Judge: once all lanes have settled, says which way the job goes from there.
import { judge } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, judge);
