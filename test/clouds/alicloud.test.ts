// The contract for the resources of Alibaba Cloud that have a natural key of their own.
import { additionalCertificate, alicloudEndpointGroup, alicloudListener } from './alicloud-fixtures.ts';
import { resourceContract } from './contract.ts';

resourceContract(alicloudListener);
resourceContract(alicloudEndpointGroup);
resourceContract(additionalCertificate);
