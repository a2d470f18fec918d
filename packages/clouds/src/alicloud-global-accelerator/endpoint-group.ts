// An endpoint group of Alibaba Cloud Global Accelerator: the endpoints of a listener in one region. Created at once and active
// about a minute later, as is its listener. Natural key: a default group's region, a virtual group's name.
//   Exist.EndpointGroup on create   the region is taken, by an earlier call of ours or by a foreign group
//   NotExist.EndPointGroup, a response without a State, or UnknownError   probably deleted; the list proves it
//   StateError.EndPointGroup, NotActive.Listener, GA_NOT_STEADY   another change is in progress
//   NoPermission.*   the vendor has not enabled the endpoint type or client IP preservation for the account
// An update replaces the whole list of endpoints, so foreign ones are sent back unchanged. A list cannot be empty, so the last
// override is removed by mapping its port to itself. Tags have calls of their own.
import type { Resource } from '@gatehouse/core/ports/resource';
import type { AlicloudEndpointSpec } from '@gatehouse/core/request/alicloud/endpoint';
import { MAX_TAGS } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint-identity';
import * as z from 'zod';
import { busyIfUnused, orAbsent } from '../cloud-call.ts';
import { nextTagCall } from '../tags.ts';
import type { GaClient } from './client.ts';
import { type Dependent, dependentsOf } from './dependents.ts';
import {
  type DesiredGroup,
  type ExistingGroup,
  type GroupAnswer,
  groupAnswer,
  groupMembers,
  type ObservedGroup,
  observed,
  wireTags,
  wireToCreate,
  wireToUpdate,
} from './endpoint-group-wire.ts';
import { endpointHealth } from './endpoint-health.ts';
import { allRules } from './forwarding-rule.ts';
import { listenerState } from './listener-state.ts';
import { type RuleAnswer, ruleOf } from './rules.ts';
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

    async update(desired, existing) {
      const { tags } = existing.spec;
      if (groupMembers.drift(desired, existing).join() === 'tags') {
        return { ...existing, spec: { ...existing.spec, tags: await setTags(client, desired, existing) } };
      }
      const endpoints = [...desired.endpoints, ...foreignEndpoints(desired, existing.spec)];
      const parameters = { EndpointGroupId: existing.id, ...wireToUpdate(desired, endpoints, existing.spec) };
      await client.call('UpdateEndpointGroup', parameters, done, { acceleratorId: desired.acceleratorId });
      const spec = { ...existing.spec, ...desired, endpoints, tags };
      return { ...existing, states: ['updating'], spec };
    },

    async remove(id, { acceleratorId, listenerId }) {
      const parameters = { EndpointGroupId: id, AcceleratorId: acceleratorId };
      try {
        await orAbsent(client.call('DeleteEndpointGroup', parameters, done));
      } catch (thrown) {
        throw await busyIfUnused(thrown, ['Exist.ForwardingRule'], () =>
          rulesTo(client, { acceleratorId, listenerId, id }),
        );
      }
    },

    ready: readyOf,

    health: (desired, existing) => endpointHealth(client, desired, existing),

    async foreignDependents(desired, existing) {
      const dependents = await dependentsIn(client, desired, existing);
      return [
        ...dependents.map(({ id }) => id),
        ...foreignEndpoints(desired, existing.spec).map(endpointIdentity),
      ];
    },

    async deleteForeign(desired, existing, names) {
      const { acceleratorId, listenerId } = desired;
      const foreign = foreignEndpoints(desired, existing.spec);
      const staying = foreign.filter(endpoint => !names.includes(endpointIdentity(endpoint)));
      if (staying.length < foreign.length) {
        const changed = wireToUpdate(desired, [...desired.endpoints, ...staying], existing.spec);
        const parameters = { EndpointGroupId: existing.id, ...changed };
        await client.call('UpdateEndpointGroup', parameters, done, { acceleratorId });
        return;
      }
      const dependents = await dependentsIn(client, desired, existing);
      const first = dependents.find(({ id }) => names.includes(id));
      if (!first) return;
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

/** One call towards the tags. Returns the resulting tags. */
async function setTags(
  client: GaClient,
  desired: DesiredGroup,
  { id, spec }: ObservedGroup,
): Promise<Record<string, string>> {
  const next = nextTagCall(desired, spec.tags, MAX_TAGS);
  const of = { ResourceType: 'endpointgroup', ResourceId: [id] };
  const { acceleratorId } = desired;
  if (!next) return spec.tags;
  if ('tag' in next) {
    await client.call('TagResources', { ...of, Tag: wireTags(next.tag) }, done, { acceleratorId });
    return { ...spec.tags, ...next.tag };
  }
  await client.call('UntagResources', { ...of, TagKey: next.untag }, done, { acceleratorId });
  return Object.fromEntries(Object.entries(spec.tags).filter(([key]) => !next.untag.includes(key)));
}

/** The rules that forward to a group. A group's own list of rules may count deleted ones. */
async function rulesTo(
  client: GaClient,
  { acceleratorId, listenerId, id }: { acceleratorId: string; listenerId: string | undefined; id: string },
): Promise<RuleAnswer[]> {
  if (listenerId === undefined) return [];
  const rules = (await orAbsent(allRules(client, acceleratorId, listenerId))) ?? [];
  return rules.filter(rule => ruleOf(rule).endpointGroupId === id);
}

async function dependentsIn(
  client: GaClient,
  { acceleratorId, listenerId, type }: DesiredGroup,
  existing: ObservedGroup,
): Promise<Dependent[]> {
  if (type === 'virtual') return dependentsOf(existing, []);
  return dependentsOf(existing, (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? []);
}

function foreignEndpoints(
  { endpoints, dropped = [] }: DesiredGroup,
  existing: ExistingGroup,
): AlicloudEndpointSpec[] {
  const ours = new Set([...endpoints.map(endpointIdentity), ...dropped]);
  return existing.endpoints.filter(endpoint => !ours.has(endpointIdentity(endpoint)));
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

/** Only the list proves a deletion: the response of Describe for a deleted group is not documented reliably. */
async function describe(
  client: GaClient,
  { acceleratorId, listenerId }: DesiredGroup,
  id: string,
): Promise<GroupAnswer | undefined> {
  const response = client.call('DescribeEndpointGroup', { EndpointGroupId: id }, groupOrNothing, {
    acceleratorId,
    also: { UnknownError: 'NotFound' },
  });
  const found = await orAbsent(response);
  if (found?.State !== undefined) return found;
  const groups = (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? [];
  return groups.find(({ EndpointGroupId }) => EndpointGroupId === id);
}

const groupOrNothing = z
  .union([groupAnswer, z.object({ State: z.undefined().optional() })])
  .transform(answer => ('EndpointGroupId' in answer ? answer : undefined));
