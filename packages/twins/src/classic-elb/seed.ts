// The seeded account: in two regions one load balancer for HTTP and HTTPS, whose HTTPS ports have a TLS policy and one
// of them a foreign stickiness policy too, and one for TCP only.
import { accountId } from '../shared/account.ts';
import type { ListenerDescription, LoadBalancer, Policy, State } from './state.ts';

interface Place {
  region: string;
  web: string;
  tcp: string;
  zoneId: string;
}

const places: Place[] = [
  { region: 'eu-west-1', web: 'checkout-classic', tcp: 'ingest-classic', zoneId: 'Z32O12XQLNTSW2' },
  { region: 'us-east-1', web: 'shop-classic', tcp: 'metrics-classic', zoneId: 'Z35SXDOTRQ7X7K' },
];

export function seededState(): State {
  return {
    loadBalancers: places.flatMap(place => [webLoadBalancer(place), tcpLoadBalancer(place)]),
    buckets: {},
  };
}

const tlsPolicy: Policy = {
  PolicyName: 'tls-2023',
  PolicyTypeName: 'SSLNegotiationPolicyType',
  PolicyAttributeDescriptions: [
    { AttributeName: 'Reference-Security-Policy', AttributeValue: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
    { AttributeName: 'Protocol-TLSv1.2', AttributeValue: 'true' },
    { AttributeName: 'Server-Defined-Cipher-Order', AttributeValue: 'true' },
    { AttributeName: 'ECDHE-RSA-AES128-GCM-SHA256', AttributeValue: 'true' },
  ],
};

const foreignPolicy: Policy = {
  PolicyName: 'legacy-sticky',
  PolicyTypeName: 'LBCookieStickinessPolicyType',
  PolicyAttributeDescriptions: [{ AttributeName: 'CookieExpirationPeriod', AttributeValue: '300' }],
};

function webLoadBalancer(place: Place): LoadBalancer {
  return {
    region: place.region,
    LoadBalancerName: place.web,
    ListenerDescriptions: [
      listener('HTTPS', 443, ['tls-2023']),
      listener('HTTP', 80, []),
      listener('HTTPS', 8443, ['tls-2023', 'legacy-sticky']),
    ],
    policies: structuredClone([tlsPolicy, foreignPolicy]),
    tags: [{ Key: 'team', Value: 'platform' }],
    surroundings: surroundings(place, place.web, 'HTTP:8080/health'),
  };
}

function tcpLoadBalancer(place: Place): LoadBalancer {
  const tcp = {
    Protocol: 'TCP',
    LoadBalancerPort: 1883,
    InstanceProtocol: 'TCP',
    InstancePort: 1883,
  } as const;
  return {
    region: place.region,
    LoadBalancerName: place.tcp,
    ListenerDescriptions: [{ Listener: tcp, PolicyNames: [] }],
    policies: [],
    tags: [],
    surroundings: surroundings(place, place.tcp, 'TCP:1883'),
  };
}

function listener(Protocol: 'HTTP' | 'HTTPS', port: number, PolicyNames: string[]): ListenerDescription {
  const certificate = `arn:aws:iam::${accountId}:server-certificate/classic-2023`;
  return {
    Listener: {
      Protocol,
      LoadBalancerPort: port,
      InstanceProtocol: 'HTTP',
      InstancePort: 8080,
      ...(Protocol === 'HTTPS' ? { SSLCertificateId: certificate } : {}),
    },
    PolicyNames,
  };
}

function surroundings({ region, zoneId }: Place, name: string, target: string): Record<string, unknown> {
  const dnsName = `${name}-1234567890.${region}.elb.amazonaws.com`;
  return {
    DNSName: dnsName,
    CanonicalHostedZoneName: dnsName,
    CanonicalHostedZoneNameID: zoneId,
    AvailabilityZones: [`${region}a`, `${region}b`],
    Subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
    VPCId: 'vpc-0a1b2c3d4e5f60718',
    Instances: [{ InstanceId: 'i-0a1b2c3d4e5f60718' }],
    HealthCheck: {
      Target: target,
      Interval: 30,
      Timeout: 5,
      UnhealthyThreshold: 2,
      HealthyThreshold: 10,
    },
    SourceSecurityGroup: { OwnerAlias: accountId, GroupName: 'classic' },
    SecurityGroups: ['sg-0a1b2c3d4e5f60718'],
    CreatedTime: '2019-03-19T03:24:02.650Z',
    Scheme: 'internet-facing',
  };
}
