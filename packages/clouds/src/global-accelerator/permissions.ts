// The permissions of each Global Accelerator resource. The ARNs of listeners and groups begin with that of their accelerator,
// and are unknown before the creation.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

const SERVICE = 'globalaccelerator';
const ACCELERATORS = 'globalaccelerator::{account}:accelerator/*';
const LISTENERS = `${ACCELERATORS}/listener/*`;
const GROUPS = `${LISTENERS}/endpoint-group/*`;

const accelerator: Permission[] = [
  { service: SERVICE, operations: ['DescribeAccelerator'], on: ACCELERATORS },
];

const listener: Permission[] = [
  { service: SERVICE, operations: ['CreateListener', 'ListListeners'], on: ACCELERATORS },
  {
    service: SERVICE,
    operations: ['DescribeListener', 'UpdateListener', 'DeleteListener', 'ListEndpointGroups'],
    on: LISTENERS,
  },
  // Foreign groups on a listener that is deleted.
  { service: SERVICE, operations: ['DeleteEndpointGroup'], on: GROUPS },
];

const endpointGroup: Permission[] = [
  { service: SERVICE, operations: ['CreateEndpointGroup', 'ListEndpointGroups'], on: LISTENERS },
  {
    service: SERVICE,
    operations: [
      'DescribeEndpointGroup',
      'UpdateEndpointGroup',
      'DeleteEndpointGroup',
      'AddEndpoints',
      'RemoveEndpoints',
    ],
    on: GROUPS,
  },
];

/** The preflight and the quota warnings. */
export const preflight: Permission[] = [
  { service: SERVICE, operations: ['DescribeAccelerator', 'ListListeners'], on: ACCELERATORS },
  { service: SERVICE, operations: ['ListEndpointGroups'], on: LISTENERS },
];

/** By kind. */
export const PERMISSIONS = { accelerator, listener, endpointGroup } satisfies Partial<
  Record<Kind, readonly Permission[]>
>;
