// Random specs of entry points that conflict: they share an accelerator and a load balancer. Each one is valid by
// itself; the clouds decide whether they have room for it.
import { parseRequest } from '@gatehouse/core/request/request';
import { draftOnAlicloud, ON_ALICLOUD } from './alicloud-specs.ts';
import { chance, oneOf, type Random, some, whole } from './random.ts';

export type Spec = Record<string, unknown>;

export const ON_AWS = ['checkout-edge', 'voice-udp', 'app-cookie'] as const;
export const ENTRY_POINTS = [...ON_AWS, ...ON_ALICLOUD] as const;
export type Name = (typeof ENTRY_POINTS)[number];

const ACCELERATOR = 'arn:aws:globalaccelerator::123456789012:accelerator';
export const EDGE = `${ACCELERATOR}/1234abcd-abcd-1234-abcd-1234abcdef01`;
const INTERNAL = `${ACCELERATOR}/5678dcba-dcba-5678-dcba-5678dcba5602`;

const REGIONS = {
  'eu-west-1': { alb: 'checkout-alb', hex: '50dc6c495c0c91' },
  'us-east-1': { alb: 'shop-alb', hex: '8a3f09d27be164' },
  'ap-southeast-2': { alb: 'store-alb', hex: 'c19e7b5d02f388' },
};

const PARTS = ['listener', 'endpointGroups', 'targetGroups', 'stickinessPolicies'] as const;

/** Another spec for the name: of what it had, each part is kept, changed or dropped. */
export function drawSpec(random: Random, name: Name, had: Spec = {}): Spec {
  for (;;) {
    const onAlicloud = ON_ALICLOUD.some(each => each === name);
    const spec = onAlicloud ? draftOnAlicloud(random, name, had) : draft(random, name, had);
    if (parseRequest({ operation: 'provision', entryPoint: name, ...spec }, 'eu-west-1').ok) return spec;
  }
}

function draft(random: Random, name: Name, had: Spec): Spec {
  const kept = Object.fromEntries(PARTS.filter(part => part in had).map(part => [part, had[part]]));
  const spec: Spec = { ...kept };
  if (!spec['listener'] || chance(random, 0.4)) {
    delete spec['listener'];
    if (chance(random, 0.85)) spec['listener'] = drawListener(random, name);
  }
  if (!spec['listener']) delete spec['endpointGroups'];
  else if (!spec['endpointGroups'] || chance(random, 0.6))
    spec['endpointGroups'] = drawGroups(random, spec['listener'] as Listener);
  if (!spec['targetGroups'] || chance(random, 0.5)) spec['targetGroups'] = drawTargetGroups(random, name);
  if (!spec['stickinessPolicies'] || chance(random, 0.4))
    spec['stickinessPolicies'] = drawPolicies(random, name);
  return spec;
}

interface Listener {
  protocol: string;
  portRanges: { fromPort: number; toPort: number }[];
}

/** Mostly on ports of its own. */
function drawListener(random: Random, name: Name): Spec {
  const base = chance(random, 0.9) ? 1000 * (1 + ENTRY_POINTS.indexOf(name)) : 500;
  const range = (from: number) => ({ fromPort: from, toPort: from + whole(random, 3) });
  const from = base + 10 * whole(random, 3);
  return {
    acceleratorArn: chance(random, 0.9) ? EDGE : INTERNAL,
    protocol: oneOf(random, ['TCP', 'TCP', 'UDP']),
    portRanges: [range(from), ...(chance(random, 0.3) ? [range(from + 5)] : [])],
    clientAffinity: oneOf(random, ['NONE', 'SOURCE_IP']),
  };
}

function drawGroups(random: Random, { protocol, portRanges }: Listener): Spec[] {
  const port = portRanges[0]?.fromPort ?? 0;
  return some(random, Object.entries(REGIONS)).map(([region, { alb, hex }]) => {
    const arn = (path: string, suffix: string) =>
      `arn:aws:elasticloadbalancing:${region}:123456789012:loadbalancer/${path}/${hex}${suffix}`;
    const ids = [arn('net/ingest-nlb', '8a'), arn('net/legacy-nlb', '8b')];
    if (protocol === 'TCP') ids.push(arn(`app/${alb}`, '88'));
    const endpoints = some(random, ids).map(endpointId => ({
      endpointId,
      ...(chance(random, 0.7) ? { weight: oneOf(random, [0, 1, 128, 255]) } : {}),
    }));
    return {
      region,
      trafficDialPercentage: oneOf(random, [0, 33.5, 100]),
      healthCheckPort: oneOf(random, [80, 8080]),
      healthCheckProtocol: oneOf(random, ['TCP', 'HTTP']),
      healthCheckPath: oneOf(random, ['/', '/health']),
      healthCheckIntervalSeconds: oneOf(random, [10, 30]),
      thresholdCount: 1 + whole(random, 5),
      endpoints,
      ...(chance(random, 0.3)
        ? { portOverrides: [{ listenerPort: port, endpointPort: 40_000 + port }] }
        : {}),
    };
  });
}

function drawTargetGroups(random: Random, name: Name): Spec[] {
  return some(random, [`${name}-a`, `${name}-b`], 0.4).map((group, at) =>
    at === 1 && chance(random, 0.5) ? drawFunctionGroup(random, group) : drawAddressGroup(random, group),
  );
}

function drawFunctionGroup(random: Random, name: string): Spec {
  const id = 'arn:aws:lambda:eu-west-1:123456789012:function:';
  return {
    name,
    type: 'LAMBDA',
    config: { lambdaEventStructureVersion: oneOf(random, ['V1', 'V2', 'V2']) },
    tags: drawTags(random),
    targets: some(random, ['checkout', 'invoices'])
      .slice(0, 1)
      .map(each => ({ id: `${id}${each}` })),
  };
}

function drawAddressGroup(random: Random, name: string): Spec {
  const healthCheck = {
    path: oneOf(random, ['/', '/up']),
    healthCheckIntervalSeconds: oneOf(random, [10, 30]),
    ...(chance(random, 0.3) ? { port: 9000 } : {}),
    ...(chance(random, 0.3) ? { enabled: chance(random, 0.5) } : {}),
  };
  return {
    name,
    type: 'IP',
    config: {
      port: chance(random, 0.9) ? 8080 : 8443,
      protocol: chance(random, 0.9) ? 'HTTP' : 'HTTPS',
      vpcIdentifier: 'vpc-0a1b2c3d4e5f60718',
      healthCheck,
    },
    tags: drawTags(random),
    targets: some(random, ['10.0.1.5', '10.0.2.5', '10.0.3.5'], 0.6).map(id => ({
      id,
      ...(chance(random, 0.5) ? { port: 8080 } : {}),
    })),
  };
}

function drawTags(random: Random): Spec {
  return Object.fromEntries(some(random, ['team', 'owner']).map(tag => [tag, oneOf(random, ['a', 'b'])]));
}

/** A port has one of them: each name mostly keeps to its own port. */
function drawPolicies(random: Random, name: Name): Spec[] {
  const at = ENTRY_POINTS.indexOf(name);
  const places = [
    { loadBalancerName: 'checkout-classic', region: 'eu-west-1', ports: at === 0 ? [443] : [80] },
    { loadBalancerName: 'shop-classic', region: 'us-east-1', ports: at === 2 ? [80, 443] : [443] },
  ];
  return some(random, places, 0.35).map(({ ports, ...place }) => ({
    ...place,
    policyName: `${name}-${oneOf(random, ['sticky', 'sticky', 'cookie'])}`,
    ...(chance(random, 0.6)
      ? { cookieExpirationPeriod: oneOf(random, [0, 60, 3600]) }
      : { cookieName: oneOf(random, ['SHOP', 'TILL']) }),
    loadBalancerPorts:
      some(random, ports, 0.7).length > 0 ? some(random, ports, 0.8).concat(ports).slice(0, 1) : ports,
  }));
}
