// AWS Global Accelerator in a request: a standard accelerator's listener and its endpoint groups, with every member of
// CreateListener and CreateEndpointGroup. Ranges and defaults are those of the API (version 2018-08-08) unless stated
// otherwise; of the quotas, only those that AWS cannot raise are limits here.
import * as z from 'zod';
import {
  flag,
  fraction,
  lenient,
  listOf,
  oneOf,
  port,
  region,
  text,
  urlPath,
  wholeNumber,
} from '../../json/members.ts';
import type { ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { ENDPOINT, ENDPOINT_GROUP, MAX_ENDPOINTS, MAX_PORT_OVERRIDES } from './endpoint-group-members.ts';
import { endpointGroupIssues, listenerIssues } from './global-accelerator-rules.ts';
import { LISTENER, MAX_PORT_RANGES } from './listener-members.ts';

export type ListenerSpec = z.output<typeof listenerSpec>;
export type EndpointGroupSpec = z.output<typeof endpointGroupSpec>;

const portRangeSpec = objectByTable('a port range', LISTENER.portRanges.items, {
  fromPort: port().meta({ description: 'The first port of the range, inclusive.' }),
  toPort: port().meta({ description: 'The last port of the range, inclusive.' }),
}).meta({ id: 'PortRange' });

export const listenerSpec = objectByTable('a listener', LISTENER, {
  acceleratorArn: text(
    'the ARN of an accelerator, like `arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-...`',
    { from: 1, to: 255, pattern: /^arn:aws(-[a-z]+)*:globalaccelerator::\d{12}:accelerator\/[0-9a-zA-Z-]+$/ },
  ).meta({ description: 'The accelerator that the listener belongs to. It must exist.' }),
  protocol: oneOf(['TCP', 'UDP']).meta({ description: 'The protocol that clients speak.' }),
  portRanges: listOf(portRangeSpec, { from: 1, to: MAX_PORT_RANGES, called: 'port ranges' }).meta({
    description:
      'The ports that clients connect to. Ranges must not overlap, nor may those of two listeners with the same protocol on one accelerator. At most ten ranges, a quota that AWS cannot raise.',
  }),
  clientAffinity: oneOf(['NONE', 'SOURCE_IP']).default(LISTENER.clientAffinity.default).meta({
    description:
      'NONE distributes connections by addresses, ports and protocol. SOURCE_IP routes all connections of a client address to the same endpoint.',
  }),
}).meta({ id: 'Listener' });

const endpointIdSpec = text(
  'the ARN of an Application or Network Load Balancer, an Elastic IP (`eipalloc-...`) or an EC2 instance (`i-...`)',
  { from: 1, to: 255 },
);

const endpointSpec = objectByTable('an endpoint', ENDPOINT, {
  endpointId: endpointIdSpec.meta({
    description:
      "The ARN of a load balancer, the allocation id of an Elastic IP or the id of an instance, in the group's region. For a resource of another account, its ARN.",
  }),
  weight: wholeNumber(0, 255).default(128).meta({
    description:
      "The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. AWS documents no default; this one is Gatehouse's.",
  }),
  clientIPPreservationEnabled: flag().exactOptional().meta({
    description:
      "Whether the client's address is preserved. The default depends on the endpoint: on for Application Load Balancers and instances. Not supported for Elastic IPs.",
  }),
  attachmentArn: text('the ARN of a cross-account attachment', {
    from: 1,
    to: 255,
    pattern: /^arn:aws(-[a-z]+)*:globalaccelerator::\d{12}:attachment\/[0-9a-zA-Z-]+$/,
  })
    .exactOptional()
    .meta({
      description: 'The cross-account attachment that shares an endpoint of another account.',
    }),
}).meta({ id: 'Endpoint' });

const portOverrideSpec = objectByTable('a port override', ENDPOINT_GROUP.portOverrides.items, {
  listenerPort: port().meta({ description: "A port of the listener's ranges." }),
  endpointPort: port().meta({
    description: "The endpoint port that receives the traffic. It must be outside the listener's ranges.",
  }),
}).meta({ id: 'PortOverride' });

const healthCheck = {
  healthCheckPort: port().exactOptional().meta({
    description: "The port of the health checks. The default is the listener's first port.",
  }),
  healthCheckProtocol: oneOf(['TCP', 'HTTP', 'HTTPS'])
    .default(ENDPOINT_GROUP.healthCheckProtocol.default)
    .meta({
      description:
        'The protocol of the health checks of Elastic IPs and instances. For load balancers, the health status of the load balancer applies.',
    }),
  healthCheckPath: urlPath(255).default(ENDPOINT_GROUP.healthCheckPath.default).meta({
    description: 'The path of HTTP and HTTPS health checks. TCP checks ignore it.',
  }),
  healthCheckIntervalSeconds: oneOf([10, 30])
    .default(ENDPOINT_GROUP.healthCheckIntervalSeconds.default)
    .meta({
      description: 'The time between two health checks of an endpoint.',
      unit: 'seconds',
    }),
  thresholdCount: wholeNumber(1, 10).default(ENDPOINT_GROUP.thresholdCount.default).meta({
    description: 'The number of consecutive checks that changes the health status of an endpoint.',
  }),
};

export const endpointGroupSpec = objectByTable('an endpoint group', ENDPOINT_GROUP, {
  region: region().meta({
    description: 'The region of all endpoints of the group. A listener has one group per region.',
  }),
  trafficDialPercentage: fraction(0, 100).default(ENDPOINT_GROUP.trafficDialPercentage.default).meta({
    description: "The share of the region's traffic that the group receives. With 0 it gets no traffic.",
    unit: 'percent',
  }),
  ...healthCheck,
  endpoints: listOf(endpointSpec, { from: 0, to: MAX_ENDPOINTS, called: 'endpoints' })
    .default([])
    .meta({ description: 'The endpoints that receive the traffic. At most ten, the limit of one API call.' }),
  portOverrides: listOf(portOverrideSpec, { from: 0, to: MAX_PORT_OVERRIDES, called: 'port overrides' })
    .default([])
    .meta({ description: 'Overrides that map a listener port to a different endpoint port.' }),
}).meta({ id: 'EndpointGroup' });

/** The input of the rules: an invalid part is undefined. */
const lenientParts = z.object({
  listener: lenient(
    z.object({
      protocol: lenient(listenerSpec.shape.protocol),
      portRanges: lenient(z.array(lenient(portRangeSpec))),
    }),
  ),
  endpointGroups: lenient(
    z.array(
      lenient(
        z.object({
          region: lenient(region()),
          endpoints: lenient(
            z.array(
              lenient(
                z.object({
                  endpointId: lenient(endpointIdSpec),
                  clientIPPreservationEnabled: lenient(flag()),
                }),
              ),
            ),
          ),
          portOverrides: lenient(z.array(lenient(portOverrideSpec))),
        }),
      ),
    ),
  ),
});

/**
 * The rules beyond the schema, checked on all valid parts of the request, so that an issue in one member does not hide
 * issues in others. Pointers start at the request. Never throws.
 */
export function globalAcceleratorIssues(request: {
  listener?: unknown;
  endpointGroups?: unknown;
}): ValidationIssue[] {
  const { listener, endpointGroups } = lenientParts.parse(request);
  return [...listenerIssues(listener ?? {}), ...endpointGroupIssues(endpointGroups ?? [], listener ?? {})];
}
