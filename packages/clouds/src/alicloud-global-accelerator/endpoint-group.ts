// An endpoint group of Alibaba Cloud Global Accelerator: where a listener's traffic goes, in one region. Made at once and
// active about a minute later, as is its listener. Natural key: a default group's region, a virtual group's name.
//   Exist.EndpointGroup on create   the region is taken: by an earlier call of ours, or by somebody
//   NotExist.EndPointGroup, or an answer without a State, or UnknownError   it is gone; the list tells
//   StateError.EndPointGroup, NotActive.Listener, GA_NOT_STEADY   another change is under way
//   NoPermission.*   the account is not on the vendor's list for an endpoint type or client addresses
// An update replaces the whole list of endpoints: those of others are sent back as they were read. A list cannot be sent
// empty, so an override is taken away by leading its port to itself. Tags are set and taken away by calls of their own.
import type { Resource } from '@gatehouse/core/ports/resource';
import type { AlicloudEndpointSpec } from '@gatehouse/core/request/alicloud/endpoint';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint-identity';
import * as z from 'zod';
import { orAbsent } from '../cloud-call.ts';
import { tagDrift } from '../tags.ts';
import type { GaClient } from './client.ts';
import { type Dependent, dependentsOf } from './dependents.ts';
import {
  type DesiredGroup,
  type GroupAnswer,
  groupAnswer,
  groupMembers,
  type ObservedGroup,
  observed,
  type StandingGroup,
  wireTags,
  wireToCreate,
  wireToUpdate,
} from './endpoint-group-wire.ts';
import { listenerState } from './listener-state.ts';
import { done, eachChange, numbered, readyOf } from './shape.ts';

export function endpointGroupResource(client: GaClient): Resource<DesiredGroup, ObservedGroup> {
  return {
    kind: 'alicloudEndpointGroup',
    settles: eachChange,
    ...groupMembers,

    async read(desired, id) {
      const found = id === undefined ? await findByKey(client, desired) : await describe(client, desired, id);
      if (!found) return undefined;
      const listenerId = desired.listenerId ?? found.ListenerId;
      const around = listenerId === undefined ? [] : [await listenerState(client, listenerId)];
      return observed(found, [...around, await client.state(desired.acceleratorId)]);
    },

    idOf: ({ id }) => id,

    async create(desired, token) {
      const parameters = { ...wireToCreate(desired), ClientToken: token };
      const { EndpointGroupId } = await client.call(
        'CreateEndpointGroup',
        parameters,
        z.object({ EndpointGroupId: z.string() }),
      );
      return { id: EndpointGroupId, states: ['init'], ruleIds: [], spec: desired };
    },

    async update(desired, standing) {
      const { tags } = standing.spec;
      if (groupMembers.drift(desired, standing).join() === 'tags') {
        return { ...standing, spec: { ...standing.spec, tags: await setTags(client, desired, standing) } };
      }
      const endpoints = [...desired.endpoints, ...theirsIn(desired, standing.spec)];
      const parameters = { EndpointGroupId: standing.id, ...wireToUpdate(desired, endpoints, standing.spec) };
      await client.call('UpdateEndpointGroup', parameters, done, { acceleratorId: desired.acceleratorId });
      const spec = { ...standing.spec, ...desired, endpoints, tags };
      return { ...standing, states: ['updating'], spec };
    },

    async remove(id, { acceleratorId }) {
      const parameters = { EndpointGroupId: id, AcceleratorId: acceleratorId };
      await orAbsent(client.call('DeleteEndpointGroup', parameters, done));
    },

    ready: readyOf,

    async foreignDependents(desired, standing) {
      const dependents = await dependentsIn(client, desired, standing);
      return [...theirsIn(desired, standing.spec).map(endpointIdentity), ...dependents.map(({ id }) => id)];
    },

    async deleteForeign(desired, standing) {
      const { acceleratorId, listenerId } = desired;
      const [first] = await dependentsIn(client, desired, standing);
      if (!first) {
        if (theirsIn(desired, standing.spec).length === 0) return;
        const changed = wireToUpdate(desired, desired.endpoints, standing.spec);
        const parameters = { EndpointGroupId: standing.id, ...changed };
        await client.call('UpdateEndpointGroup', parameters, done, { acceleratorId });
        return;
      }
      if (first.kind === 'group') {
        const parameters = { EndpointGroupId: first.id, AcceleratorId: acceleratorId };
        await orAbsent(client.call('DeleteEndpointGroup', parameters, done));
        return;
      }
      const on = { AcceleratorId: acceleratorId, ListenerId: listenerId };
      await orAbsent(client.call('DeleteForwardingRules', { ...on, ForwardingRuleIds: [first.id] }, done));
    },
  };
}

/** What is to be set first, then what is to go; gives the tags that stand then. */
async function setTags(
  client: GaClient,
  desired: DesiredGroup,
  { id, spec }: ObservedGroup,
): Promise<Record<string, string>> {
  const { set, dropped } = tagDrift(desired, spec.tags);
  const of = { ResourceType: 'endpointgroup', ResourceId: [id] };
  const { acceleratorId } = desired;
  if (Object.keys(set).length > 0) {
    await client.call('TagResources', { ...of, Tag: wireTags(set) }, done, { acceleratorId });
    return { ...spec.tags, ...set };
  }
  await client.call('UntagResources', { ...of, TagKey: dropped }, done, { acceleratorId });
  return Object.fromEntries(Object.entries(spec.tags).filter(([key]) => !dropped.includes(key)));
}

async function dependentsIn(
  client: GaClient,
  { acceleratorId, listenerId, type }: DesiredGroup,
  standing: ObservedGroup,
): Promise<Dependent[]> {
  if (type === 'virtual') return dependentsOf(standing, []);
  return dependentsOf(standing, (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? []);
}

function theirsIn(
  { endpoints, dropped = [] }: DesiredGroup,
  standing: StandingGroup,
): AlicloudEndpointSpec[] {
  const ours = new Set([...endpoints.map(endpointIdentity), ...dropped]);
  return standing.endpoints.filter(endpoint => !ours.has(endpointIdentity(endpoint)));
}

export function allGroups(
  client: GaClient,
  acceleratorId: string,
  listenerId?: string,
): Promise<GroupAnswer[]> {
  return numbered(client, {
    operation: 'ListEndpointGroups',
    parameters: { AcceleratorId: acceleratorId, ListenerId: listenerId },
    member: 'EndpointGroups',
    item: groupAnswer,
    idOf: ({ EndpointGroupId }) => EndpointGroupId,
  });
}

async function findByKey(client: GaClient, desired: DesiredGroup): Promise<GroupAnswer | undefined> {
  const { acceleratorId, listenerId, type, region, name } = desired;
  if (listenerId === undefined) return undefined;
  const groups = (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? [];
  return groups.find(group => {
    if ((group.EndpointGroupType ?? 'default') !== type) return false;
    return type === 'default' ? group.EndpointGroupRegion === region : group.Name === name;
  });
}

/** Gone is proven by the list: what a Describe says of something that is gone is not certain. */
async function describe(
  client: GaClient,
  { acceleratorId, listenerId }: DesiredGroup,
  id: string,
): Promise<GroupAnswer | undefined> {
  const asked = client.call('DescribeEndpointGroup', { EndpointGroupId: id }, groupOrNothing, {
    acceleratorId,
    also: { UnknownError: 'NotFound' },
  });
  const found = await orAbsent(asked);
  if (found?.State !== undefined) return found;
  const groups = (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? [];
  return groups.find(({ EndpointGroupId }) => EndpointGroupId === id);
}

const groupOrNothing = z
  .union([groupAnswer, z.object({ State: z.undefined().optional() })])
  .transform(answer => ('EndpointGroupId' in answer ? answer : undefined));
