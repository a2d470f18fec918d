// The permissions of every kind of resource, by cloud API. The compiler holds that no kind is left out.
import type { Kind } from '@gatehouse/core/ports/kind';
import * as classicElb from './classic-elb/permissions.ts';
import * as globalAccelerator from './global-accelerator/permissions.ts';
import type { Permission } from './permission.ts';
import * as vpcLattice from './vpc-lattice/permissions.ts';

export const PERMISSIONS: Record<Kind, readonly Permission[]> = {
  listener: globalAccelerator.listener,
  endpointGroup: globalAccelerator.endpointGroup,
  accelerator: globalAccelerator.accelerator,
  targetGroup: vpcLattice.targetGroup,
  targets: vpcLattice.targets,
  stickinessPolicy: classicElb.stickinessPolicy,
  policyAttachment: classicElb.policyAttachment,
  // What Alibaba Cloud allows goes with its access key: an AWS role has no part in it.
  alicloudListener: [],
  additionalCertificate: [],
  alicloudEndpointGroup: [],
  forwardingRule: [],
};

export const PREFLIGHT: readonly Permission[] = [
  ...globalAccelerator.preflight,
  ...vpcLattice.preflight,
  ...classicElb.preflight,
];
