// The Lambda that walks endpoint group steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { endpointGroupResource } from '@gatehouse/clouds/global-accelerator/endpoint-group';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ endpointGroup: endpointGroupResource(globalAcceleratorClient()) }));

export const handler = lambda(cloud, walkStep);
