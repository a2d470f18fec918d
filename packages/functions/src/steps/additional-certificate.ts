// The Lambda that walks additional certificate steps. A function of its own, with this resource's code and no other's. What it
// may do on Alibaba Cloud goes with the access key of the installation.
import { additionalCertificateResource } from '@gatehouse/clouds/alicloud-global-accelerator/additional-certificate';
import { alicloudClient } from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { withResources } from '../cloud-ports.ts';
import { readAlicloud } from '../environment.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({
  additionalCertificate: additionalCertificateResource(alicloudClient(readAlicloud())),
}));

export const handler = lambda(cloud, walkStep);
