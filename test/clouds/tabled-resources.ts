// Every resource that has a member table, with a value for each member, and with another one.
import type { Kind } from '@gatehouse/core/ports/kind';
import { ALICLOUD_ENDPOINT_GROUP } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { FORWARDING_RULE } from '@gatehouse/core/request/alicloud/forwarding-rule-members';
import { ADDITIONAL_CERTIFICATE, ALICLOUD_LISTENER } from '@gatehouse/core/request/alicloud/listener-members';
import { ENDPOINT_GROUP } from '@gatehouse/core/request/aws/endpoint-group-members';
import { LISTENER } from '@gatehouse/core/request/aws/listener-members';
import { STICKINESS_POLICY } from '@gatehouse/core/request/aws/stickiness-policy-members';
import { TARGET_GROUP } from '@gatehouse/core/request/aws/target-group-members';
import type { MemberTable } from '@gatehouse/core/request/member-table';
import type { World } from '../world/world.ts';
import { ARCADE, AT_ONCE, range, SHOP, strangerOn } from './alicloud-fixtures.ts';
import { WEB } from './elb-fixtures.ts';
import {
  ALB,
  ATTACHMENT,
  CROSS_ACCOUNT,
  EDGE,
  FOREIGN_LISTENER,
  INTERNAL,
  standingListener,
} from './fixtures.ts';
import { LATTICE_SETTLES_SECONDS, VPC } from './lattice-fixtures.ts';

type Members = Record<string, unknown>;

export interface TabledResource {
  name: string;
  kind: Kind;
  table: MemberTable;
  /** What it needs in the cloud; gives the members that are known only then. */
  start?(world: World): Promise<Members>;
  /** Each with every member that such a resource can have. */
  members: Members;
  others: Members;
  /** Of the others, what an update cannot set beside the rest. */
  not?: string[];
  /** The object in the request of the create that has the members. */
  within?(request: Members): unknown;
  /** Names that only the calls of an update have. */
  renamed?: Record<string, string>;
  settlesSeconds?: number;
}

const listener: TabledResource = {
  name: 'a listener of Global Accelerator',
  kind: 'listener',
  table: LISTENER,
  members: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [range(443)], clientAffinity: 'SOURCE_IP' },
  others: { acceleratorArn: INTERNAL, protocol: 'UDP', portRanges: [range(53)], clientAffinity: 'NONE' },
};

const endpointGroup: TabledResource = {
  name: 'an endpoint group of Global Accelerator',
  kind: 'endpointGroup',
  table: ENDPOINT_GROUP,
  start: async world => ({ listenerArn: await standingListener(world) }),
  members: {
    ...{
      region: 'eu-west-1',
      trafficDialPercentage: 33.3,
      healthCheckPort: 8080,
      healthCheckProtocol: 'HTTP',
    },
    ...{ healthCheckPath: '/up', healthCheckIntervalSeconds: 10, thresholdCount: 5 },
    endpoints: [
      { endpointId: ALB, weight: 9, clientIPPreservationEnabled: false },
      { endpointId: CROSS_ACCOUNT, weight: 1, attachmentArn: ATTACHMENT },
    ],
    portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
  },
  others: {
    listenerArn: FOREIGN_LISTENER,
    ...{ region: 'us-east-1', trafficDialPercentage: 0, healthCheckPort: 81, healthCheckProtocol: 'HTTPS' },
    ...{ healthCheckPath: '/', healthCheckIntervalSeconds: 30, thresholdCount: 3 },
    endpoints: [
      { endpointId: ALB, weight: 0, clientIPPreservationEnabled: true },
      { endpointId: CROSS_ACCOUNT, weight: 2, attachmentArn: ATTACHMENT },
    ],
    portOverrides: [{ listenerPort: 443, endpointPort: 9443 }],
  },
};

const CHECK = {
  ...{ enabled: true, protocol: 'HTTPS', protocolVersion: 'HTTP2', port: 9000, path: '/up' },
  ...{ healthCheckIntervalSeconds: 10, healthCheckTimeoutSeconds: 4 },
  ...{ healthyThresholdCount: 3, unhealthyThresholdCount: 4, matcher: { httpCode: '204' } },
};

const OTHER_CHECK = {
  ...{ enabled: false, protocol: 'HTTP', protocolVersion: 'HTTP1', port: 9001, path: '/' },
  ...{ healthCheckIntervalSeconds: 30, healthCheckTimeoutSeconds: 5 },
  ...{ healthyThresholdCount: 5, unhealthyThresholdCount: 2, matcher: { httpCode: '200' } },
};

const ipGroup: TabledResource = {
  name: 'a target group of addresses',
  kind: 'targetGroup',
  table: TARGET_GROUP,
  members: {
    ...{ name: 'checkout', region: 'eu-west-1', type: 'IP', tags: { team: 'checkout' } },
    config: {
      ...{
        port: 8080,
        protocol: 'HTTP',
        protocolVersion: 'HTTP2',
        ipAddressType: 'IPV6',
        vpcIdentifier: VPC,
      },
      healthCheck: CHECK,
    },
  },
  others: {
    ...{ name: 'till', region: 'us-east-1', type: 'INSTANCE', tags: { team: 'till' } },
    config: {
      ...{ port: 80, protocol: 'HTTPS', protocolVersion: 'HTTP1', ipAddressType: 'IPV4' },
      ...{ vpcIdentifier: 'vpc-0f1e2d3c4b5a69788', healthCheck: OTHER_CHECK },
    },
  },
  settlesSeconds: LATTICE_SETTLES_SECONDS,
};

const functionGroup: TabledResource = {
  ...ipGroup,
  name: 'a target group of functions',
  members: { ...ipGroup.members, type: 'LAMBDA', config: { lambdaEventStructureVersion: 'V2' } },
  others: { ...ipGroup.others, config: { lambdaEventStructureVersion: 'V1' } },
};

const POLICY = { loadBalancerName: WEB, region: 'eu-west-1', policyName: 'checkout-sticky' };

const durationPolicy: TabledResource = {
  name: 'a stickiness policy of the load balancer',
  kind: 'stickinessPolicy',
  table: STICKINESS_POLICY,
  members: { ...POLICY, cookieExpirationPeriod: 60 },
  others: { cookieExpirationPeriod: 61 },
};

const applicationPolicy: TabledResource = {
  ...durationPolicy,
  name: 'a stickiness policy of the application',
  members: { ...POLICY, cookieName: 'SESSION' },
  others: { cookieName: 'session' },
};

const CERTIFICATE = '4490001-cn-hangzhou';
const HEADERS = {
  ...{ xForwardedForGaIdEnabled: true, xForwardedForGaApEnabled: true, xForwardedForProtoEnabled: true },
  ...{ xForwardedForPortEnabled: true, xRealIpEnabled: true },
};

const alicloudListener: TabledResource = {
  name: 'a listener of Alibaba Cloud',
  kind: 'alicloudListener',
  table: ALICLOUD_LISTENER,
  members: {
    ...{
      acceleratorId: ARCADE,
      name: 'shop',
      description: 'a shop',
      protocol: 'HTTPS',
      portRanges: [range(443)],
    },
    ...{ clientAffinity: 'SOURCE_IP', certificates: [{ id: CERTIFICATE }], httpVersion: 'http3' },
    ...{ securityPolicyId: 'tls_cipher_policy_1_2', idleTimeout: 30, requestTimeout: 90 },
    xForwardedForConfig: HEADERS,
  },
  others: {
    ...{
      acceleratorId: SHOP,
      name: 'till',
      description: 'a till',
      protocol: 'HTTP',
      portRanges: [range(8443)],
    },
    ...{ clientAffinity: 'NONE', certificates: [{ id: '4490002-cn-hangzhou' }], httpVersion: 'http2' },
    ...{ securityPolicyId: 'tls_cipher_policy_1_1', idleTimeout: 31, requestTimeout: 91 },
    xForwardedForConfig: { ...HEADERS, xRealIpEnabled: false },
  },
  not: ['protocol'],
  settlesSeconds: 1,
};

const listenerOf = (Protocol: string, more: Members) => async (world: World) => {
  const { ListenerId } = await strangerOn(world)('CreateListener', {
    ...{ AcceleratorId: ARCADE, Protocol, PortRanges: [{ FromPort: 443, ToPort: 443 }] },
    ...more,
  });
  return { listenerId: ListenerId };
};
const httpsListener = listenerOf('HTTPS', { Certificates: [{ Id: CERTIFICATE }] });

const networkInterface = { type: 'ENI', endpoint: 'eni-bp19nic5x8c1v4b7n0m3', subAddress: '192.168.0.7' };
const address = { type: 'IpTarget', endpoint: '192.168.0.8', vpcId: 'vpc-bp1a', vSwitchIds: ['vsw-bp1a'] };

const httpsGroup: TabledResource = {
  name: 'an endpoint group behind HTTPS',
  kind: 'alicloudEndpointGroup',
  table: ALICLOUD_ENDPOINT_GROUP,
  start: httpsListener,
  members: {
    ...{ acceleratorId: ARCADE, type: 'default', name: 'shop', description: 'a shop', region: 'cn-hangzhou' },
    endpoints: [
      { ...networkInterface, weight: 0 },
      { ...address, weight: 5 },
    ],
    ...{ endpointRequestProtocol: 'HTTPS', endpointProtocolVersion: 'HTTP2', endpointIpVersion: 'IPv6' },
    ...{ trafficPercentage: 40, healthCheckEnabled: true, healthCheckProtocol: 'http', healthCheckPort: 80 },
    ...{ healthCheckPath: '/up', healthCheckHost: 'shop.example.com', healthCheckIntervalSeconds: 4 },
    ...{
      thresholdCount: 5,
      tags: { team: 'shop' },
      portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
    },
  },
  others: {
    ...{ listenerId: 'lsr-bp1nobody00000000000', type: 'virtual', name: 'till', description: 'a till' },
    region: 'cn-shanghai',
    endpoints: [
      { ...networkInterface, weight: 1 },
      { ...address, weight: 6, vSwitchIds: ['vsw-bp1b'] },
    ],
    ...{ endpointRequestProtocol: 'HTTP', endpointProtocolVersion: 'HTTP1.1', endpointIpVersion: 'IPv4' },
    ...{ trafficPercentage: 0, healthCheckEnabled: false, healthCheckProtocol: 'https', healthCheckPort: 81 },
    ...{ healthCheckPath: '/', healthCheckHost: 'till.example.com', healthCheckIntervalSeconds: 2 },
    ...{
      thresholdCount: 3,
      tags: { team: 'till' },
      portOverrides: [{ listenerPort: 443, endpointPort: 9443 }],
    },
  },
  not: ['endpointRequestProtocol', 'healthCheckEnabled'],
  settlesSeconds: 1,
};

const public1 = { type: 'PublicIp', endpoint: '203.0.113.11', weight: 1 };
const public2 = { type: 'PublicIp', endpoint: '203.0.113.12', weight: 2 };

const tcpGroup: TabledResource = {
  name: 'an endpoint group behind TCP',
  kind: 'alicloudEndpointGroup',
  table: ALICLOUD_ENDPOINT_GROUP,
  start: listenerOf('TCP', {}),
  members: {
    ...{ acceleratorId: ARCADE, type: 'default', region: 'cn-hangzhou', tags: {}, portOverrides: [] },
    ...{ trafficPercentage: 40, healthCheckEnabled: false },
    endpoints: [
      { ...public1, enableClientIPPreservation: true },
      { ...public2, enableProxyProtocol: true },
    ],
  },
  others: {
    endpoints: [
      { ...public1, enableClientIPPreservation: false },
      { ...public2, enableProxyProtocol: false },
    ],
  },
  settlesSeconds: 1,
};

const forwardingRule: TabledResource = {
  name: 'a forwarding rule',
  kind: 'forwardingRule',
  table: FORWARDING_RULE,
  start: httpsListener,
  members: {
    ...{ acceleratorId: ARCADE, name: 'moved', priority: 100 },
    ruleConditions: [{ type: 'Host', values: ['old.example.com'] }],
    ruleActions: [{ type: 'Redirect', domain: 'new.example.com', code: 301 }],
  },
  others: {
    ...{ name: 'gone', priority: 7, ruleConditions: [{ type: 'Path', values: ['/old'] }] },
    ruleActions: [{ type: 'FixResponse', code: 404, contentType: 'text/plain', content: '' }],
  },
  not: ['name'],
  within: ({ ForwardingRules }) => [ForwardingRules].flat()[0],
  settlesSeconds: 1,
};

const additionalCertificate: TabledResource = {
  name: 'an additional certificate',
  kind: 'additionalCertificate',
  table: { domain: ADDITIONAL_CERTIFICATE.domain, certificateId: ADDITIONAL_CERTIFICATE.id },
  start: httpsListener,
  members: { acceleratorId: ARCADE, domain: 'images.example.com', certificateId: '4490002-cn-hangzhou' },
  others: { domain: 'videos.example.com', certificateId: '4490003-cn-hangzhou' },
  not: ['domain'],
  within: ({ Certificates }) => [Certificates].flat()[0],
  renamed: { Id: 'CertificateId' },
  settlesSeconds: 1,
};

export const TABLED: TabledResource[] = [
  ...[listener, endpointGroup, ipGroup, functionGroup, durationPolicy, applicationPolicy],
  ...[alicloudListener, httpsGroup, tcpGroup, forwardingRule, additionalCertificate],
];

export const settled = AT_ONCE;
