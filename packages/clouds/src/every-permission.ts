// The permissions of every kind of resource, by cloud API. A missing kind is a type error.
import type { Kind } from '@gatehouse/core/ports/kind';
import * as alicloud from './alicloud-global-accelerator/permissions.ts';
import * as classicElb from './classic-elb/permissions.ts';
import * as globalAccelerator from './global-accelerator/permissions.ts';
import type { Permission } from './permission.ts';
import * as vpcLattice from './vpc-lattice/permissions.ts';

export const PERMISSIONS: Record<Kind, readonly Permission[]> = {
  ...globalAccelerator.PERMISSIONS,
  ...vpcLattice.PERMISSIONS,
  ...classicElb.PERMISSIONS,
  ...alicloud.PERMISSIONS,
};

export const PREFLIGHT: readonly Permission[] = [
  ...globalAccelerator.preflight,
  ...vpcLattice.preflight,
  ...classicElb.preflight,
];
