// An endpoint group as the API writes it, and as a spec says it. Weight, percentage and whether health is checked are always
// sent: each has a 0, and what the API takes for a default is not the same in all its documents.
import type { AlicloudEndpointGroupSpec } from '@gatehouse/core/request/alicloud/endpoint-group';
import { ALICLOUD_ENDPOINT_GROUP } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import { applicable } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput, type Writers } from '@gatehouse/core/request/member-values';
import * as z from 'zod';
import { sharedTags } from '../tags.ts';
import { endpointOf, sharedEndpoints, wireEndpoint } from './endpoints.ts';
import type { Observed } from './shape.ts';

type Spec = AlicloudEndpointGroupSpec;

/** A group of a request, its instance, and its listener, known once that is made. */
export type DesiredGroup = Spec & {
  acceleratorId: string;
  listenerId?: string;
  /** Identities of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
  /** Keys of tags likewise. */
  droppedTags?: string[];
};

/** A group as it stands; its listener where the answer says it. */
export type StandingGroup = Spec & { listenerId?: string };
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

export function observed(answer: GroupAnswer, around: (string | undefined)[]): ObservedGroup {
  const spec = fromWire(ALICLOUD_ENDPOINT_GROUP, answer, {
    endpoints: ({ EndpointConfigurations }) => EndpointConfigurations.map(endpointOf),
    endpointRequestProtocol: ({ EndpointRequestProtocol: protocol }) => protocol?.toUpperCase() || undefined,
    healthCheckProtocol: ({ HealthCheckProtocol: protocol }) => protocol?.toLowerCase(),
    tags: ({ Tags }) => Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  });
  return {
    id: answer.EndpointGroupId,
    states: [answer.State, ...around],
    ruleIds: answer.ForwardingRuleIds,
    spec: spec as StandingGroup,
  };
}

/** Health checks are compared as far as they have a meaning. */
const compared = comparedBy<typeof ALICLOUD_ENDPOINT_GROUP, DesiredGroup, ObservedGroup>(
  ALICLOUD_ENDPOINT_GROUP,
  ({ spec }) => applicable(ALICLOUD_ENDPOINT_GROUP, spec),
  {
    endpoints: sharedEndpoints(({ spec }) => spec.endpoints),
    tags: sharedTags(({ spec }) => spec.tags),
  },
);

export const groupMembers = {
  ...compared,
  /** A host that health checks name, set where none was: no documented call takes it away again. */
  remains(desired: DesiredGroup, before: Record<string, unknown>, standing: ObservedGroup): string[] {
    const { healthCheckHost: host } = compared.snapshot(standing);
    if (host === undefined || host !== desired.healthCheckHost || 'healthCheckHost' in before) return [];
    const why = 'it had none before, and no call of the API clears it';
    return [`healthCheckHost stays ${JSON.stringify(host)}: ${why}`];
  },
};

/** An empty list cannot be sent. */
const WRITERS = {
  endpoints: list => list.map(wireEndpoint),
  tags: tags => (Object.keys(tags).length > 0 ? wireTags(tags) : undefined),
  portOverrides: list =>
    list.length > 0
      ? list.map(override => createInput(ALICLOUD_ENDPOINT_GROUP.portOverrides.items, override))
      : undefined,
} satisfies Writers<typeof ALICLOUD_ENDPOINT_GROUP, DesiredGroup>;

export function wireToCreate(desired: DesiredGroup) {
  const input = createInput(ALICLOUD_ENDPOINT_GROUP, applicable(ALICLOUD_ENDPOINT_GROUP, desired), WRITERS);
  // Nothing clears what a create has not said yet.
  return { ...input, Name: desired.name || undefined, Description: desired.description || undefined };
}

/** All but the tags, which have calls of their own. `endpoints`: those of others, too. */
export function wireToUpdate(desired: DesiredGroup, endpoints: Spec['endpoints'], standing: Spec) {
  const portOverrides = overridesToSend(desired, standing);
  const spec = applicable(ALICLOUD_ENDPOINT_GROUP, { ...desired, endpoints, portOverrides });
  const { Tag: _, ...input } = updateInput(ALICLOUD_ENDPOINT_GROUP, spec, WRITERS);
  return { EndpointGroupRegion: desired.region, ...input };
}

/** Ports whose override is to go are led to themselves where none would be left to send. */
function overridesToSend({ portOverrides }: DesiredGroup, standing: Spec): Spec['portOverrides'] {
  if (portOverrides.length > 0) return portOverrides;
  return standing.portOverrides.map(({ listenerPort }) => ({ listenerPort, endpointPort: listenerPort }));
}

export function wireTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
