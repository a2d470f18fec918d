// The Lambda that walks Alibaba endpoint group steps. A function of its own, with this resource's code and no other's. What it
// may do on Alibaba Cloud goes with the access key of the installation.
import { alicloudClient } from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { endpointGroupResource } from '@gatehouse/clouds/alicloud-global-accelerator/endpoint-group';
import { withResources } from '../cloud-ports.ts';
import { readAlicloud } from '../environment.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({
  alicloudEndpointGroup: endpointGroupResource(alicloudClient(readAlicloud())),
}));

export const handler = lambda(cloud, walkStep);
