// The schedule: checks every open job and resumes those that have stopped.
import { recoverAll } from '@gatehouse/core/saga/recover';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, recoverAll);
