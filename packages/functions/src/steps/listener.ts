// The Lambda that walks listener steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { listenerResource } from '@gatehouse/clouds/global-accelerator/listener';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ listener: listenerResource(globalAcceleratorClient()) }));

export const handler = lambda(cloud, walkStep);
