// Checks which endpoint groups our listener can get, against its existing groups and the type of its instance.

import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudLimits } from '@gatehouse/core/request/alicloud/limits';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import type { Accelerator } from './client.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';

type Groups = AlicloudRequest['endpointGroups'];
type Group = Groups[number];

interface Context {
  /** All groups on the listener. */
  existing: GroupAnswer[];
  /** Cloud ids of the resources that the entry point owns. */
  ours: readonly string[];
}

export function groupFindings(
  { listener, endpointGroups }: AlicloudRequest,
  instance: Accelerator,
  { existing, ours }: Context,
): Finding[] {
  if (!listener) return [];
  const foreign = existing.filter(({ EndpointGroupId }) => !ours.includes(EndpointGroupId));
  return [
    ...takenByOthers(endpointGroups, foreign),
    ...(isRestricted(instance, listener.protocol) ? subscriptionFindings(endpointGroups) : []),
  ];
}

/** Fewer for HTTP and HTTPS on a subscription instance. */
export function mostDefaultGroups(
  instance: Accelerator | undefined,
  protocol: string,
  { defaultGroups }: AlicloudLimits,
): number {
  return instance && isRestricted(instance, protocol) ? 1 : defaultGroups;
}

function isRestricted({ InstanceChargeType }: Accelerator, protocol: string): boolean {
  return InstanceChargeType === 'PREPAY' && (protocol === 'HTTP' || protocol === 'HTTPS');
}

/** The key of a default group is its region, that of a virtual group its name. */
export function isSame({ type, region, name }: Group, existing: GroupAnswer): boolean {
  if ((existing.EndpointGroupType ?? 'default') !== type) return false;
  return type === 'default' ? existing.EndpointGroupRegion === region : existing.Name === name;
}

const KEY_OF = { default: 'region', virtual: 'name' } as const;

function takenByOthers(groups: Groups, foreign: GroupAnswer[]): Finding[] {
  return groups.flatMap((group, index) =>
    foreign
      .filter(each => isSame(group, each))
      .map(each => ({
        pointer: `/endpointGroups/${index}/${KEY_OF[group.type]}`,
        code: 'AlreadyExists' as const,
        detail: `the listener already has a foreign ${group.type} group with this key, ${each.EndpointGroupId}; it can have one`,
      })),
  );
}

/** The limits of HTTP and HTTPS listeners on a subscription instance. */
function subscriptionFindings(groups: Groups): Finding[] {
  const defaults = groups.filter(({ type }) => type === 'default');
  const regions = defaults.map(({ region }) => region);
  const elsewhere = groups.flatMap(({ type, region }, index) =>
    type === 'virtual' && !regions.includes(region) ? [index] : [],
  );
  const many = `have ${defaults.length} default groups; an HTTP or HTTPS listener of a subscription instance has one`;
  return [
    ...(defaults.length > 1
      ? [{ pointer: '/endpointGroups', code: 'ServiceLimitExceeded' as const, detail: many }]
      : []),
    ...elsewhere.map(index => ({
      pointer: `/endpointGroups/${index}/region`,
      code: 'InvalidRequest' as const,
      detail: `must be ${regions.join(' or ')}: on a subscription instance a virtual group must be in the region of the default group`,
    })),
  ];
}
