// The seeded account: a VPC in two regions with possible targets in it, functions, and in one region a foreign target
// group that a service uses.
import { accountId } from '../shared/account.ts';
import type { State } from './state.ts';

const createdAt = Date.UTC(2026, 0, 15, 9);

interface Range {
  net: string;
  prefix: number;
}

export interface Vpc {
  id: string;
  region: string;
  ranges: { IPV4: Range; IPV6: Range };
  instances: readonly string[];
  internalLoadBalancers: readonly string[];
}

export interface Service {
  region: string;
  id: string;
  arn: string;
  name: string;
  dnsEntry: { domainName: string; hostedZoneId: string };
  createdAt: number;
}

const vpcs: readonly Vpc[] = [
  vpc('eu-west-1', 'vpc-0a1b2c3d4e5f60718', { index: 0, hex: '50dc6c495c0c91' }),
  vpc('us-east-1', 'vpc-0f1e2d3c4b5a69788', { index: 1, hex: '8a3f09d27be164' }),
];

function vpc(region: string, id: string, { index, hex }: { index: number; hex: string }): Vpc {
  return {
    id,
    region,
    ranges: {
      IPV4: { net: `10.${index}.0.0`, prefix: 16 },
      IPV6: { net: `2001:db8:0:${index}00::`, prefix: 56 },
    },
    instances: [`i-${hex}8d0`, `i-${hex}8d1`, `i-${hex}8d2`],
    internalLoadBalancers: [
      `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/backoffice-alb/${hex}89`,
    ],
  };
}

export function findVpc(region: string, id: string | undefined): Vpc | undefined {
  return vpcs.find(candidate => candidate.region === region && candidate.id === id);
}

export function functionArns(region: string): string[] {
  if (!vpcs.some(candidate => candidate.region === region)) return [];
  return ['checkout', 'invoices'].map(name => `arn:aws:lambda:${region}:${accountId}:function:${name}`);
}

const billing: Service = {
  region: 'eu-west-1',
  id: 'svc-0c9b8a7f6e5d40312',
  arn: `arn:aws:vpc-lattice:eu-west-1:${accountId}:service/svc-0c9b8a7f6e5d40312`,
  name: 'billing',
  dnsEntry: {
    domainName: 'billing-0c9b8a7f6e5d40312.7d67968.vpc-lattice-svcs.eu-west-1.on.aws',
    hostedZoneId: 'Z0A1B2C3D4E5F6G7H8I9J',
  },
  createdAt,
};

export function servicesIn(region: string): Service[] {
  return [billing].filter(service => service.region === region);
}

export function seededState(): State {
  return {
    groups: [
      {
        region: 'eu-west-1',
        id: 'tg-0b1c2d3e4f5a60718',
        arn: `arn:aws:vpc-lattice:eu-west-1:${accountId}:targetgroup/tg-0b1c2d3e4f5a60718`,
        name: 'billing',
        type: 'IP',
        config: {
          port: 8080,
          protocol: 'HTTP',
          protocolVersion: 'HTTP1',
          ipAddressType: 'IPV4',
          vpcIdentifier: 'vpc-0a1b2c3d4e5f60718',
          healthCheck: {
            enabled: true,
            protocol: 'HTTP',
            protocolVersion: 'HTTP1',
            path: '/health',
            healthCheckIntervalSeconds: 30,
            healthCheckTimeoutSeconds: 5,
            healthyThresholdCount: 5,
            unhealthyThresholdCount: 2,
            matcher: { httpCode: '200' },
          },
        },
        tags: { owner: 'billing' },
        serviceArns: [billing.arn],
        createdAt,
        lastUpdatedAt: createdAt,
        phase: { kind: 'create', settling: { at: createdAt }, fails: false },
        targets: [{ id: '10.0.7.21', port: 8080, initial: { at: createdAt } }],
        hiddenReads: 0,
      },
    ],
    tokens: [],
    window: { startedAt: 0, calls: 0 },
  };
}
