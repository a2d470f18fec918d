import { judge } from '@gatehouse/core/judge';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, judge);
