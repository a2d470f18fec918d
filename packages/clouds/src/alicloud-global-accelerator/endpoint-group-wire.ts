// An endpoint group as the API writes it, and as a spec says it. Weight, percentage and whether health is checked are always
// sent: each has a 0, and what the API takes for a default is not the same in all its documents.
import type { AlicloudEndpointGroupSpec } from '@gatehouse/core/request/alicloud/endpoint-group';
import * as z from 'zod';
import type { DesiredGroup, StandingGroup } from './endpoint-group-image.ts';
import { type Endpoint, endpointOf, wireEndpoint } from './endpoints.ts';
import { given, type Observed } from './shape.ts';

type Spec = AlicloudEndpointGroupSpec;
export type ObservedGroup = Observed<StandingGroup> & { ruleIds: string[] };

export const groupAnswer = z.object({
  EndpointGroupId: z.string(),
  ListenerId: z.string().optional(),
  State: z.string().optional(),
  EndpointGroupType: z.string().optional(),
  EndpointGroupRegion: z.string().optional(),
  Name: z.string().optional(),
  Description: z.string().optional(),
  TrafficPercentage: z.int().optional(),
  EndpointRequestProtocol: z.string().optional(),
  EndpointProtocolVersion: z.string().optional(),
  EndpointIpVersion: z.string().optional(),
  HealthCheckEnabled: z.boolean().optional(),
  HealthCheckProtocol: z.string().optional(),
  HealthCheckPort: z.int().optional(),
  HealthCheckPath: z.string().optional(),
  HealthCheckHost: z.string().optional(),
  HealthCheckIntervalSeconds: z.int().optional(),
  ThresholdCount: z.int().optional(),
  EndpointConfigurations: z.array(z.record(z.string(), z.unknown())).default([]),
  PortOverrides: z.array(z.object({ ListenerPort: z.int(), EndpointPort: z.int() })).default([]),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string().default('') })).default([]),
  ForwardingRuleIds: z.array(z.string()).default([]),
});
export type GroupAnswer = z.output<typeof groupAnswer>;

export function specOf({
  acceleratorId: _,
  dropped: __,
  droppedTags: ___,
  ...spec
}: DesiredGroup): StandingGroup {
  return spec;
}

export function observed(answer: GroupAnswer, around: (string | undefined)[]): ObservedGroup {
  const spec = {
    listenerId: answer.ListenerId,
    type: answer.EndpointGroupType ?? 'default',
    name: answer.Name ?? '',
    description: answer.Description ?? '',
    region: answer.EndpointGroupRegion,
    endpoints: answer.EndpointConfigurations.map(endpointOf),
    endpointRequestProtocol: answer.EndpointRequestProtocol?.toUpperCase(),
    endpointProtocolVersion: answer.EndpointProtocolVersion,
    endpointIpVersion: answer.EndpointIpVersion,
    trafficPercentage: answer.TrafficPercentage,
    healthCheckEnabled: answer.HealthCheckEnabled ?? false,
    healthCheckProtocol: answer.HealthCheckProtocol?.toLowerCase(),
    healthCheckPort: answer.HealthCheckPort,
    healthCheckPath: answer.HealthCheckPath,
    healthCheckHost: answer.HealthCheckHost,
    healthCheckIntervalSeconds: answer.HealthCheckIntervalSeconds,
    thresholdCount: answer.ThresholdCount,
    tags: Object.fromEntries(answer.Tags.map(({ Key, Value }) => [Key, Value])),
    portOverrides: answer.PortOverrides.map(({ ListenerPort, EndpointPort }) => ({
      listenerPort: ListenerPort,
      endpointPort: EndpointPort,
    })),
  };
  return {
    id: answer.EndpointGroupId,
    states: [answer.State, ...around],
    ruleIds: answer.ForwardingRuleIds,
    spec: given(spec) as StandingGroup,
  };
}

/** Ports whose override is to go are led to themselves where none would be left to send. */
export function overridesToSend({ portOverrides }: DesiredGroup, standing: Spec): Spec['portOverrides'] {
  if (portOverrides.length > 0) return portOverrides;
  return standing.portOverrides.map(({ listenerPort }) => ({ listenerPort, endpointPort: listenerPort }));
}

/** All that create and update share. */
export function wireOf(desired: DesiredGroup, endpoints: Endpoint[], portOverrides: Spec['portOverrides']) {
  const checks = desired.healthCheckEnabled;
  const asks = checks && desired.healthCheckProtocol !== 'tcp';
  return {
    EndpointGroupRegion: desired.region,
    Name: desired.name,
    Description: desired.description,
    EndpointConfigurations: endpoints.map(wireEndpoint),
    EndpointRequestProtocol: desired.endpointRequestProtocol,
    EndpointProtocolVersion: desired.endpointProtocolVersion,
    EndpointIpVersion: desired.endpointIpVersion,
    TrafficPercentage: desired.trafficPercentage,
    HealthCheckEnabled: checks,
    HealthCheckProtocol: checks ? desired.healthCheckProtocol : undefined,
    HealthCheckPort: checks ? desired.healthCheckPort : undefined,
    HealthCheckPath: asks ? desired.healthCheckPath : undefined,
    HealthCheckHost: asks ? desired.healthCheckHost : undefined,
    HealthCheckIntervalSeconds: checks ? desired.healthCheckIntervalSeconds : undefined,
    ThresholdCount: checks ? desired.thresholdCount : undefined,
    PortOverrides:
      portOverrides.length > 0
        ? portOverrides.map(({ listenerPort, endpointPort }) => ({
            ListenerPort: listenerPort,
            EndpointPort: endpointPort,
          }))
        : undefined,
  };
}

/** An empty list cannot be sent. */
export function tagsToSend({ tags = {} }: Partial<DesiredGroup>) {
  return Object.keys(tags).length > 0 ? wireTags(tags) : undefined;
}

export function wireTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
