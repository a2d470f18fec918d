// The Lambda function that walks forwarding rule steps. It bundles the code of this resource kind only. The access key
// of the installation decides what it can do on Alibaba Cloud.
import { alicloudClient } from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { forwardingRuleResource } from '@gatehouse/clouds/alicloud-global-accelerator/forwarding-rule';
import { alicloudConfig } from '../alicloud-key.ts';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({
  forwardingRule: forwardingRuleResource(alicloudClient(alicloudConfig())),
}));

export const handler = lambda(cloud, walkStep);
