// An endpoint group of Alibaba Cloud Global Accelerator in a request, with every member of CreateEndpointGroup. A listener's
// default group receives the traffic that matches no forwarding rule. Virtual groups are targets of forwarding rules.
import * as z from 'zod';
import {
  flag,
  lenient,
  lenientOr,
  listOf,
  oneOf,
  port,
  text,
  urlPath,
  wholeNumber,
} from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import { tagsSpec } from '../tags.ts';
import { alicloudEndpointSpec } from './endpoint.ts';
import {
  ALICLOUD_ENDPOINT_GROUP,
  MAX_ENDPOINTS,
  MAX_PORT_OVERRIDES,
  MAX_TAGS,
} from './endpoint-group-members.ts';
import type { GroupToCheck } from './endpoint-group-rules.ts';
import { alicloudDescription, alicloudName } from './listener.ts';

export type AlicloudEndpointGroupSpec = z.output<typeof alicloudEndpointGroupSpec>;

const region = text('a region of Alibaba Cloud, like `cn-hangzhou`', {
  from: 1,
  to: 64,
  pattern: /^[a-z]{2}(-[a-z]+)+(-\d{1,2})?$/,
});

const portOverrideSpec = objectByTable('a port override', ALICLOUD_ENDPOINT_GROUP.portOverrides.items, {
  listenerPort: port().meta({ description: 'A port of the listener.' }),
  endpointPort: port().meta({ description: 'The endpoint port that receives the traffic.' }),
}).meta({ id: 'AlicloudPortOverride' });

const NO_URL = 'without `http://` and `https://`';
const tagKey = text(`a tag name ${NO_URL}, not beginning with \`aliyun\` or \`acs:\``, {
  from: 1,
  to: 64,
  pattern: /^(?!aliyun|acs:)(?!.*https?:\/\/).*$/,
});
const tagValue = text(`a tag value ${NO_URL}`, { from: 0, to: 128, pattern: /^(?!.*https?:\/\/).*$/ });

const IF_ENABLED = 'Ignored if `healthCheckEnabled` is false.';

const healthCheck = {
  healthCheckEnabled: flag().default(false).meta({
    description:
      'Whether endpoints are checked. The API documents two different defaults, so Gatehouse sets its own and always sends the value.',
  }),
  healthCheckProtocol: oneOf(['tcp', 'http', 'https'])
    .default('tcp')
    .meta({
      description: `The protocol of the health checks. The default is set by Gatehouse. ${IF_ENABLED}`,
    }),
  healthCheckPort: port()
    .exactOptional()
    .meta({
      description: `The port of the health checks; required if they are enabled. ${IF_ENABLED}`,
    }),
  healthCheckPath: urlPath(255)
    .default('/')
    .meta({ description: `The path of HTTP and HTTPS health checks. ${IF_ENABLED}` }),
  healthCheckHost: text('a host name', { from: 1, to: 253, pattern: /^[A-Za-z0-9.-]+$/ })
    .exactOptional()
    .meta({ description: `The host header of HTTP and HTTPS health checks. ${IF_ENABLED}` }),
  healthCheckIntervalSeconds: wholeNumber(1, 50)
    .default(2)
    .meta({
      description: `The time between two health checks. The default is that of the console. ${IF_ENABLED}`,
      unit: 'seconds',
    }),
  thresholdCount: wholeNumber(2, 10)
    .default(3)
    .meta({
      description: `The number of consecutive checks that changes the health status of an endpoint. ${IF_ENABLED}`,
    }),
};

const type = oneOf(['default', 'virtual']);
const requestProtocol = oneOf(['HTTP', 'HTTPS']);

export const alicloudEndpointGroupSpec = objectByTable('an endpoint group', ALICLOUD_ENDPOINT_GROUP, {
  type: type.default(ALICLOUD_ENDPOINT_GROUP.type.default).meta({
    description: 'A `virtual` group receives traffic from forwarding rules only.',
  }),
  name: alicloudName('an endpoint group').exactOptional().meta({
    description:
      'The name of the group. Required for a virtual group, unique on its listener: forwarding rules refer to it.',
  }),
  description: alicloudDescription(),
  region: region.meta({
    description: 'The region of the group. A listener has one default group per region.',
  }),
  endpoints: listOf(alicloudEndpointSpec, { from: 1, to: MAX_ENDPOINTS, called: 'endpoints' }).meta({
    description:
      'The endpoints that receive the traffic: at most 4 according to the guide, at most 30 in the current service if the quota has been raised.',
  }),
  endpointRequestProtocol: requestProtocol.exactOptional().meta({
    description:
      'The protocol of the traffic to the endpoints of an HTTP or HTTPS listener. The default is HTTP, the only value for an HTTP listener.',
  }),
  endpointProtocolVersion: oneOf(['HTTP1.1', 'HTTP2'])
    .exactOptional()
    .meta({ description: 'The HTTP version of the traffic to HTTPS endpoints.' }),
  endpointIpVersion: oneOf(['IPv4', 'IPv6', 'ProtocolAffinity'])
    .exactOptional()
    .meta({ description: 'The IP version of the traffic to the endpoints. The default is IPv4.' }),
  trafficPercentage: wholeNumber(0, 100).default(100).meta({
    description: "The share of the group's traffic that it receives. With 0 it gets no traffic.",
    unit: 'percent',
  }),
  ...healthCheck,
  tags: tagsSpec(tagKey, tagValue, {
    id: 'AlicloudTags',
    most: MAX_TAGS,
    description: `The tags of the endpoint group, at most ${MAX_TAGS}.`,
  }),
  portOverrides: listOf(portOverrideSpec, { from: 0, to: MAX_PORT_OVERRIDES, called: 'port overrides' })
    .default([])
    .meta({
      description:
        'Overrides that map a listener port to a different endpoint port. An HTTP or HTTPS listener has at most one.',
    }),
}).meta({ id: 'AlicloudEndpointGroup' });

/** The input of the rules: an invalid part is undefined or null. */
export const lenientGroups = lenient(
  z.array(
    lenient(
      z.object({
        type: lenientOr(type),
        name: lenientOr(alicloudName('an endpoint group')),
        region: lenient(region),
        endpoints: lenient(
          z.array(
            lenient(
              z.object({
                type: lenient(z.string()),
                endpoint: lenient(z.string()),
                subAddress: lenient(z.string()),
                vpcId: lenient(z.string()),
                enableClientIPPreservation: lenient(flag()),
                enableProxyProtocol: lenient(flag()),
              }),
            ),
          ),
        ),
        endpointRequestProtocol: lenientOr(requestProtocol),
        endpointProtocolVersion: lenient(z.unknown()),
        healthCheckEnabled: lenient(flag()),
        healthCheckPort: lenient(z.unknown()),
        portOverrides: lenient(z.array(lenient(portOverrideSpec))),
        tags: lenient(z.unknown()),
      }),
    ),
  ),
) satisfies z.ZodType<(GroupToCheck | undefined)[] | undefined>;
