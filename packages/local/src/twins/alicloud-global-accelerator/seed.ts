// The seeded account: four instances of which one is locked for money and one has no bandwidth plan,
// certificates, regions, and on the first instance a listener of somebody else.
import type { Accelerator, State } from './state.ts';

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

/** In SSL Certificates Service. */
export const certificateIds: readonly string[] = [
  '4490001-cn-hangzhou',
  '4490002-cn-hangzhou',
  '4490003-cn-hangzhou',
  '4490004-cn-hangzhou',
];

const shop = 'ga-bp1shopw7k2m9q4x1z8t';
const arcade = 'ga-bp1arcade5n8r2v6y3j0';
const locked = 'ga-bp1locked3h7c9f1b5d2';
const planless = 'ga-bp1noplan4g8s6l0p2u7';

export function seededState(): State {
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
        phase: { kind: 'create', settling: { at: createdAt } },
      },
    ],
    tokens: [],
    nonces: { since: 0, current: {}, previous: {} },
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
    createdAt,
    expiresAt,
    lockedForMoney: false,
    change: { at: createdAt },
  };
}
