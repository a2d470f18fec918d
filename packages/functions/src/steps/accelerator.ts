// The Lambda that walks accelerator steps. A function of its own, so that its role allows this resource's calls only.
import { cloudPorts } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

export const handler = lambda(cloudPorts, walkStep);
