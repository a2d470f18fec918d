// The contract for every resource, one line each.
import { resourceContract } from './contract.ts';
import { appCookiePolicy, policyAttachment, stickinessPolicy } from './elb-fixtures.ts';
import { endpointGroup, listener } from './fixtures.ts';
import { targetGroup, targets } from './lattice-fixtures.ts';
import { updateContract } from './update-contract.ts';

for (const subject of [
  listener,
  endpointGroup,
  targetGroup,
  targets,
  stickinessPolicy,
  appCookiePolicy,
  policyAttachment,
]) {
  resourceContract(subject);
  updateContract(subject);
}
