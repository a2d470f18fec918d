// The Lambda that walks accelerator steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { acceleratorResource } from '@gatehouse/clouds/global-accelerator/accelerator';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ accelerator: acceleratorResource(globalAcceleratorClient()) }));

export const handler = lambda(cloud, walkStep);
