// The Lambda function that walks Alibaba listener steps. It bundles the code of this resource kind only. The access key
// of the installation decides what it can do on Alibaba Cloud.
import { alicloudClient } from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { listenerResource } from '@gatehouse/clouds/alicloud-global-accelerator/listener';
import { withResources } from '../cloud-ports.ts';
import { readAlicloud } from '../environment.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ alicloudListener: listenerResource(alicloudClient(readAlicloud())) }));

export const handler = lambda(cloud, walkStep);
