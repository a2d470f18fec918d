// An endpoint group of Alibaba Cloud Global Accelerator in a request, with every member of CreateEndpointGroup. A listener's default group gets what no forwarding rule sends elsewhere; a virtual one is there for rules.
import * as z from 'zod';
import {
  flag,
  listOf,
  oneOf,
  port,
  readable,
  readableOr,
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
  endpointPort: port().meta({ description: 'The port of the endpoints that it is sent to.' }),
});

const NO_URL = 'without `http://` and `https://`';
const tagKey = text(`a tag name ${NO_URL}, not beginning with \`aliyun\` nor \`acs:\``, {
  from: 1,
  to: 64,
  pattern: /^(?!aliyun|acs:)(?!.*https?:\/\/).*$/,
});
const tagValue = text(`a tag value ${NO_URL}`, { from: 0, to: 128, pattern: /^(?!.*https?:\/\/).*$/ });

const UNUSED = 'Not used while `healthCheckEnabled` is false.';

const healthCheck = {
  healthCheckEnabled: flag().default(false).meta({
    description:
      'Whether endpoints are checked. The default is ours, as the API says two; it is always sent.',
  }),
  healthCheckProtocol: oneOf(['tcp', 'http', 'https'])
    .default('tcp')
    .meta({ description: `How they are checked. The default is ours. ${UNUSED}` }),
  healthCheckPort: port()
    .exactOptional()
    .meta({
      description: `The port that is checked; must be given with checks. ${UNUSED}`,
    }),
  healthCheckPath: urlPath(255)
    .default('/')
    .meta({ description: `What an HTTP or HTTPS check asks for. ${UNUSED}` }),
  healthCheckHost: text('a host name', { from: 1, to: 253, pattern: /^[A-Za-z0-9.-]+$/ })
    .exactOptional()
    .meta({ description: `The host that an HTTP or HTTPS check names. ${UNUSED}` }),
  healthCheckIntervalSeconds: wholeNumber(1, 50)
    .default(2)
    .meta({
      description: `Time between two checks; the console's default. ${UNUSED}`,
      unit: 'seconds',
    }),
  thresholdCount: wholeNumber(2, 10)
    .default(3)
    .meta({
      description: `So many checks in a row turn an endpoint healthy or unhealthy. ${UNUSED}`,
    }),
};

const type = oneOf(['default', 'virtual']);
const requestProtocol = oneOf(['HTTP', 'HTTPS']);

export const alicloudEndpointGroupSpec = objectByTable('an endpoint group', ALICLOUD_ENDPOINT_GROUP, {
  type: type.default(ALICLOUD_ENDPOINT_GROUP.type.default).meta({
    description: 'A `virtual` group is reached by forwarding rules only.',
  }),
  name: alicloudName('an endpoint group').exactOptional().meta({
    description: 'Forwarding rules name a virtual group by it, which must have one, unique on its listener.',
  }),
  description: alicloudDescription(),
  region: region.meta({
    description: 'Where the group runs. A listener has one default group per region.',
  }),
  endpoints: listOf(alicloudEndpointSpec, { from: 1, to: MAX_ENDPOINTS, called: 'endpoints' }).meta({
    description:
      'Where the traffic goes: 4 endpoints by the guide, and now 30 where the quota has been raised.',
  }),
  endpointRequestProtocol: requestProtocol.exactOptional().meta({
    description:
      'The protocol that endpoints behind an HTTP or HTTPS listener speak. When left out the cloud takes HTTP; behind an HTTP listener there is no other.',
  }),
  endpointProtocolVersion: oneOf(['HTTP1.1', 'HTTP2'])
    .exactOptional()
    .meta({ description: 'The version that HTTPS endpoints speak.' }),
  endpointIpVersion: oneOf(['IPv4', 'IPv6', 'ProtocolAffinity'])
    .exactOptional()
    .meta({ description: 'How endpoints are reached. When left out the cloud takes IPv4.' }),
  trafficPercentage: wholeNumber(0, 100).default(100).meta({
    description: 'The part of the traffic meant for this group that it gets; 0 sends it none.',
    unit: 'percent',
  }),
  ...healthCheck,
  tags: tagsSpec(tagKey, tagValue, {
    most: MAX_TAGS,
    description: `Tags of the endpoint group, at most ${MAX_TAGS}.`,
  }),
  portOverrides: listOf(portOverrideSpec, { from: 0, to: MAX_PORT_OVERRIDES, called: 'port overrides' })
    .default([])
    .meta({
      description:
        'A listener port that arrives at another port of the endpoints: one behind HTTP and HTTPS.',
    }),
});

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined, or null. */
export const readableGroups = readable(
  z.array(
    readable(
      z.object({
        type: readableOr(type),
        name: readableOr(alicloudName('an endpoint group')),
        region: readable(region),
        endpoints: readable(
          z.array(
            readable(
              z.object({
                type: readable(z.string()),
                endpoint: readable(z.string()),
                subAddress: readable(z.string()),
                vpcId: readable(z.string()),
                enableClientIPPreservation: readable(flag()),
                enableProxyProtocol: readable(flag()),
              }),
            ),
          ),
        ),
        endpointRequestProtocol: readableOr(requestProtocol),
        endpointProtocolVersion: readable(z.unknown()),
        healthCheckEnabled: readable(flag()),
        healthCheckPort: readable(z.unknown()),
        portOverrides: readable(z.array(readable(portOverrideSpec))),
        tags: readable(z.unknown()),
      }),
    ),
  ),
) satisfies z.ZodType<(GroupToCheck | undefined)[] | undefined>;
