// The bounded collections of Alibaba Cloud Global Accelerator that a request takes part in: listeners of its instance, and
// everything on its listener. The numbers are the vendor's current defaults, of docs/clouds; the maximum is that of the profile.
import { groupKey } from '@gatehouse/core/kinds/alicloud-endpoint-group';
import { type Collection, collectionOf, valuesOf } from '@gatehouse/core/kinds/collections';
import type { AlicloudLimits, AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { MAX_ADDITIONAL_CERTIFICATES } from '@gatehouse/core/request/alicloud/listener-members';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { allCertificates } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';
import { allRules } from './forwarding-rule.ts';
import { allListeners } from './listener.ts';
import { isSame, mostDefaultGroups } from './preflight-groups.ts';
import { ruleOf } from './rules.ts';

/** Listeners on an instance, by profile. */
const LISTENERS: Record<AlicloudProfile, number> = { guide: 10, current: 50 };
const [DEFAULT_GROUPS, VIRTUAL_GROUPS, ENDPOINTS] = [2, 10, 4];
const [RULES, CONDITION_VALUES] = [20, 40];

export interface Account {
  profile: AlicloudProfile;
  limits: AlicloudLimits;
  /** Cloud ids of the resources that the entry point owns. */
  ours: readonly string[];
}

export async function collections(
  client: GaClient,
  { listener, endpointGroups }: AlicloudRequest,
  { profile, limits, ours }: Account,
): Promise<Collection[]> {
  if (!listener) return [];
  const { acceleratorId, protocol } = listener;
  const listeners = await allListeners(client, acceleratorId);
  const own = listeners.find(({ ListenerId }) => ours.includes(ListenerId));
  const id = own?.ListenerId;
  const groups = id ? await allGroups(client, acceleratorId, id) : [];
  const rules = id && own.Protocol !== 'UDP' ? await allRules(client, acceleratorId, id) : [];
  const certificates = id && own.Protocol === 'HTTPS' ? await allCertificates(client, acceleratorId, id) : [];
  const on = `on listener ${listener.name ?? protocol}`;
  const typed = (type: string) => groups.filter(each => (each.EndpointGroupType ?? 'default') === type);
  const most = {
    default: mostDefaultGroups(await client.accelerator(acceleratorId), protocol, limits),
    virtual: limits.virtualGroups[protocol],
  };
  // The guide has fixed limits for groups and endpoints, and so have requests.
  const raisable = (quota: number) => (profile === 'guide' ? { isKnown: true as const } : { quota });
  const all: Omit<Collection, 'cloud'>[] = [
    {
      key: collectionOf.listeners(acceleratorId),
      of: `listeners on instance ${acceleratorId}`,
      now: listeners.length,
      quota: LISTENERS[profile],
    },
    ...(['default', 'virtual'] as const).map(type => ({
      key: collectionOf.endpointGroups(acceleratorId, type),
      of: `${type} groups ${on}`,
      now: typed(type).length,
      most: most[type],
      ...raisable({ default: DEFAULT_GROUPS, virtual: VIRTUAL_GROUPS }[type]),
    })),
    ...endpointGroups.map(group => ({
      key: collectionOf.endpoints(acceleratorId, groupKey(group)),
      of: `endpoints in group ${group.name ?? group.region}`,
      now: endpointsIn(groups.find(each => isSame(group, each))),
      most: limits.endpointsPerGroup,
      ...raisable(ENDPOINTS),
    })),
    {
      key: collectionOf.rules(acceleratorId),
      of: `forwarding rules ${on}`,
      now: rules.length,
      most: limits.forwardingRules[protocol],
      quota: RULES,
    },
    {
      key: collectionOf.conditionValues(acceleratorId),
      of: `values in the conditions of forwarding rules ${on}`,
      now: valuesOf(rules.map(ruleOf)),
      most: limits.conditionValues,
      quota: CONDITION_VALUES,
    },
    {
      key: collectionOf.certificates(acceleratorId),
      of: `additional certificates ${on}`,
      now: certificates.length,
      most: MAX_ADDITIONAL_CERTIFICATES,
    },
  ];
  return all.map(collection => ({ ...collection, cloud: 'Alibaba Cloud' }));
}

function endpointsIn(group: GroupAnswer | undefined): number {
  return group?.EndpointConfigurations.length ?? 0;
}
