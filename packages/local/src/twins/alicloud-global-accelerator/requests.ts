// What each operation takes, as its documentation lists it. Bounds that have a code of their own are
// checked where the rule is; ports, names and protocols are such.
import { listOf, oneOf, type Reader, text } from '../input.ts';
import { illegal } from './errors.ts';
import { anyCase, list, parameters, truth, whole } from './readers.ts';

export const id = text({ min: 1, max: 128 });
export const anyText = text({ max: 4096 });
/** The only one that the API lives in, whatever region an endpoint group has. */
const RegionId: Reader<string> = (value, at) => {
  if (value !== 'cn-hangzhou') throw illegal(at, 'be cn-hangzhou');
  return value;
};
export const clientToken = { ClientToken: text({ min: 1, max: 64, pattern: /^[!-~]+$/ }) };
const page = { PageNumber: whole(1, 10_000), PageSize: whole(1, 50) };

const portRanges = listOf(parameters({ FromPort: whole(), ToPort: whole() }, {}), { min: 1, max: 1000 });
const portOverrides = list(parameters({ ListenerPort: whole(), EndpointPort: whole(1, 65_535) }, {}), 1000);
const forwardedFor = parameters(
  {},
  {
    XForwardedForGaIdEnabled: truth,
    XForwardedForGaApEnabled: truth,
    XForwardedForProtoEnabled: truth,
    XForwardedForPortEnabled: truth,
    XRealIpEnabled: truth,
  },
);

const listener = {
  Name: anyText,
  Description: anyText,
  Protocol: anyText,
  ClientAffinity: oneOf('', 'NONE', 'SOURCE_IP'),
  Certificates: listOf(parameters({ Id: id }, {}), { max: 100 }),
  ProxyProtocol: truth,
  SecurityPolicyId: oneOf(
    'tls_cipher_policy_1_0',
    'tls_cipher_policy_1_1',
    'tls_cipher_policy_1_2',
    'tls_cipher_policy_1_2_strict',
    'tls_cipher_policy_1_2_strict_with_1_3',
  ),
  HttpVersion: oneOf('http1.1', 'http2', 'http3'),
  IdleTimeout: whole(),
  RequestTimeout: whole(1, 180),
  XForwardedForConfig: forwardedFor,
  ...clientToken,
};

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
  HealthCheckPath: text({ max: 128, pattern: /^\/[\w/.%?#&=-]*$/ }),
  HealthCheckHost: text({ max: 253 }),
  HealthCheckIntervalSeconds: whole(1, 50),
  ThresholdCount: whole(2, 10),
};
const named = { Name: anyText, Description: anyText };
const groupType = { EndpointGroupType: anyCase('default', 'virtual') };
const tags = {
  Tag: list(parameters({ Key: text({ min: 1, max: 128 }) }, { Value: text({ max: 128 }) }), 20),
};
const batched = { EndpointGroupName: anyText, EndpointGroupDescription: anyText };
export const dryRun = { DryRun: truth };

export const none = parameters({ RegionId }, {});
export const byAccelerator = parameters({ RegionId, AcceleratorId: id }, {});
export const listAccelerators = parameters({ RegionId }, { AcceleratorId: id, ...page });

export const createListener = parameters(
  { RegionId, AcceleratorId: id, PortRanges: portRanges },
  { ...listener, Type: oneOf('Standard', 'CustomRouting') },
);
export const updateListener = parameters(
  { ListenerId: id },
  { RegionId, PortRanges: portRanges, BackendPorts: portRanges, ...listener },
);
export const byListener = parameters({ RegionId, ListenerId: id }, {});
export const deleteListener = parameters({ ListenerId: id }, { AcceleratorId: id, ...clientToken });
export const listListeners = parameters(
  { RegionId, AcceleratorId: id },
  { Protocol: anyCase('TCP', 'UDP', 'HTTP', 'HTTPS'), ...page },
);

export const onListener = { RegionId, AcceleratorId: id, ListenerId: id };
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

const toCreate = list(
  parameters({ EndpointGroupRegion }, { ...group, ...batched, ...groupType, ...tags }),
  1000,
);
const toUpdate = list(
  parameters({ EndpointGroupId: id, EndpointGroupRegion }, { ...group, ...batched }),
  1000,
);
/** Under the spelling of the time: which one counts, the limits say. */
export const createEndpointGroups = parameters(onListener, {
  EndpointGroupConfigrations: toCreate,
  EndpointGroupConfigurations: toCreate,
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

export type AskedEndpoint = ReturnType<typeof endpoint>;
export type CreateEndpointGroup = ReturnType<typeof createEndpointGroup>;
export type UpdateEndpointGroup = ReturnType<typeof updateEndpointGroup>;
export type UpdateEndpointGroupAttribute = ReturnType<typeof updateEndpointGroupAttribute>;
export type DeleteEndpointGroup = ReturnType<typeof deleteEndpointGroup>;
export type ListEndpointGroups = ReturnType<typeof listEndpointGroups>;
export type CreateEndpointGroups = ReturnType<typeof createEndpointGroups>;
export type UpdateEndpointGroups = ReturnType<typeof updateEndpointGroups>;
export type DeleteEndpointGroups = ReturnType<typeof deleteEndpointGroups>;
/** What an endpoint group has besides its place. */
export type GroupSettings = Omit<UpdateEndpointGroup, 'RegionId' | 'EndpointGroupId' | 'EndpointGroupRegion'>;

export type ListenerSettings = Omit<ReturnType<typeof updateListener>, 'ListenerId'>;
export type CreateListener = ReturnType<typeof createListener>;
export type UpdateListener = ReturnType<typeof updateListener>;
export type DeleteListener = ReturnType<typeof deleteListener>;
export type ListListeners = ReturnType<typeof listListeners>;
