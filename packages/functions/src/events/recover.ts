// The schedule: looks at every open job and sets going what stands still.
import { recoverAll } from '@gatehouse/core/saga/recover';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export const handler = lambda(ports, recoverAll);
