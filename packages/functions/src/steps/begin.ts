// The Lambda of Begin: looks at inventory and clouds before a job's first change, and says which way an attempt goes.
import { beginFor } from '@gatehouse/core/saga/older-machines';
import { lambda } from '../lambda.ts';
import { lookingPorts } from '../looking.ts';
import { ports } from '../ports.ts';

export const handler = lambda(() => ({ ...ports(), ...lookingPorts() }), beginFor);
