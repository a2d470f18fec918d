// The members of an endpoint group of Alibaba Cloud Global Accelerator, and of its endpoints.
import type { MemberTable } from '../member-table.ts';

/** Where the quota has been raised; 4 by the guide. */
export const MAX_ENDPOINTS = 30;
export const MAX_PORT_OVERRIDES = 30;
/** Of the API, for each of its resources. */
export const MAX_TAGS = 20;

export const ALICLOUD_ENDPOINT = {
  type: { wire: 'Type' },
  endpoint: { wire: 'Endpoint' },
  weight: { wire: 'Weight' },
  enableClientIPPreservation: { wire: 'EnableClientIPPreservation', default: false },
  enableProxyProtocol: { wire: 'EnableProxyProtocol', default: false },
  subAddress: { wire: 'SubAddress' },
  vpcId: { wire: 'VpcId' },
  vSwitchIds: { wire: 'VSwitchIds' },
} as const satisfies MemberTable;

const PORT_OVERRIDE = {
  listenerPort: { wire: 'ListenerPort' },
  endpointPort: { wire: 'EndpointPort' },
} as const satisfies MemberTable;

const CHECKED = { healthCheckEnabled: [true] } as const;
const CHECKED_BY_HTTP = { ...CHECKED, healthCheckProtocol: ['http', 'https'] } as const;

export const ALICLOUD_ENDPOINT_GROUP = {
  acceleratorId: { wire: 'AcceleratorId', createOnly: true, unread: true },
  /** Known once the listener is created. */
  listenerId: { wire: 'ListenerId', createOnly: true },
  type: { wire: 'EndpointGroupType', createOnly: true, default: 'default' },
  name: { wire: 'Name', default: '' },
  description: { wire: 'Description', default: '' },
  region: { wire: 'EndpointGroupRegion', createOnly: true },
  endpoints: { wire: 'EndpointConfigurations', items: ALICLOUD_ENDPOINT, compare: 'shared' },
  /** For endpoints of HTTP and HTTPS listeners only. */
  endpointRequestProtocol: { wire: 'EndpointRequestProtocol', default: 'HTTP' },
  endpointProtocolVersion: {
    wire: 'EndpointProtocolVersion',
    when: { endpointRequestProtocol: ['HTTPS'] },
  },
  endpointIpVersion: { wire: 'EndpointIpVersion', default: 'IPv4' },
  trafficPercentage: { wire: 'TrafficPercentage' },
  healthCheckEnabled: { wire: 'HealthCheckEnabled', default: false },
  healthCheckProtocol: { wire: 'HealthCheckProtocol', when: CHECKED },
  healthCheckPort: { wire: 'HealthCheckPort', when: CHECKED },
  healthCheckPath: { wire: 'HealthCheckPath', when: CHECKED_BY_HTTP },
  healthCheckHost: { wire: 'HealthCheckHost', when: CHECKED_BY_HTTP },
  healthCheckIntervalSeconds: { wire: 'HealthCheckIntervalSeconds', when: CHECKED },
  thresholdCount: { wire: 'ThresholdCount', when: CHECKED },
  tags: { wire: 'Tag', compare: 'shared' },
  portOverrides: { wire: 'PortOverrides', items: PORT_OVERRIDE, compare: 'portOverrides', default: [] },
} as const satisfies MemberTable;
