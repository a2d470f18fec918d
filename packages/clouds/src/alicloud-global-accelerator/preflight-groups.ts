// What stands on a listener of ours, and what kind of instance it is on, decide which endpoint groups it can get. What is
// dropped goes last, so until then it takes the place of what is to come.

import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudLimits } from '@gatehouse/core/request/alicloud/limits';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import type { Accelerator } from './client.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';

type Groups = AlicloudRequest['endpointGroups'];
type Group = Groups[number];

interface Around {
  /** All groups on the listener. */
  standing: GroupAnswer[];
  /** Cloud ids of what the entry point owns. */
  ours: readonly string[];
  limits: AlicloudLimits;
}

export function groupFindings(
  { listener, endpointGroups }: AlicloudRequest,
  { InstanceChargeType }: Accelerator,
  { standing, ours, limits }: Around,
): Finding[] {
  if (!listener) return [];
  const foreign = standing.filter(({ EndpointGroupId }) => !ours.includes(EndpointGroupId));
  const { protocol } = listener;
  const alone = InstanceChargeType === 'PREPAY' && (protocol === 'HTTP' || protocol === 'HTTPS');
  const most = {
    default: alone ? 1 : limits.defaultGroups,
    virtual: limits.virtualGroups[protocol],
  };
  return [
    ...takenByOthers(endpointGroups, foreign),
    ...(alone ? subscriptionFindings(endpointGroups) : []),
    ...withoutRoom(endpointGroups, standing, most),
  ];
}

/** A default group is known by its region, a virtual one by its name. */
function isSame({ type, region, name }: Group, standing: GroupAnswer): boolean {
  if ((standing.EndpointGroupType ?? 'default') !== type) return false;
  return type === 'default' ? standing.EndpointGroupRegion === region : standing.Name === name;
}

const KNOWN_BY = { default: 'region', virtual: 'name' } as const;

function takenByOthers(groups: Groups, foreign: GroupAnswer[]): Finding[] {
  return groups.flatMap((group, index) =>
    foreign
      .filter(each => isSame(group, each))
      .map(each => ({
        pointer: `/endpointGroups/${index}/${KNOWN_BY[group.type]}`,
        code: 'AlreadyExists' as const,
        detail: `the listener has such a ${group.type} group that is not of this entry point, ${each.EndpointGroupId}; it can have one`,
      })),
  );
}

/** Of what there would be room for alone, and is not beside what goes after it. */
function withoutRoom(
  groups: Groups,
  standing: GroupAnswer[],
  most: Record<Group['type'], number>,
): Finding[] {
  return groups.flatMap((group, index) => {
    const { type } = group;
    const asked = groups.filter(each => each.type === type);
    const leaving = standing.filter(
      each => (each.EndpointGroupType ?? 'default') === type && !asked.some(kept => isSame(kept, each)),
    );
    const comes = !standing.some(each => isSame(group, each));
    if (!comes || leaving.length === 0 || asked.length > most[type]) return [];
    if (asked.length + leaving.length <= most[type]) return [];
    const ids = leaving.map(({ EndpointGroupId }) => EndpointGroupId).join(', ');
    return [
      {
        pointer: `/endpointGroups/${index}/${KNOWN_BY[type]}`,
        code: 'ServiceLimitExceeded' as const,
        detail: `the listener can have ${most[type]} ${type} group${most[type] === 1 ? '' : 's'}, and ${ids} goes only once the new one serves; leave the old one out in an update of its own first, or keep its ${KNOWN_BY[type]}`,
      },
    ];
  });
}

/** What a subscription instance has behind HTTP and HTTPS. */
function subscriptionFindings(groups: Groups): Finding[] {
  const defaults = groups.filter(({ type }) => type === 'default');
  const regions = defaults.map(({ region }) => region);
  const elsewhere = groups.flatMap(({ type, region }, index) =>
    type === 'virtual' && !regions.includes(region) ? [index] : [],
  );
  const many = `have ${defaults.length} default groups; a subscription instance has one behind HTTP and HTTPS`;
  return [
    ...(defaults.length > 1
      ? [{ pointer: '/endpointGroups', code: 'ServiceLimitExceeded' as const, detail: many }]
      : []),
    ...elsewhere.map(index => ({
      pointer: `/endpointGroups/${index}/region`,
      code: 'InvalidRequest' as const,
      detail: `must be ${regions.join(' or ')}: on a subscription instance a virtual group is in the region of the default one`,
    })),
  ];
}
