// An endpoint group of an Alibaba Cloud listener, default or virtual. Others can put endpoints of their own into it. One call
// sets its whole list of endpoints.

import { isDeepStrictEqual } from 'node:util';
import type { Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { AlicloudEndpointGroupSpec } from '../request/alicloud/endpoint-group.ts';
import {
  ALICLOUD_ENDPOINT,
  ALICLOUD_ENDPOINT_GROUP,
  MAX_ENDPOINTS,
  MAX_PORT_OVERRIDES,
  MAX_TAGS,
} from '../request/alicloud/endpoint-group-members.ts';
import { endpointIdentity } from '../request/alicloud/endpoint-identity.ts';
import { ownerIn } from '../request/aws/own-tags.ts';
import { defaultsOf } from '../request/member-table.ts';
import type { Use } from '../request/permission.ts';
import type { DesiredByKind } from '../request/request.ts';
import { instanceOf, isHttp, USUAL_CHANGE_SECONDS } from './alicloud-listener.ts';
import { collectionOf } from './collections.ts';
import { defaultsOfOmitted, omittedDefaults, retainedOf } from './omitted.ts';
import { afterProtocolChange, beforeProtocolChange } from './protocol-change.ts';
import { callsWithTags, droppedTags } from './tag-changes.ts';
import type { KindTraits } from './traits.ts';
import { inRegion, named, portsOfGroup } from './uses.ts';
import { LISTENER, wanted } from './wanted.ts';

type Group = DesiredByKind['alicloudEndpointGroup'];

export const alicloudEndpointGroup: KindTraits<'alicloudEndpointGroup'> = {
  cloud: 'alicloud',
  part: 'endpointGroups',
  steps: ({ listener, endpointGroups }) => (listener ? stepsOf(endpointGroups, listener) : []),
  uses: ({ endpointGroups }) => endpointGroups.flatMap(usesOf),
  parents: { listenerId: 'alicloudListener' },
  lane: instanceOf,
  oneAtATime: true,
  droppedFrom: ({ desired }, owned) => ({
    ...droppedEndpoints(desired, owned.desired),
    ...droppedTags(desired.tags, owned.desired.tags),
  }),
  defaults,
  resetOmitted: (step, owned, wanted) =>
    isBehindHttp(step, wanted) ? {} : resetFlags(step.desired, owned.desired),
  omittedButRetained: ({ desired }, owned) => retainedOf(ALICLOUD_ENDPOINT_GROUP, desired, owned.desired),
  // Gatehouse sets no owner tag here, but a person can have set one.
  ownerOf: ownerIn,
  countsIn: group => ({
    [collectionOf.endpointGroups(group.acceleratorId, group.type)]: 1,
    [collectionOf.endpoints(group.acceleratorId, groupKey(group))]: group.endpoints.length,
  }),
  // Whether the cloud deletes the last default group while there are virtual ones is not documented.
  fallsWith: ({ desired }, gone, inventory) =>
    desired.type === 'virtual' &&
    gone.size > 0 &&
    inventory.every(each => !isDefaultGroup(each) || gone.has(each.step)),
  foreignDependents: true,
  replacement: 'gap',
  beforeParentUpdate: beforeProtocolChange,
  afterPreparation: afterProtocolChange,
  calls: callsWithTags,
  bounds: { endpoints: MAX_ENDPOINTS, tags: MAX_TAGS, portOverrides: MAX_PORT_OVERRIDES },
  boundsInCloud: { tags: MAX_TAGS },
  health: true,
  usualSeconds: USUAL_CHANGE_SECONDS,
};

/** The key of a default group is its region, that of a virtual group its name. */
export const groupKey = ({ type, region, name }: Pick<Group, 'type' | 'region' | 'name'>) =>
  type === 'virtual' ? `virtual/${name}` : region;

function isDefaultGroup({ kind, desired }: Owned): boolean {
  return kind === 'alicloudEndpointGroup' && 'type' in desired && desired.type === 'default';
}

/**
 * Endpoints that the entry point has in the group and that the spec drops. The call that sets the others removes them, because
 * the group may not have room for both.
 */
function droppedEndpoints(desired: Group, before: Group): { dropped?: string[] } {
  const wanted = new Set(desired.endpoints.map(endpointIdentity));
  const identities = before.endpoints.map(endpointIdentity);
  const dropped = identities.filter(identity => !wanted.has(identity));
  return dropped.length > 0 ? { dropped } : {};
}

function isBehindHttp({ needs }: Step<'alicloudEndpointGroup'>, wanted: readonly Step[]): boolean {
  const listener = wanted.find(({ id }) => id === needs['listenerId']);
  return listener?.kind === 'alicloudListener' && isHttp(listener.desired.protocol);
}

function defaults(step: Step<'alicloudEndpointGroup'>, wanted: readonly Step[]): Members {
  const { endpointRequestProtocol, ...usual } = defaultsOf(ALICLOUD_ENDPOINT_GROUP, step.desired);
  const all = isBehindHttp(step, wanted) ? { ...usual, endpointRequestProtocol } : usual;
  return omittedDefaults(all, step.desired);
}

/** For endpoints that stay. Behind HTTP, the flags cannot be off and have no effect. */
function resetFlags(desired: Group, before: Group): Members {
  const earlier = new Map(before.endpoints.map(each => [endpointIdentity(each), each]));
  const endpoints = desired.endpoints.map(each => {
    const off = defaultsOf(ALICLOUD_ENDPOINT, each);
    return { ...each, ...defaultsOfOmitted(off, each, earlier.get(endpointIdentity(each)) ?? {}) };
  });
  return isDeepStrictEqual(endpoints, desired.endpoints) ? {} : { endpoints };
}

function usesOf(group: AlicloudEndpointGroupSpec, index: number): Use[] {
  const path = ['endpointGroups', index];
  return [
    ...inRegion(group, path),
    ...group.endpoints.flatMap((endpoint, at) => usesOfEndpoint(endpoint, [...path, 'endpoints', at])),
    ...portsOfGroup(group, path),
  ];
}

/** The case of a domain name has no meaning. A private address is one of its VPC. */
function usesOfEndpoint(spec: AlicloudEndpointGroupSpec['endpoints'][number], path: PropertyKey[]): Use[] {
  const { endpoint } = spec;
  const own = named('endpoints', endpoint, [...path, 'endpoint'], [endpoint.toLowerCase()]);
  if (spec.type !== 'IpTarget') return [own];
  return [
    own,
    named('networks', spec.vpcId, [...path, 'vpcId']),
    ...spec.vSwitchIds.map((id, at) => named('networks', id, [...path, 'vSwitchIds', at])),
  ];
}

export const virtualGroupStep = (name: string) => `virtual-group-${name}`;

/** A virtual group needs the default group, so default groups come first. */
function stepsOf(
  groups: readonly AlicloudEndpointGroupSpec[],
  { acceleratorId }: { acceleratorId: string },
): Step<'alicloudEndpointGroup'>[] {
  const steps = groups.map((group, index) => {
    const { type, name = '', region } = group;
    const isVirtual = type === 'virtual';
    const step = wanted('alicloudEndpointGroup', {
      id: isVirtual ? virtualGroupStep(name) : `endpoint-group-${region}`,
      title: isVirtual ? `virtual group ${name}` : `endpoint group ${region}`,
      desired: { ...group, acceleratorId },
      part: `/endpointGroups/${index}`,
      needs: { listenerId: LISTENER },
    });
    return { step, isVirtual };
  });
  return [...steps.filter(({ isVirtual }) => !isVirtual), ...steps.filter(({ isVirtual }) => isVirtual)].map(
    ({ step }) => step,
  );
}
