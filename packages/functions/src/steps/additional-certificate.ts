// The Lambda that walks additional certificate steps. What it may do on Alibaba Cloud goes with the access key of the installation.
import { alicloudClient, alicloudResources } from '@gatehouse/clouds/alicloud-global-accelerator';
import { withResources } from '../cloud-ports.ts';
import { readAlicloud } from '../environment.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => alicloudResources(alicloudClient(readAlicloud())));

export const handler = lambda(cloud, walkStep);
