// The contract for the resources of Alibaba Cloud that have a natural key of their own, and for what updates stand on.
import { additionalCertificate, alicloudEndpointGroup, alicloudListener } from './alicloud-fixtures.ts';
import { resourceContract } from './contract.ts';
import { updateContract } from './update-contract.ts';

resourceContract(alicloudListener);
resourceContract(alicloudEndpointGroup);
resourceContract(additionalCertificate);
updateContract(alicloudListener);
updateContract(alicloudEndpointGroup);
