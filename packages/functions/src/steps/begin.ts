// The Lambda function of Begin: checks inventory and clouds before a job's first change, and returns what the attempt
// does next.
import { beginFor } from '@gatehouse/core/saga/older-machines';
import { lambda } from '../lambda.ts';
import { lookingPorts } from '../looking.ts';
import { ports } from '../ports.ts';

export const handler = lambda(() => ({ ...ports(), ...lookingPorts() }), beginFor);
