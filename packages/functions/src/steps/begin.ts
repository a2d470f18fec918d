import { begin } from '@gatehouse/core/begin';
import { lambda } from '../lambda.ts';
import { lookingPorts } from '../looking.ts';

export const handler = lambda(lookingPorts, begin);
