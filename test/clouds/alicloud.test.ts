// The contract for every resource of Alibaba Cloud, one line each.
import { alicloudEndpointGroup, alicloudListener } from './alicloud-fixtures.ts';
import { additionalCertificate, forwardingRule } from './alicloud-https-fixtures.ts';
import { resourceContract } from './contract.ts';
import { updateContract } from './update-contract.ts';

for (const subject of [alicloudListener, alicloudEndpointGroup, additionalCertificate, forwardingRule]) {
  resourceContract(subject);
  updateContract(subject);
}
