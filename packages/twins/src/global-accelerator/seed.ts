// The seeded account: two usable accelerators, one foreign listener, and in three regions load balancers, addresses and
// instances that can be endpoints.
import { accountId } from '../shared/account.ts';
import type { State } from './state.ts';

const edge = `arn:aws:globalaccelerator::${accountId}:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01`;
const internal = `arn:aws:globalaccelerator::${accountId}:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602`;
const createdAt = Date.UTC(2026, 0, 15, 9);

/** The resource that an endpoint id names. */
export type EndpointTarget = {
  id: string;
  region: string;
  attachmentArn?: string;
  /** Whether it takes IPv6 too, as the endpoints of a dual-stack accelerator must. */
  dualStack?: true;
} & (
  | { kind: 'alb'; internal: boolean }
  | { kind: 'nlb'; internal?: true; securityGroups: boolean }
  | { kind: 'elasticIp' }
  | { kind: 'instance' }
);

export const endpointTargets: readonly EndpointTarget[] = [
  shared('eu-west-1', '7f2c1d9be4a05863'),
  shared('us-east-1', '7f2c1d9be4a05864'),
  ...regional('eu-west-1', 'checkout-alb', '50dc6c495c0c91'),
  ...regional('us-east-1', 'shop-alb', '8a3f09d27be164'),
  ...regional('ap-southeast-2', 'store-alb', 'c19e7b5d02f388'),
];

/** Of another account, shared with this one through a cross-account attachment. */
function shared(region: string, hex: string): EndpointTarget {
  return {
    id: `arn:aws:elasticloadbalancing:${region}:210987654321:loadbalancer/app/shared-alb/${hex}`,
    region,
    kind: 'alb',
    internal: false,
    attachmentArn: 'arn:aws:globalaccelerator::210987654321:attachment/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  };
}

function regional(region: string, publicAlb: string, hex: string): EndpointTarget[] {
  const loadBalancer = (path: string, suffix: string) =>
    `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${path}/${hex}${suffix}`;
  return [
    { id: loadBalancer(`app/${publicAlb}`, '88'), region, kind: 'alb', internal: false },
    { id: loadBalancer('app/backoffice-alb', '89'), region, kind: 'alb', internal: true },
    { id: loadBalancer('net/ingest-nlb', '8a'), region, kind: 'nlb', securityGroups: true },
    { id: loadBalancer('net/legacy-nlb', '8b'), region, kind: 'nlb', securityGroups: false },
    { id: loadBalancer('net/private-nlb', '8c'), region, kind: 'nlb', internal: true, securityGroups: true },
    { id: loadBalancer('app/dual-alb', '8d'), region, kind: 'alb', internal: false, dualStack: true },
    { id: loadBalancer('net/dual-nlb', '8e'), region, kind: 'nlb', securityGroups: true, dualStack: true },
    { id: `eipalloc-${hex}8c0`, region, kind: 'elasticIp' },
    { id: `eipalloc-${hex}8c1`, region, kind: 'elasticIp' },
    { id: `i-${hex}8d0`, region, kind: 'instance' },
  ];
}

export function seededState(): State {
  const settled = () => ({ createdAt, modified: { at: createdAt, busyUntil: createdAt }, stuckBy: [] });
  return {
    accelerators: [
      {
        AcceleratorArn: edge,
        Name: 'edge',
        IpAddressType: 'IPV4',
        Enabled: true,
        IpSets: [
          { IpFamily: 'IPv4', IpAddresses: ['192.0.2.250', '198.51.100.52'], IpAddressFamily: 'IPv4' },
        ],
        DnsName: 'a1234567890abcdef.awsglobalaccelerator.com',
        Tags: [{ Key: 'team', Value: 'platform' }],
        ...settled(),
      },
      {
        AcceleratorArn: internal,
        Name: 'internal',
        IpAddressType: 'IPV4',
        Enabled: true,
        IpSets: [
          { IpFamily: 'IPv4', IpAddresses: ['192.0.2.17', '198.51.100.201'], IpAddressFamily: 'IPv4' },
        ],
        DnsName: 'afedcba0987654321.awsglobalaccelerator.com',
        Tags: [{ Key: 'team', Value: 'tools' }],
        ...settled(),
      },
    ],
    listeners: [
      {
        ListenerArn: `${edge}/listener/0f9e8d7c`,
        PortRanges: [{ FromPort: 9000, ToPort: 9000 }],
        Protocol: 'TCP',
        ClientAffinity: 'NONE',
        hiddenReads: 0,
      },
    ],
    groups: [
      {
        EndpointGroupArn: `${edge}/listener/0f9e8d7c/endpoint-group/6b5a49382716`,
        EndpointGroupRegion: 'eu-west-1',
        TrafficDialPercentage: 100,
        HealthCheckPort: 9000,
        HealthCheckProtocol: 'TCP',
        HealthCheckIntervalSeconds: 30,
        ThresholdCount: 3,
        PortOverrides: [],
        endpoints: [
          {
            EndpointId: `arn:aws:elasticloadbalancing:eu-west-1:${accountId}:loadbalancer/net/legacy-nlb/50dc6c495c0c918b`,
            Weight: 128,
            ClientIPPreservationEnabled: false,
            healthyAt: createdAt,
          },
        ],
        hiddenReads: 0,
      },
    ],
    tokens: [],
    window: { startedAt: 0, calls: 0 },
  };
}
