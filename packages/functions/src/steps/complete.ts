// The Lambda of Complete: writes the end of a job that has done all that was asked.
import { complete } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, complete);
