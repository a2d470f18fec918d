import { begin } from '@gatehouse/core/begin';
import { cloudPorts } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';

export const handler = lambda(cloudPorts, begin);
