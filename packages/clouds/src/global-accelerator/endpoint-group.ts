// An endpoint group: the endpoints of one region behind a listener. It exists as soon as it is created, and settles with its
// accelerator. Natural key: its region, one group per region and listener. No name, no tags, no status.
//   EndpointGroupAlreadyExists on create   the region is taken, by an earlier call of ours or by a foreign group
//   TransactionInProgress   another change of the group is running; transient
//   InvalidArgument         a load balancer that does not exist, is in another region, or is not active (only this is transient)
//   LimitExceeded on add   the group has no room for new endpoints beside those that the cleanup removes
// Update replaces the whole list of endpoints, and no response has an attachment ARN. So the list, with foreign endpoints as
// they are, is sent only if an endpoint has to change or no room is left, and none of the foreign ones is of another account.
// Else single endpoints are removed and added.
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  type CreateEndpointGroupCommandInput,
  DeleteEndpointGroupCommand,
  DescribeEndpointGroupCommand,
  type EndpointGroup,
  type GlobalAcceleratorClient,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
  type UpdateEndpointGroupCommandInput,
} from '@aws-sdk/client-global-accelerator';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { EndpointHealth } from '@gatehouse/core/ports/health';
import type { Resource } from '@gatehouse/core/ports/resource';
import { type Endpoint, nextCall, wholeList } from '@gatehouse/core/request/aws/endpoint-calls';
import { ENDPOINT, ENDPOINT_GROUP, MAX_ENDPOINTS } from '@gatehouse/core/request/aws/endpoint-group-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput } from '@gatehouse/core/request/member-values';
import { orAbsent, present, readAfterChange } from '../cloud-call.ts';
import { type HealthTable, healthOf, missing } from '../health.ts';
import { allEndpointGroups, call, callWithEndpoints } from './client.ts';
import { type DesiredGroup, endpointImages, foreignIn, sharedEndpoints } from './group-endpoints.ts';
import { withAccelerator } from './shape.ts';

const MEMBERS = ENDPOINT_GROUP satisfies TableOn<CreateEndpointGroupCommandInput>;

/** The ARN of the group contains the listener. A create has returned the text `undefined` as the path. */
const specOf = (group: EndpointGroup) =>
  fromWire(MEMBERS, group, {
    listenerArn: ({ EndpointGroupArn = '' }) => EndpointGroupArn.split('/endpoint-group/')[0],
    healthCheckPath: ({ HealthCheckPath: path }) => (path === 'undefined' ? undefined : path),
  });

const compared = comparedBy<typeof MEMBERS, DesiredGroup, EndpointGroup>(MEMBERS, specOf, {
  endpoints: sharedEndpoints,
});

export function endpointGroupResource(
  client: GlobalAcceleratorClient,
): Resource<DesiredGroup, EndpointGroup> {
  return {
    kind: 'endpointGroup',
    settles: withAccelerator,
    ...compared,

    async read({ listenerArn, region }, id) {
      if (id !== undefined) return describe(client, id);
      if (listenerArn === undefined) return undefined;
      const groups = await orAbsent(allEndpointGroups(client, listenerArn));
      return groups?.find(group => group.EndpointGroupRegion === region);
    },

    idOf: group => present(group.EndpointGroupArn, 'EndpointGroupArn'),

    async create(desired, token) {
      const input = { ...createInput(MEMBERS, desired), IdempotencyToken: token };
      const { EndpointGroup } = await callWithEndpoints('CreateEndpointGroup', () =>
        client.send(new CreateEndpointGroupCommand(input)),
      );
      return present(EndpointGroup, 'EndpointGroup');
    },

    async update(desired, observed) {
      const arn = present(observed.EndpointGroupArn, 'EndpointGroupArn');
      // Foreign endpoints that are sent back as they are were read right before.
      const planned = nextCall(desired, existingIn(desired, observed));
      const resends = planned.list?.endpoints && foreignIn(desired, observed).length > 0;
      const group = resends ? present(await describe(client, arn), 'EndpointGroup') : observed;
      const set = (list: { endpoints?: Endpoint[] }) =>
        updateGroup(client, { EndpointGroupArn: arn, ...membersToSend(desired, list) });
      const change = nextCall(desired, existingIn(desired, group));
      try {
        if (change.do === 'update') return await set(change.list);
        if (change.do === 'remove') await removeEndpoints(client, arn, change.ids);
        else await addEndpoints(client, arn, change.endpoints);
      } catch (refusal) {
        if (!(refusal instanceof TerminalError && refusal.code === 'ServiceLimitExceeded')) throw refusal;
        finalList(desired, group, refusal);
        const full = present(await describe(client, arn), 'EndpointGroup');
        return set({ endpoints: finalList(desired, full, refusal) });
      }
      return present(await readAfterChange(describe(client, arn)), 'EndpointGroup');
    },

    async remove(id) {
      const command = new DeleteEndpointGroupCommand({ EndpointGroupArn: id });
      await orAbsent(call('DeleteEndpointGroup', () => client.send(command)));
    },

    ready: () => ({ ready: true }),

    health: async ({ endpoints }, group) => endpoints.map(({ endpointId }) => healthIn(group, endpointId)),

    foreignDependents: async (desired, group) => foreignIn(desired, group),

    async deleteForeign(_desired, group, ids) {
      await removeEndpoints(client, present(group.EndpointGroupArn, 'EndpointGroupArn'), ids);
    },
  };
}

const HEALTH: HealthTable = { INITIAL: 'INITIAL', HEALTHY: 'HEALTHY', UNHEALTHY: 'UNHEALTHY' };

/** Of load balancers, it is the verdict of their own health checks. */
function healthIn({ EndpointDescriptions = [] }: EndpointGroup, id: string): EndpointHealth {
  const found = EndpointDescriptions.find(({ EndpointId }) => EndpointId === id);
  return found ? healthOf(id, HEALTH, { word: found.HealthState, reason: found.HealthReason }) : missing(id);
}

/** For the decision about the next call. */
function existingIn(desired: DesiredGroup, group: EndpointGroup) {
  return {
    arn: group.EndpointGroupArn ?? '',
    endpoints: endpointImages(group),
    othersDiffer: compared.drift(desired, group).some(member => member !== 'endpoints'),
  };
}

/** An update without the list keeps all endpoints. */
function membersToSend({ endpoints: _, ...members }: DesiredGroup, list: { endpoints?: Endpoint[] }) {
  return { ...updateInput(MEMBERS, members), ...updateInput(MEMBERS, list) };
}

/**
 * The final list, for a group whose quota has no room for dropped endpoints beside the new ones. Throws the refusal if the list
 * makes no room, or no call can send it.
 */
function finalList(desired: DesiredGroup, group: EndpointGroup, refusal: TerminalError): Endpoint[] {
  const { leaving = [], dropped = [] } = desired;
  const existing = existingIn(desired, group);
  const list = wholeList(desired, existing, [...leaving.map(({ endpointId }) => endpointId), ...dropped]);
  const kept = new Set(list?.map(({ endpointId }) => endpointId));
  if (!list || Object.keys(existing.endpoints).every(id => kept.has(id))) throw refusal;
  return list;
}

async function describe(client: GlobalAcceleratorClient, arn: string): Promise<EndpointGroup | undefined> {
  const command = new DescribeEndpointGroupCommand({ EndpointGroupArn: arn });
  return (await orAbsent(call('DescribeEndpointGroup', () => client.send(command))))?.EndpointGroup;
}

async function updateGroup(
  client: GlobalAcceleratorClient,
  input: UpdateEndpointGroupCommandInput,
): Promise<EndpointGroup> {
  const command = new UpdateEndpointGroupCommand(input);
  const { EndpointGroup } = await callWithEndpoints('UpdateEndpointGroup', () => client.send(command));
  return present(EndpointGroup, 'EndpointGroup');
}

async function addEndpoints(
  client: GlobalAcceleratorClient,
  arn: string,
  endpoints: Endpoint[],
): Promise<void> {
  const EndpointConfigurations = endpoints
    .slice(0, MAX_ENDPOINTS)
    .map(endpoint => createInput(ENDPOINT, endpoint));
  const command = new AddEndpointsCommand({ EndpointGroupArn: arn, EndpointConfigurations });
  await callWithEndpoints('AddEndpoints', () => client.send(command));
}

async function removeEndpoints(
  client: GlobalAcceleratorClient,
  arn: string,
  ids: readonly string[],
): Promise<void> {
  const EndpointIdentifiers = ids.slice(0, MAX_ENDPOINTS).map(EndpointId => ({ EndpointId }));
  const command = new RemoveEndpointsCommand({ EndpointGroupArn: arn, EndpointIdentifiers });
  await call('RemoveEndpoints', () => client.send(command));
}
