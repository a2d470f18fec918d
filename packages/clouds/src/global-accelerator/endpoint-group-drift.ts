// An endpoint group against what is wanted of it: which members differ, and which endpoints. Pure.
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import type { EndpointGroupSpec } from '@gatehouse/core/request/aws/global-accelerator';
import { sameSet } from './shape.ts';

/** A group of a request, and the listener that it belongs to, known once that is made. */
export type DesiredGroup = EndpointGroupSpec & {
  listenerArn?: string;
  /** Ids of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
  /** Such endpoints before it is their turn to go: until then they stay as they are. */
  leaving?: Endpoint[];
};
export type Endpoint = EndpointGroupSpec['endpoints'][number];

/** The listener is in the group's own ARN. */
export function placeDrift({ listenerArn, region }: DesiredGroup, group: EndpointGroup): string[] {
  const [listener] = (group.EndpointGroupArn ?? '').split('/endpoint-group/');
  return [
    ...(listenerArn === undefined || listenerArn === listener ? [] : ['listenerArn']),
    ...(region === group.EndpointGroupRegion ? [] : ['region']),
  ];
}

export function memberDrift(desired: DesiredGroup, group: EndpointGroup): string[] {
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

export interface EndpointDrift {
  absent: Endpoint[];
  changed: Endpoint[];
  /** Ids of those that have to go and still stand. */
  dropped: string[];
}

/** Endpoints of others are no drift. */
export function endpointDrift(desired: DesiredGroup, group: EndpointGroup): EndpointDrift {
  const standing = new Map(group.EndpointDescriptions?.map(endpoint => [endpoint.EndpointId, endpoint]));
  const absent = desired.endpoints.filter(({ endpointId }) => !standing.has(endpointId));
  const changed = desired.endpoints.filter(({ endpointId, weight, clientIPPreservationEnabled }) => {
    const found = standing.get(endpointId);
    if (!found) return false;
    const preserved = clientIPPreservationEnabled ?? found.ClientIPPreservationEnabled;
    return found.Weight !== weight || found.ClientIPPreservationEnabled !== preserved;
  });
  const wanted = new Set(desired.endpoints.map(({ endpointId }) => endpointId));
  const dropped = (desired.dropped ?? []).filter(id => standing.has(id) && !wanted.has(id));
  return { absent, changed, dropped };
}

/** Whether it can be switched in place is not documented; removed and added again, it is as asked for sure. */
export function switchesPreservation(
  { endpointId, clientIPPreservationEnabled }: Endpoint,
  { EndpointDescriptions }: EndpointGroup,
): boolean {
  const standing = EndpointDescriptions?.find(({ EndpointId }) => EndpointId === endpointId);
  return (
    clientIPPreservationEnabled !== undefined &&
    standing?.ClientIPPreservationEnabled !== clientIPPreservationEnabled
  );
}

export function strangersIn(desired: DesiredGroup, group: EndpointGroup): string[] {
  const { endpoints, leaving = [], dropped = [] } = desired;
  const ours = new Set([...[...endpoints, ...leaving].map(({ endpointId }) => endpointId), ...dropped]);
  return (group.EndpointDescriptions ?? []).flatMap(({ EndpointId }) =>
    EndpointId !== undefined && !ours.has(EndpointId) ? [EndpointId] : [],
  );
}
