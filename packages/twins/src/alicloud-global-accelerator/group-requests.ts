// The requests of the operations on endpoint groups. Some members of a group have other names in a batch.
import { listOf, oneOf, text } from '../shared/input.ts';
import { mostTags } from './limits.ts';
import { anyCase, list, parameters, truth, whole } from './readers.ts';
import { anyText, clientToken, dryRun, id, onListener, page, RegionId } from './request-members.ts';

const portOverrides = list(parameters({ ListenerPort: whole(), EndpointPort: whole(1, 65_535) }, {}), 1000);
const endpoint = parameters(
  {
    Type: oneOf('Domain', 'Ip', 'PublicIp', 'ECS', 'SLB', 'ALB', 'NLB', 'ENI', 'OSS', 'IpTarget'),
    Endpoint: text({ min: 1, max: 253 }),
    Weight: whole(0, 255),
  },
  {
    EnableClientIPPreservation: truth,
    EnableProxyProtocol: truth,
    SubAddress: id,
    VpcId: id,
    VSwitchIds: list(id, 2),
  },
);

const group = {
  EndpointConfigurations: list(endpoint, 1000),
  EndpointRequestProtocol: anyCase('HTTP', 'HTTPS'),
  EndpointProtocolVersion: oneOf('HTTP1.1', 'HTTP2'),
  EndpointIpVersion: oneOf('IPv4', 'IPv6', 'ProtocolAffinity'),
  PortOverrides: portOverrides,
  TrafficPercentage: whole(0, 100),
  HealthCheckEnabled: truth,
  HealthCheckProtocol: text({ max: 5, pattern: /^(tcp|http|https)$/i }),
  HealthCheckPort: whole(1, 65_535),
  /** Its length and characters are not documented. */
  HealthCheckPath: text({ max: 255, pattern: /^\/[!-~]*$/ }),
  HealthCheckHost: text({ max: 253 }),
  HealthCheckIntervalSeconds: whole(1, 50),
  ThresholdCount: whole(2, 10),
};
const named = { Name: anyText, Description: anyText };
const groupType = { EndpointGroupType: anyCase('default', 'virtual') };
const tag = parameters(
  { Key: text({ min: 1, max: 64, pattern: /^(?!aliyun|acs:)(?!.*https?:\/\/)/ }) },
  { Value: text({ max: 128, pattern: /^(?!.*https?:\/\/)/ }) },
);
const tags = { Tag: list(tag, mostTags) };
const tagged = {
  RegionId,
  ResourceType: oneOf('endpointgroup'),
  ResourceId: listOf(id, { min: 1, max: 50 }),
};
const batched = { EndpointGroupName: anyText, EndpointGroupDescription: anyText };
const EndpointGroupRegion = id;

export const createEndpointGroup = parameters(
  { ...onListener, EndpointGroupRegion },
  { ...group, ...named, ...groupType, ...tags, ...dryRun, ...clientToken },
);
export const updateEndpointGroup = parameters(
  { RegionId, EndpointGroupId: id, EndpointGroupRegion },
  { ...group, ...named, ...clientToken },
);
export const updateEndpointGroupAttribute = parameters(
  { RegionId, EndpointGroupId: id },
  { ...named, ...clientToken },
);
export const byGroup = parameters({ RegionId, EndpointGroupId: id }, {});
export const deleteEndpointGroup = parameters({ EndpointGroupId: id }, { AcceleratorId: id, ...clientToken });
export const listEndpointGroups = parameters(
  { RegionId, AcceleratorId: id },
  { ListenerId: id, EndpointGroupId: id, EndpointGroupRegion: id, ...groupType, ...page },
);

/** In a batch, or with their listener. */
export const groupsToCreate = list(
  parameters({ EndpointGroupRegion }, { ...group, ...batched, ...groupType, ...tags }),
  1000,
);
const toUpdate = list(
  parameters({ EndpointGroupId: id, EndpointGroupRegion }, { ...group, ...batched }),
  1000,
);
/** Under the spelling of the selected limits. */
export const createEndpointGroups = parameters(onListener, {
  EndpointGroupConfigrations: groupsToCreate,
  EndpointGroupConfigurations: groupsToCreate,
  ...dryRun,
  ...clientToken,
});
export const updateEndpointGroups = parameters(
  { RegionId, ListenerId: id },
  {
    EndpointGroupConfigrations: toUpdate,
    EndpointGroupConfigurations: toUpdate,
    ...dryRun,
    ...clientToken,
  },
);
export const deleteEndpointGroups = parameters(
  { RegionId, EndpointGroupIds: listOf(id, { min: 1, max: 10 }) },
  { ...dryRun, ...clientToken },
);
/** Of the taggable resources, the twin keeps tags of endpoint groups only. */
export const tagResources = parameters(
  { ...tagged, Tag: listOf(tag, { min: 1, max: mostTags }) },
  clientToken,
);
export const untagResources = parameters(tagged, {
  TagKey: list(text({ min: 1, max: 64 }), mostTags),
  All: truth,
  ...clientToken,
});

export type TagResources = ReturnType<typeof tagResources>;
export type UntagResources = ReturnType<typeof untagResources>;
export type AskedEndpoint = ReturnType<typeof endpoint>;
export type CreateEndpointGroup = ReturnType<typeof createEndpointGroup>;
export type UpdateEndpointGroup = ReturnType<typeof updateEndpointGroup>;
export type UpdateEndpointGroupAttribute = ReturnType<typeof updateEndpointGroupAttribute>;
export type DeleteEndpointGroup = ReturnType<typeof deleteEndpointGroup>;
export type ListEndpointGroups = ReturnType<typeof listEndpointGroups>;
export type CreateEndpointGroups = ReturnType<typeof createEndpointGroups>;
export type UpdateEndpointGroups = ReturnType<typeof updateEndpointGroups>;
export type DeleteEndpointGroups = ReturnType<typeof deleteEndpointGroups>;
/** The members of an endpoint group besides its listener and region. */
export type GroupSettings = Omit<UpdateEndpointGroup, 'RegionId' | 'EndpointGroupId' | 'EndpointGroupRegion'>;
