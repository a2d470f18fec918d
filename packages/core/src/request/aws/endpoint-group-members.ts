// The members of an endpoint group of AWS Global Accelerator, and of its endpoints.
import type { MemberTable } from '../member-table.ts';

/** Of one call, which sets, adds or removes them; also the default quota of a group, foreign endpoints included. */
export const MAX_ENDPOINTS = 10;
export const MAX_PORT_OVERRIDES = 10;

export const ENDPOINT = {
  endpointId: { wire: 'EndpointId' },
  weight: { wire: 'Weight' },
  clientIPPreservationEnabled: { wire: 'ClientIPPreservationEnabled', default: false },
  attachmentArn: { wire: 'AttachmentArn', unread: true },
} as const satisfies MemberTable;

const PORT_OVERRIDE = {
  listenerPort: { wire: 'ListenerPort' },
  endpointPort: { wire: 'EndpointPort' },
} as const satisfies MemberTable;

export const ENDPOINT_GROUP = {
  /** Known once the listener is created. */
  listenerArn: { wire: 'ListenerArn', createOnly: true },
  region: { wire: 'EndpointGroupRegion', createOnly: true },
  trafficDialPercentage: { wire: 'TrafficDialPercentage', compare: 'float32', default: 100 },
  /** Defaults to the first port of the listener. */
  healthCheckPort: { wire: 'HealthCheckPort' },
  healthCheckProtocol: { wire: 'HealthCheckProtocol', default: 'TCP' },
  healthCheckPath: {
    wire: 'HealthCheckPath',
    default: '/',
    when: { healthCheckProtocol: ['HTTP', 'HTTPS'] },
  },
  healthCheckIntervalSeconds: { wire: 'HealthCheckIntervalSeconds', default: 30 },
  thresholdCount: { wire: 'ThresholdCount', default: 3 },
  endpoints: { wire: 'EndpointConfigurations', items: ENDPOINT, compare: 'shared' },
  portOverrides: { wire: 'PortOverrides', items: PORT_OVERRIDE, compare: 'portOverrides', default: [] },
} as const satisfies MemberTable;
