// AWS Global Accelerator in a request: a standard accelerator's listener and its endpoint groups, with every
// member of CreateListener and CreateEndpointGroup. Ranges and defaults are those of the API (version
// 2018-08-08) unless said otherwise; only quotas that AWS does not raise are limits here.
import * as z from 'zod';
import {
  flag,
  fraction,
  listOf,
  oneOf,
  port,
  readable,
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
  fromPort: port().meta({ description: 'First port of the range, included.' }),
  toPort: port().meta({ description: 'Last port of the range, included.' }),
});

export const listenerSpec = objectByTable('a listener', LISTENER, {
  acceleratorArn: text(
    'the ARN of an accelerator, like `arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-...`',
    { from: 1, to: 255, pattern: /^arn:aws(-[a-z]+)*:globalaccelerator::\d{12}:accelerator\/[0-9a-zA-Z-]+$/ },
  ).meta({ description: 'The accelerator that the listener belongs to. It must exist.' }),
  protocol: oneOf(['TCP', 'UDP']).meta({ description: 'The protocol that clients speak.' }),
  portRanges: listOf(portRangeSpec, { from: 1, to: MAX_PORT_RANGES, called: 'port ranges' }).meta({
    description:
      'The ports that clients connect to. No port may belong to two ranges, nor to two listeners of one protocol on one accelerator. Ten ranges are a quota that AWS does not raise.',
  }),
  clientAffinity: oneOf(['NONE', 'SOURCE_IP']).default(LISTENER.clientAffinity.default).meta({
    description:
      'NONE spreads connections by address, port and protocol of both sides; SOURCE_IP keeps a client address on one endpoint, whatever port it uses.',
  }),
});

const endpointIdSpec = text(
  'the ARN of an Application or Network Load Balancer, an Elastic IP (`eipalloc-...`) or an EC2 instance (`i-...`)',
  { from: 1, to: 255 },
);

const endpointSpec = objectByTable('an endpoint', ENDPOINT, {
  endpointId: endpointIdSpec.meta({
    description:
      "A load balancer's ARN, an Elastic IP's allocation id or an instance's id, in the group's region; the ARN of any of them when it belongs to another account.",
  }),
  weight: wholeNumber(0, 255).default(128).meta({
    description:
      "The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as AWS documents none.",
  }),
  clientIPPreservationEnabled: flag().exactOptional().meta({
    description:
      "Whether the endpoint sees the client's address. When left out AWS decides by the kind of endpoint: on for Application Load Balancers and instances. Elastic IPs do not support it.",
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
});

const portOverrideSpec = objectByTable('a port override', ENDPOINT_GROUP.portOverrides.items, {
  listenerPort: port().meta({ description: "A port of the listener's ranges." }),
  endpointPort: port().meta({
    description: "The port of the endpoints that it is sent to; outside all of the listener's ranges.",
  }),
});

const healthCheck = {
  healthCheckPort: port().exactOptional().meta({
    description: "The port that is checked. When left out AWS takes the first of the listener's ports.",
  }),
  healthCheckProtocol: oneOf(['TCP', 'HTTP', 'HTTPS'])
    .default(ENDPOINT_GROUP.healthCheckProtocol.default)
    .meta({
      description:
        'How Elastic IPs and instances are checked; for load balancers their own health checks count.',
    }),
  healthCheckPath: urlPath(255).default(ENDPOINT_GROUP.healthCheckPath.default).meta({
    description: 'What an HTTP or HTTPS check asks for. A TCP check ignores it.',
  }),
  healthCheckIntervalSeconds: oneOf([10, 30])
    .default(ENDPOINT_GROUP.healthCheckIntervalSeconds.default)
    .meta({
      description: 'Time between two checks of an endpoint.',
      unit: 'seconds',
    }),
  thresholdCount: wholeNumber(1, 10).default(ENDPOINT_GROUP.thresholdCount.default).meta({
    description: 'So many checks in a row make a healthy endpoint unhealthy, or an unhealthy one healthy.',
  }),
};

export const endpointGroupSpec = objectByTable('an endpoint group', ENDPOINT_GROUP, {
  region: region().meta({
    description: 'The region of all endpoints of the group. A listener has one group per region.',
  }),
  trafficDialPercentage: fraction(0, 100).default(ENDPOINT_GROUP.trafficDialPercentage.default).meta({
    description: 'The part of the traffic meant for this region that it gets; 0 sends it none.',
    unit: 'percent',
  }),
  ...healthCheck,
  endpoints: listOf(endpointSpec, { from: 0, to: MAX_ENDPOINTS, called: 'endpoints' })
    .default([])
    .meta({ description: 'Where the traffic goes. One call takes ten.' }),
  portOverrides: listOf(portOverrideSpec, { from: 0, to: MAX_PORT_OVERRIDES, called: 'port overrides' })
    .default([])
    .meta({ description: 'Listener ports that arrive at another port of the endpoints.' }),
});

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined. */
const readableParts = z.object({
  listener: readable(
    z.object({
      protocol: readable(listenerSpec.shape.protocol),
      portRanges: readable(z.array(readable(portRangeSpec))),
    }),
  ),
  endpointGroups: readable(
    z.array(
      readable(
        z.object({
          region: readable(region()),
          endpoints: readable(
            z.array(
              readable(
                z.object({
                  endpointId: readable(endpointIdSpec),
                  clientIPPreservationEnabled: readable(flag()),
                }),
              ),
            ),
          ),
          portOverrides: readable(z.array(readable(portOverrideSpec))),
        }),
      ),
    ),
  ),
});

/**
 * The rules that no schema says, checked on whatever part of the request can be read, so that a mistake in
 * one member hides none in another. Pointers start at the request. Never throws.
 */
export function globalAcceleratorIssues(request: {
  listener?: unknown;
  endpointGroups?: unknown;
}): ValidationIssue[] {
  const { listener, endpointGroups } = readableParts.parse(request);
  return [...listenerIssues(listener ?? {}), ...endpointGroupIssues(endpointGroups ?? [], listener ?? {})];
}
