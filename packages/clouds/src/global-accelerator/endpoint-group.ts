// An endpoint group: the endpoints of one region behind a listener. It exists as soon as it is created, and settles with its
// accelerator. Natural key: its region, one group per region and listener. No name, no tags, no status.
//   EndpointGroupAlreadyExists on create   the region is taken, by an earlier call of ours or by a foreign group
//   TransactionInProgress   another change of the group is running; transient
//   InvalidArgument         a load balancer that does not exist, is in another region, or is not active (only this is transient)
// Update replaces the whole list of endpoints, and no response has an attachment ARN. So the list is sent only if all
// endpoints are ours and one of them has to change. With foreign endpoints, single endpoints are removed and added.
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
import type { EndpointHealth } from '@gatehouse/core/ports/health';
import type { Resource } from '@gatehouse/core/ports/resource';
import { ENDPOINT, ENDPOINT_GROUP } from '@gatehouse/core/request/aws/endpoint-group-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput } from '@gatehouse/core/request/member-values';
import { orAbsent, present, readAfterChange } from '../cloud-call.ts';
import { type HealthTable, healthOf, missing } from '../health.ts';
import { allEndpointGroups, call, callWithEndpoints } from './client.ts';
import {
  type DesiredGroup,
  type Endpoint,
  endpointDrift,
  endpointImages,
  foreignEndpoints,
  sharedEndpoints,
  switchesPreservation,
} from './group-endpoints.ts';
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

/** The limit of one AddEndpoints or RemoveEndpoints call, and the default quota of a group. */
const MAX_ENDPOINTS = 10;

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

    async update(desired, group) {
      const arn = present(group.EndpointGroupArn, 'EndpointGroupArn');
      const change = nextChange(desired, group);
      if (change.do === 'remove') await removeEndpoints(client, arn, change.ids);
      else if (change.do === 'add') await addEndpoints(client, arn, change.endpoints);
      else return updateGroup(client, { EndpointGroupArn: arn, ...membersToSend(desired, change.list) });
      return present(await readAfterChange(describe(client, arn)), 'EndpointGroup');
    },

    async remove(id) {
      const command = new DeleteEndpointGroupCommand({ EndpointGroupArn: id });
      await orAbsent(call('DeleteEndpointGroup', () => client.send(command)));
    },

    ready: () => ({ ready: true }),

    health: async ({ endpoints }, group) => endpoints.map(({ endpointId }) => healthIn(group, endpointId)),

    foreignDependents: async (desired, group) => foreignEndpoints(desired, group),

    async deleteForeign(desired, group) {
      const ids = foreignEndpoints(desired, group);
      if (ids.length === 0) return;
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

type Change =
  | { do: 'remove'; ids: string[] }
  | { do: 'add'; endpoints: Endpoint[] }
  /** The group's own members, and the list of endpoints if all are ours and one has to change. */
  | { do: 'update'; list: { endpoints?: Endpoint[] } };

/**
 * The smallest next change. New endpoints are added before old ones are removed, if the quota allows both. An endpoint that
 * only an update of the whole list could change is removed and added again if the group has foreign endpoints.
 */
function nextChange(desired: DesiredGroup, group: EndpointGroup): Change {
  const { absent, changed, dropped } = endpointDrift(desired, group);
  const shared = foreignEndpoints(desired, group).length > 0;
  const toReplace = shared ? changed : changed.filter(endpoint => switchesPreservation(endpoint, group));
  if (toReplace.length > 0) return { do: 'remove', ids: toReplace.map(({ endpointId }) => endpointId) };
  const onlyAbsent =
    changed.length === 0 && compared.drift(desired, group).every(member => member === 'endpoints');
  const room = (group.EndpointDescriptions?.length ?? 0) + absent.length <= MAX_ENDPOINTS;
  if (absent.length > 0 && (dropped.length > 0 ? room : shared || onlyAbsent)) {
    return { do: 'add', endpoints: absent };
  }
  if (dropped.length > 0) return { do: 'remove', ids: dropped };
  const whole = absent.length + changed.length > 0;
  return { do: 'update', list: whole ? { endpoints: wholeList(desired, group) } : {} };
}

/** An update without the list keeps all endpoints. */
function membersToSend({ endpoints: _, ...members }: DesiredGroup, list: { endpoints?: Endpoint[] }) {
  return { ...updateInput(MEMBERS, members), ...updateInput(MEMBERS, list) };
}

/** Our endpoints, and unchanged those that are removed later. */
function wholeList({ endpoints, leaving = [] }: DesiredGroup, group: EndpointGroup): Endpoint[] {
  const existing = endpointImages(group);
  const wanted = new Set(endpoints.map(({ endpointId }) => endpointId));
  const staying = leaving.flatMap((endpoint): Endpoint[] => {
    const now = existing[endpoint.endpointId];
    return now && !wanted.has(endpoint.endpointId) ? [{ ...endpoint, ...now }] : [];
  });
  return [...endpoints, ...staying];
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

async function removeEndpoints(client: GlobalAcceleratorClient, arn: string, ids: string[]): Promise<void> {
  const EndpointIdentifiers = ids.slice(0, MAX_ENDPOINTS).map(EndpointId => ({ EndpointId }));
  const command = new RemoveEndpointsCommand({ EndpointGroupArn: arn, EndpointIdentifiers });
  await call('RemoveEndpoints', () => client.send(command));
}
