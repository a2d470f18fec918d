// Converts an endpoint group between the API and a spec. Weight, percentage and `healthCheckEnabled` are always sent, as the
// documentation is inconsistent about their defaults.
import type { AlicloudEndpointGroupSpec } from '@gatehouse/core/request/alicloud/endpoint-group';
import { ALICLOUD_ENDPOINT_GROUP } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import { applicable } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput, type Writers } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { sharedTags } from '../tags.ts';
import { endpointOf, sharedEndpoints, wireEndpoint } from './endpoints.ts';
import type { Observed } from './shape.ts';

type Spec = AlicloudEndpointGroupSpec;

/** With its listener, known once that is created. */
export type DesiredGroup = DesiredByKind['alicloudEndpointGroup'] & {
  listenerId?: string;
  /** Identities of our endpoints that are no longer in the spec. */
  dropped?: string[];
  /** Keys of our tags that are no longer in the spec. */
  droppedTags?: string[];
};

/** An existing group; with its listener if the response has it. */
export type ExistingGroup = Spec & { listenerId?: string };
export type ObservedGroup = Observed<ExistingGroup> & { ruleIds: string[] };

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
    spec: spec as ExistingGroup,
  };
}

/** Health check members are compared only if they apply. */
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
  /** A health check host that was set where none was before: no documented call clears it. */
  irreversible(desired: DesiredGroup, before: Record<string, unknown>, existing: ObservedGroup): string[] {
    const { healthCheckHost: host } = compared.snapshot(existing);
    if (host === undefined || host !== desired.healthCheckHost || 'healthCheckHost' in before) return [];
    const why = 'it had none before, and no call of the API clears it';
    return [`healthCheckHost stays ${JSON.stringify(host)}: ${why}`];
  },
};

/** The API does not accept empty lists. */
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
  // A create omits empty texts, as there is nothing to clear.
  return { ...input, Name: desired.name || undefined, Description: desired.description || undefined };
}

/** All members except the tags, which have calls of their own. `endpoints` includes foreign ones. */
export function wireToUpdate(desired: DesiredGroup, endpoints: Spec['endpoints'], existing: Spec) {
  const portOverrides = overridesToSend(desired, existing);
  const spec = applicable(ALICLOUD_ENDPOINT_GROUP, { ...desired, endpoints, portOverrides });
  const { Tag: _, ...input } = updateInput(ALICLOUD_ENDPOINT_GROUP, spec, WRITERS);
  return { EndpointGroupRegion: desired.region, ...input };
}

/** The last overrides are removed by mapping each port to itself, as the list cannot be empty. */
function overridesToSend({ portOverrides }: DesiredGroup, existing: Spec): Spec['portOverrides'] {
  if (portOverrides.length > 0) return portOverrides;
  return existing.portOverrides.map(({ listenerPort }) => ({ listenerPort, endpointPort: listenerPort }));
}

export function wireTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
