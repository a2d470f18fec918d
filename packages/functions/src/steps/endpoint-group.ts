// The Lambda function that walks endpoint group steps. It bundles the code of this resource kind only, so that its role
// allows only the calls of this kind.
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { endpointGroupResource } from '@gatehouse/clouds/global-accelerator/endpoint-group';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ endpointGroup: endpointGroupResource(globalAcceleratorClient()) }));

export const handler = lambda(cloud, walkStep);
