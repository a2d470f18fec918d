// The Lambda function that walks Alibaba endpoint group steps. It bundles the code of this resource kind only. The
// access key of the installation decides what it can do on Alibaba Cloud.
import { alicloudClient } from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { endpointGroupResource } from '@gatehouse/clouds/alicloud-global-accelerator/endpoint-group';
import { alicloudConfig } from '../alicloud-key.ts';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({
  alicloudEndpointGroup: endpointGroupResource(alicloudClient(alicloudConfig())),
}));

export const handler = lambda(cloud, walkStep);
