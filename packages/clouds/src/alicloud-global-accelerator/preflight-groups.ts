// Checks which endpoint groups our listener can get, against its existing groups and the type of its instance. Dropped groups
// are deleted last, so until then they count against the limits.

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
  limits: AlicloudLimits;
}

export function groupFindings(
  { listener, endpointGroups }: AlicloudRequest,
  { InstanceChargeType }: Accelerator,
  { existing, ours, limits }: Context,
): Finding[] {
  if (!listener) return [];
  const foreign = existing.filter(({ EndpointGroupId }) => !ours.includes(EndpointGroupId));
  const { protocol } = listener;
  const restricted = InstanceChargeType === 'PREPAY' && (protocol === 'HTTP' || protocol === 'HTTPS');
  const most = {
    default: restricted ? 1 : limits.defaultGroups,
    virtual: limits.virtualGroups[protocol],
  };
  return [
    ...takenByOthers(endpointGroups, foreign),
    ...(restricted ? subscriptionFindings(endpointGroups) : []),
    ...withoutRoom(endpointGroups, existing, most),
  ];
}

/** The key of a default group is its region, that of a virtual group its name. */
function isSame({ type, region, name }: Group, existing: GroupAnswer): boolean {
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

/** New groups that exceed the limit only together with dropped groups, which are deleted afterwards. */
function withoutRoom(
  groups: Groups,
  existing: GroupAnswer[],
  most: Record<Group['type'], number>,
): Finding[] {
  return groups.flatMap((group, index) => {
    const { type } = group;
    const requested = groups.filter(each => each.type === type);
    const leaving = existing.filter(
      each => (each.EndpointGroupType ?? 'default') === type && !requested.some(kept => isSame(kept, each)),
    );
    const isNew = !existing.some(each => isSame(group, each));
    if (!isNew || leaving.length === 0 || requested.length > most[type]) return [];
    if (requested.length + leaving.length <= most[type]) return [];
    const ids = leaving.map(({ EndpointGroupId }) => EndpointGroupId).join(', ');
    return [
      {
        pointer: `/endpointGroups/${index}/${KEY_OF[type]}`,
        code: 'ServiceLimitExceeded' as const,
        detail: `the listener can have ${most[type]} ${type} group${most[type] === 1 ? '' : 's'}, and ${ids} is deleted only after the new one is ready; remove the old one in a separate update first, or keep its ${KEY_OF[type]}`,
      },
    ];
  });
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
