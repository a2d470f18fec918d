// An endpoint group as a spec says it, and the spec that takes an update of ours back. Pure. What is in a list by its
// key, an endpoint, is put back one by one; the port overrides are one list.
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import type { Members } from '@gatehouse/core/json/plain-members';
import { putBack } from '@gatehouse/core/json/put-back';
import type { DesiredGroup, Endpoint } from './endpoint-group-drift.ts';

type EndpointImage = Pick<Endpoint, 'weight' | 'clientIPPreservationEnabled'>;

export function imageOf(group: EndpointGroup): Members {
  const { TrafficDialPercentage, HealthCheckPort, HealthCheckProtocol, HealthCheckPath } = group;
  const overrides = (group.PortOverrides ?? []).map(({ ListenerPort = 0, EndpointPort = 0 }) => ({
    listenerPort: ListenerPort,
    endpointPort: EndpointPort,
  }));
  return withoutUnsaid({
    region: group.EndpointGroupRegion,
    trafficDialPercentage: shortest(TrafficDialPercentage),
    healthCheckPort: HealthCheckPort,
    healthCheckProtocol: HealthCheckProtocol,
    healthCheckPath: HealthCheckPath,
    healthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
    thresholdCount: group.ThresholdCount,
    portOverrides: inOrder(overrides),
    endpoints: endpointImages(group),
  });
}

/** `before`: what `imageOf` said when the update began. */
export function restoredGroup(desired: DesiredGroup, before: Members, group: EndpointGroup): DesiredGroup {
  const { endpoints: _now, ...now } = imageOf(group);
  const { endpoints: were = {}, ...was } = before;
  const set = {
    ...now,
    ...desired,
    trafficDialPercentage: shortest(desired.trafficDialPercentage),
    portOverrides: inOrder(desired.portOverrides),
  };
  const back = putBack(set, was, now);
  // Both are what `imageOf` said, this time or before.
  const endpoints = restoredEndpoints(desired, were as Record<string, EndpointImage>, endpointImages(group));
  return { ...desired, ...back, ...endpoints };
}

/**
 * What the update added goes; what it changed is as it was, and what it left unsaid too. One that is absent now was
 * on its way to be added again with another weight: no removal by others is told from that, so it comes back.
 */
function restoredEndpoints(
  desired: DesiredGroup,
  were: Record<string, EndpointImage>,
  standing: Record<string, EndpointImage>,
): Pick<DesiredGroup, 'endpoints' | 'dropped'> {
  const ours: (Partial<Endpoint> & { endpointId: string })[] = [
    ...desired.endpoints,
    ...(desired.dropped ?? []).map(endpointId => ({ endpointId })),
  ];
  const endpoints = ours.flatMap(({ endpointId, attachmentArn, ...said }): Endpoint[] => {
    const was = were[endpointId];
    const now = standing[endpointId] ?? was;
    if (!was || !now) return [];
    const back = putBack({ ...now, ...said }, { ...was }, { ...now });
    return [{ endpointId, ...was, ...back, ...(attachmentArn === undefined ? {} : { attachmentArn }) }];
  });
  const dropped = desired.endpoints.map(({ endpointId }) => endpointId).filter(id => !(id in were));
  return { endpoints, dropped };
}

export function endpointImages({ EndpointDescriptions = [] }: EndpointGroup): Record<string, EndpointImage> {
  const images = EndpointDescriptions.map(
    ({ EndpointId = '', Weight = 0, ClientIPPreservationEnabled: preserved }) =>
      [
        EndpointId,
        { weight: Weight, ...(preserved === undefined ? {} : { clientIPPreservationEnabled: preserved }) },
      ] as const,
  );
  return Object.fromEntries(images.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The API keeps the dial as a 32-bit float: the shortest number that means the same one. */
function shortest(dial: number | undefined): number | undefined {
  if (dial === undefined) return undefined;
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(count => Number(dial.toPrecision(count)));
  return digits.find(short => Math.fround(short) === Math.fround(dial)) ?? dial;
}

function inOrder(overrides: DesiredGroup['portOverrides']): DesiredGroup['portOverrides'] {
  return overrides.toSorted((a, b) => a.listenerPort - b.listenerPort || a.endpointPort - b.endpointPort);
}

function withoutUnsaid(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
