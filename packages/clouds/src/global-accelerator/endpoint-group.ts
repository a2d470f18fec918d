// An endpoint group: the endpoints of one region behind a listener. There the moment it is created; it settles with
// its accelerator. Natural key: its region, one group per region and listener. No name, no tags, no status.
//   EndpointGroupAlreadyExists on create   the region is taken: by an earlier call of ours, or by somebody
//   TransactionInProgress   another change of the group is running; heals
//   InvalidArgument         a load balancer that is not there, not in this region, or not active (this one heals)
// Update replaces the whole list of endpoints, and no answer tells an attachment ARN: so it is used for a list that is
// all ours, and single endpoints are removed and added where others have theirs beside them.
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  DeleteEndpointGroupCommand,
  DescribeEndpointGroupCommand,
  type EndpointGroup,
  type GlobalAcceleratorClient,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
} from '@aws-sdk/client-global-accelerator';
import type { EndpointGroupSpec } from '@gatehouse/core/global-accelerator';
import type { Resource } from '@gatehouse/core/resource';
import { orAbsent, present } from '../aws-call.ts';
import { allEndpointGroups, call } from './client.ts';
import { sameSet, withAccelerator } from './shape.ts';

/** A group of a request, and the listener that it belongs to, known once that is made. */
export type DesiredGroup = EndpointGroupSpec & {
  listenerArn?: string;
  /** Ids of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
};
type Endpoint = EndpointGroupSpec['endpoints'][number];

export function endpointGroupResource(
  client: GlobalAcceleratorClient,
): Resource<DesiredGroup, EndpointGroup> {
  return {
    kind: 'endpointGroup',
    settles: withAccelerator,

    async read({ listenerArn, region }, id) {
      if (id !== undefined) return describe(client, id);
      if (listenerArn === undefined) return undefined;
      const groups = await orAbsent(allEndpointGroups(client, listenerArn));
      return groups?.find(group => group.EndpointGroupRegion === region);
    },

    idOf: group => present(group.EndpointGroupArn, 'EndpointGroupArn'),

    async create(desired, token) {
      const input = {
        ListenerArn: desired.listenerArn,
        EndpointGroupRegion: desired.region,
        ...members(desired),
        EndpointConfigurations: desired.endpoints.map(configuration),
        IdempotencyToken: token,
      };
      const { EndpointGroup } = await call('CreateEndpointGroup', () =>
        client.send(new CreateEndpointGroupCommand(input)),
      );
      return present(EndpointGroup, 'EndpointGroup');
    },

    drift(desired, group) {
      const differs = memberDrift(desired, group);
      const { absent, changed } = endpointDrift(desired, group);
      return absent.length + changed.length > 0 ? [...differs, 'endpoints'] : differs;
    },

    async update(desired, group) {
      const arn = present(group.EndpointGroupArn, 'EndpointGroupArn');
      const { absent, changed } = endpointDrift(desired, group);
      const shared = strangersIn(desired, group).length > 0;
      const toReplace = shared ? changed : changed.filter(endpoint => switchesPreservation(endpoint, group));
      if (toReplace.length > 0) {
        await removeEndpoints(client, arn, toReplace);
        return present(await describe(client, arn), 'EndpointGroup');
      }
      if (shared && absent.length > 0 && memberDrift(desired, group).length === 0) {
        await addEndpoints(client, arn, absent);
        return present(await describe(client, arn), 'EndpointGroup');
      }
      const endpoints = shared ? {} : { EndpointConfigurations: desired.endpoints.map(configuration) };
      const input = { EndpointGroupArn: arn, ...members(desired), ...endpoints };
      const { EndpointGroup } = await call('UpdateEndpointGroup', () =>
        client.send(new UpdateEndpointGroupCommand(input)),
      );
      return present(EndpointGroup, 'EndpointGroup');
    },

    async remove(id) {
      const command = new DeleteEndpointGroupCommand({ EndpointGroupArn: id });
      await orAbsent(call('DeleteEndpointGroup', () => client.send(command)));
    },

    ready: () => ({ ready: true }),

    strangers: async (desired, group) => strangersIn(desired, group),
  };
}

async function describe(client: GlobalAcceleratorClient, arn: string): Promise<EndpointGroup | undefined> {
  const command = new DescribeEndpointGroupCommand({ EndpointGroupArn: arn });
  return (await orAbsent(call('DescribeEndpointGroup', () => client.send(command))))?.EndpointGroup;
}

async function addEndpoints(
  client: GlobalAcceleratorClient,
  arn: string,
  endpoints: Endpoint[],
): Promise<void> {
  const input = { EndpointGroupArn: arn, EndpointConfigurations: endpoints.map(configuration) };
  await call('AddEndpoints', () => client.send(new AddEndpointsCommand(input)));
}

async function removeEndpoints(
  client: GlobalAcceleratorClient,
  arn: string,
  endpoints: Endpoint[],
): Promise<void> {
  const EndpointIdentifiers = endpoints.map(({ endpointId }) => ({ EndpointId: endpointId }));
  const command = new RemoveEndpointsCommand({ EndpointGroupArn: arn, EndpointIdentifiers });
  await call('RemoveEndpoints', () => client.send(command));
}

/** All that create and update share. What the request leaves to the API is not sent. */
function members(desired: DesiredGroup) {
  return {
    TrafficDialPercentage: desired.trafficDialPercentage,
    HealthCheckProtocol: desired.healthCheckProtocol,
    HealthCheckIntervalSeconds: desired.healthCheckIntervalSeconds,
    ThresholdCount: desired.thresholdCount,
    HealthCheckPath: desired.healthCheckPath,
    ...(desired.healthCheckPort === undefined ? {} : { HealthCheckPort: desired.healthCheckPort }),
    PortOverrides: desired.portOverrides.map(({ listenerPort, endpointPort }) => ({
      ListenerPort: listenerPort,
      EndpointPort: endpointPort,
    })),
  };
}

/** The weight is always sent: what the API takes for its default is not documented, and 0 is a weight. */
function configuration(endpoint: Endpoint) {
  const { endpointId, weight, clientIPPreservationEnabled, attachmentArn } = endpoint;
  return {
    EndpointId: endpointId,
    Weight: weight,
    ...(clientIPPreservationEnabled === undefined
      ? {}
      : { ClientIPPreservationEnabled: clientIPPreservationEnabled }),
    ...(attachmentArn === undefined ? {} : { AttachmentArn: attachmentArn }),
  };
}

function memberDrift(desired: DesiredGroup, group: EndpointGroup): string[] {
  const path = desired.healthCheckProtocol === 'TCP' ? group.HealthCheckPath : desired.healthCheckPath;
  const overrides = desired.portOverrides.map(
    ({ listenerPort, endpointPort }) => `${listenerPort}>${endpointPort}`,
  );
  const standing = group.PortOverrides?.map(
    ({ ListenerPort, EndpointPort }) => `${ListenerPort}>${EndpointPort}`,
  );
  const differs: [string, boolean][] = [
    // The API keeps the dial as a 32-bit float.
    [
      'trafficDialPercentage',
      Math.fround(desired.trafficDialPercentage) !== Math.fround(group.TrafficDialPercentage ?? -1),
    ],
    [
      'healthCheckPort',
      desired.healthCheckPort !== undefined && desired.healthCheckPort !== group.HealthCheckPort,
    ],
    ['healthCheckProtocol', desired.healthCheckProtocol !== group.HealthCheckProtocol],
    ['healthCheckPath', path !== group.HealthCheckPath],
    ['healthCheckIntervalSeconds', desired.healthCheckIntervalSeconds !== group.HealthCheckIntervalSeconds],
    ['thresholdCount', desired.thresholdCount !== group.ThresholdCount],
    ['portOverrides', !sameSet(overrides, standing ?? [])],
  ];
  return differs.filter(([, differ]) => differ).map(([member]) => member);
}

/** Ours that are absent, and ours that differ. Endpoints of others are no drift. */
function endpointDrift(
  desired: DesiredGroup,
  group: EndpointGroup,
): { absent: Endpoint[]; changed: Endpoint[] } {
  const standing = new Map(group.EndpointDescriptions?.map(endpoint => [endpoint.EndpointId, endpoint]));
  const absent = desired.endpoints.filter(({ endpointId }) => !standing.has(endpointId));
  const changed = desired.endpoints.filter(({ endpointId, weight, clientIPPreservationEnabled }) => {
    const found = standing.get(endpointId);
    if (!found) return false;
    const preserved = clientIPPreservationEnabled ?? found.ClientIPPreservationEnabled;
    return found.Weight !== weight || found.ClientIPPreservationEnabled !== preserved;
  });
  return { absent, changed };
}

/** Whether it can be switched in place is not documented; removed and added again, it is as asked for sure. */
function switchesPreservation(
  { endpointId, clientIPPreservationEnabled }: Endpoint,
  { EndpointDescriptions }: EndpointGroup,
): boolean {
  const standing = EndpointDescriptions?.find(({ EndpointId }) => EndpointId === endpointId);
  return (
    clientIPPreservationEnabled !== undefined &&
    standing?.ClientIPPreservationEnabled !== clientIPPreservationEnabled
  );
}

function strangersIn(desired: DesiredGroup, group: EndpointGroup): string[] {
  const ours = new Set(desired.endpoints.map(({ endpointId }) => endpointId));
  return (group.EndpointDescriptions ?? []).flatMap(({ EndpointId }) =>
    EndpointId !== undefined && !ours.has(EndpointId) ? [EndpointId] : [],
  );
}
