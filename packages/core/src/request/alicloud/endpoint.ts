// An endpoint of Alibaba Cloud Global Accelerator in a request: where an endpoint group sends its traffic, one shape
// for each type. PublicIp, ECS, SLB and their newer kin are backend services on Alibaba Cloud, Ip and Domain are off it.
import * as z from 'zod';
import { flag, listOf, oneOf, text, unionOf, wholeNumber } from '../../json/members.ts';
import { type KnownTo, objectByTable } from '../member-schema.ts';
import { ALICLOUD_ENDPOINT } from './endpoint-group-members.ts';
import { domain } from './listener.ts';

export type AlicloudEndpointSpec = z.output<typeof alicloudEndpointSpec>;

/** The kinds that are not on Alibaba Cloud. */
export const OFF_ALIBABA_CLOUD: readonly string[] = ['Ip', 'Domain'];

const ENDPOINT = 'an endpoint';

const common = {
  weight: wholeNumber(0, 255).default(255).meta({
    description:
      "The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.",
  }),
  enableClientIPPreservation: flag().exactOptional().meta({
    description:
      "Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For.",
  }),
  enableProxyProtocol: flag().exactOptional().meta({
    description: "Whether the endpoint is told the client's address by the PROXY protocol. TCP only.",
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
  description: 'The vSwitches that the address is reached through.',
});

const subAddress = ipAddress.exactOptional().meta({
  description: 'The private address of the network interface that is meant; its first one when left out.',
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
    type: oneOf([type]).meta({ description: 'What kind of backend service it is.' }),
    endpoint: endpoint.meta({ description }),
    ...common,
    ...(more ?? ({} as More)),
  });
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
]);
