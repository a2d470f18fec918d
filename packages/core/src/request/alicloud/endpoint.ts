// An endpoint of Alibaba Cloud Global Accelerator in a request: it receives the traffic of its endpoint group. One shape for
// each type. Ip and Domain are backend services off Alibaba Cloud, all other types are on it.
import * as z from 'zod';
import { flag, listOf, oneOf, text, unionOf, wholeNumber } from '../../json/members.ts';
import { type KnownTo, objectByTable } from '../member-schema.ts';
import { ALICLOUD_ENDPOINT } from './endpoint-group-members.ts';
import { domain } from './listener.ts';

export type AlicloudEndpointSpec = z.output<typeof alicloudEndpointSpec>;

/** The types that are not on Alibaba Cloud. */
export const OFF_ALIBABA_CLOUD: readonly string[] = ['Ip', 'Domain'];

const ENDPOINT = 'an endpoint';

const common = {
  weight: wholeNumber(0, 255).default(255).meta({
    description:
      "The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.",
  }),
  enableClientIPPreservation: flag().exactOptional().meta({
    description:
      "Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For.",
  }),
  enableProxyProtocol: flag().exactOptional().meta({
    description: "Whether the PROXY protocol passes the client's address to the endpoint. TCP only.",
  }),
};

const IP_ADDRESS = { error: 'must be an IP address, like `203.0.113.7`' };
const ipAddress = z.union([z.ipv4(), z.ipv6()], IP_ADDRESS);

function cloudId(what: string, prefix: string) {
  return text(`the id of ${what}, like \`${prefix}-bp1example\``, {
    from: 1,
    to: 64,
    pattern: new RegExp(`^${prefix}-[0-9a-z]+$`),
  });
}

const vpcId = cloudId('a VPC', 'vpc').meta({ description: 'The VPC of the address.' });
const vSwitchIds = listOf(
  cloudId('a vSwitch', 'vsw').meta({ description: 'A vSwitch of the VPC.', inPlace: true }),
  { from: 1, to: 2, called: 'vSwitch ids' },
).meta({
  description: 'The vSwitches through which the address is reached.',
});

const subAddress = ipAddress.exactOptional().meta({
  description: 'A private address of the network interface. The default is its first one.',
});

function endpointOf<
  const Type extends string,
  Endpoint extends z.ZodType,
  More extends z.core.$ZodLooseShape = Record<never, never>,
>(
  type: Type,
  endpoint: Endpoint,
  description: string,
  more?: More & KnownTo<typeof ALICLOUD_ENDPOINT, More>,
) {
  return objectByTable(ENDPOINT, ALICLOUD_ENDPOINT, {
    type: oneOf([type]).meta({ description: 'The type of the backend service.' }),
    endpoint: endpoint.meta({ description }),
    ...common,
    ...(more ?? ({} as More)),
  }).meta({ id: `AlicloudEndpoint${type}` });
}

export const alicloudEndpointSpec = unionOf(ENDPOINT, 'type', [
  endpointOf('PublicIp', ipAddress, 'A public IP address on Alibaba Cloud.'),
  endpointOf('ECS', cloudId('an ECS instance', 'i'), 'An ECS instance.'),
  endpointOf('SLB', cloudId('a Classic Load Balancer', 'lb'), 'A Classic Load Balancer.'),
  endpointOf('Ip', ipAddress, 'An IP address off Alibaba Cloud.'),
  endpointOf('Domain', domain, 'A domain name off Alibaba Cloud.'),
  endpointOf('ALB', cloudId('an Application Load Balancer', 'alb'), 'An Application Load Balancer.'),
  endpointOf('NLB', cloudId('a Network Load Balancer', 'nlb'), 'A Network Load Balancer.'),
  endpointOf('ENI', cloudId('an elastic network interface', 'eni'), 'An elastic network interface.', {
    subAddress,
  }),
  endpointOf('OSS', domain, 'The domain name of an OSS bucket.'),
  endpointOf('IpTarget', ipAddress, 'A private IP address in a VPC.', { vpcId, vSwitchIds }),
]).meta({ id: 'AlicloudEndpoint' });
