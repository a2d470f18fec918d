// The Lambda that walks accelerator steps. A function of its own, so that its role allows this resource's calls only.
import { globalAcceleratorClient, globalAcceleratorResources } from '@gatehouse/clouds/global-accelerator';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => globalAcceleratorResources(globalAcceleratorClient()));

export const handler = lambda(cloud, walkStep);
