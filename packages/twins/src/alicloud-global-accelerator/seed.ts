// The seeded account: five instances (one locked for an overdue payment, one without its bandwidth plan, one managed by
// another product), certificates, regions, resources for endpoints, and a foreign listener on the first instance.
import type { Accelerator, EndpointType, Phase } from './model.ts';
import type { State } from './state.ts';

const createdAt = Date.UTC(2026, 0, 15, 9);
const expiresAt = Date.UTC(2031, 0, 15, 16);

export const regions: readonly { RegionId: string; LocalName: string }[] = Object.entries({
  'cn-hangzhou': 'China (Hangzhou)',
  'cn-shanghai': 'China (Shanghai)',
  'cn-beijing': 'China (Beijing)',
  'cn-shenzhen': 'China (Shenzhen)',
  'cn-chengdu': 'China (Chengdu)',
  'cn-hongkong': 'China (Hong Kong)',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-3': 'Malaysia (Kuala Lumpur)',
  'ap-southeast-5': 'Indonesia (Jakarta)',
  'ap-northeast-1': 'Japan (Tokyo)',
  'eu-central-1': 'Germany (Frankfurt)',
  'eu-west-1': 'UK (London)',
  'us-west-1': 'US (Silicon Valley)',
  'us-east-1': 'US (Virginia)',
}).map(([RegionId, LocalName]) => ({ RegionId, LocalName }));

/** In SSL Certificates Service, by their ids; the last one has another key type than the others. */
export const certificates: ReadonlyMap<string, 'RSA' | 'ECC'> = new Map([
  ['4490001-cn-hangzhou', 'RSA'],
  ['4490002-cn-hangzhou', 'RSA'],
  ['4490003-cn-hangzhou', 'RSA'],
  ['4490004-cn-hangzhou', 'ECC'],
]);

/** The resources that an endpoint can name by id, in six regions. */
export const endpointResources: readonly { Type: EndpointType; id: string; region: string }[] =
  Object.entries({
    'cn-hangzhou': 'bp1',
    'cn-shanghai': 'uf6',
    'cn-hongkong': 'j6c',
    'ap-southeast-1': 't4n',
    'eu-central-1': 'gw8',
    'us-west-1': 'rj9',
  }).flatMap(([region, prefix]) => [
    { Type: 'ECS', id: `i-${prefix}4web7k2m9q4x1z8t`, region },
    { Type: 'ECS', id: `i-${prefix}5web3c6v0b9n2m7q`, region },
    { Type: 'SLB', id: `lb-${prefix}6front1a8s5d2f9g4h`, region },
    { Type: 'ALB', id: `alb-${prefix}7route0p3o6i9u2y5`, region },
    { Type: 'NLB', id: `nlb-${prefix}8ingest4l7k0j3h6g9`, region },
    { Type: 'ENI', id: `eni-${prefix}9nic5x8c1v4b7n0m3`, region },
  ]);

const shop = 'ga-bp1shopw7k2m9q4x1z8t';
const arcade = 'ga-bp1arcade5n8r2v6y3j0';
const locked = 'ga-bp1locked3h7c9f1b5d2';
const managed = 'ga-bp1managed1f5d9s3a7q0w';
const planless = 'ga-bp1noplan4g8s6l0p2u7';

export function seededState(): State {
  const phase: Phase = { kind: 'create', settling: { at: createdAt } };
  return {
    accelerators: [
      instance(shop, 'shop', { InstanceChargeType: 'PREPAY', plan: 'gbwp-bp1shop6e1o3i8a5w9r2' }),
      instance(arcade, 'arcade', { InstanceChargeType: 'POSTPAY' }),
      {
        ...instance(locked, 'unpaid', { InstanceChargeType: 'PREPAY', plan: 'gbwp-bp1unpaid7t4k0m3x6q' }),
        lockedForMoney: true,
        expiresAt: Date.UTC(2026, 1, 15, 16),
      },
      instance(planless, 'unfinished', { InstanceChargeType: 'PREPAY' }),
      {
        ...instance(managed, 'of-another-product', { InstanceChargeType: 'POSTPAY' }),
        ServiceId: 'waf',
        ServiceManaged: true,
        ServiceManagedInfos: [
          { Action: 'CreateChild', ChildType: 'Listener', IsManaged: true },
          { Action: 'Update', IsManaged: true },
          { Action: 'Delete', IsManaged: true },
        ],
      },
    ],
    listeners: [
      {
        ListenerId: 'lsr-bp1foreign8c2v5n7b0m3',
        AcceleratorId: shop,
        Name: 'legacy-api',
        Description: 'made by hand',
        Protocol: 'TCP',
        PortRanges: [{ FromPort: 9000, ToPort: 9000 }],
        BackendPorts: [],
        ClientAffinity: 'NONE',
        Certificates: [],
        Type: 'Standard',
        ProxyProtocol: false,
        IdleTimeout: 900,
        createdAt,
        phase,
      },
    ],
    groups: [
      {
        EndpointGroupId: 'epg-bp1foreign2w5e8r1t4y7',
        AcceleratorId: shop,
        ListenerId: 'lsr-bp1foreign8c2v5n7b0m3',
        EndpointGroupRegion: 'eu-central-1',
        EndpointGroupType: 'default',
        Name: 'legacy-api',
        Description: '',
        EndpointConfigurations: [
          {
            Type: 'PublicIp',
            Endpoint: '47.91.30.7',
            Weight: 255,
            EnableClientIPPreservation: false,
            EnableProxyProtocol: false,
          },
        ],
        EndpointIpVersion: 'IPv4',
        PortOverrides: [],
        TrafficPercentage: 100,
        HealthCheckEnabled: false,
        Tags: [],
        phase,
      },
    ],
    rules: [],
    certificates: [],
    roles: [],
    tokens: [],
    window: { startedAt: 0, calls: 0 },
  };
}

function instance(
  AcceleratorId: string,
  Name: string,
  paid: { InstanceChargeType: Accelerator['InstanceChargeType']; plan?: string },
): Accelerator {
  const { InstanceChargeType, plan } = paid;
  return {
    AcceleratorId,
    Name,
    Spec: '1',
    DnsName: `${AcceleratorId}.aliyunga0019.com`,
    InstanceChargeType,
    BandwidthBillingType: InstanceChargeType === 'PREPAY' ? 'BandwidthPackage' : 'CDT',
    ...(plan ? { BasicBandwidthPackage: { InstanceId: plan, Bandwidth: 100, BandwidthType: 'Basic' } } : {}),
    ServiceManaged: false,
    createdAt,
    expiresAt,
    lockedForMoney: false,
    lockedBy: [],
    change: { at: createdAt },
  };
}
