import { begin } from '@gatehouse/core/begin';
import { lambda } from '../lambda.ts';
import { lookingPorts } from '../looking.ts';
import { ports } from '../ports.ts';

export const handler = lambda(() => ({ ...ports(), ...lookingPorts() }), begin);
