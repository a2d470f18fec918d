// Random specs for Alibaba Cloud: two entry points that sometimes share an instance, over every protocol, with groups
// of both types, certificates and rules that exchange their priorities.
import { chance, oneOf, type Random, some, whole } from './random.ts';

type Spec = Record<string, unknown>;

export const ON_ALICLOUD = ['shop-accelerator', 'game-udp'] as const;

const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';
const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
const CERTIFICATES = ['4490001-cn-hangzhou', '4490002-cn-hangzhou'];
const DOMAINS = ['images.example.com', 'video.example.com'];

interface Listener extends Spec {
  protocol: string;
  portRanges: { fromPort: number; toPort: number }[];
}

interface Group extends Spec {
  name: string;
  type?: string;
}

/** Of what it had, each part is kept or drawn anew; parts that hang on another are drawn with it. */
export function draftOnAlicloud(random: Random, name: string, had: Spec): Spec {
  const kept = had['listener'] as Listener | undefined;
  const listener = kept && chance(random, 0.6) ? kept : drawListener(random, name);
  const same = kept?.protocol === listener.protocol && kept.portRanges === listener.portRanges;
  const groups =
    same && chance(random, 0.4) ? (had['endpointGroups'] as Group[]) : drawGroups(random, name, listener);
  const rules = isHttp(listener) ? drawRules(random, groups) : [];
  return {
    cloud: 'alicloud',
    listener,
    endpointGroups: groups,
    ...(rules.length > 0 ? { forwardingRules: rules } : {}),
  };
}

function isHttp({ protocol }: Listener): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

function drawListener(random: Random, name: string): Listener {
  const at = name === 'game-udp' ? 1 : 0;
  const protocol = oneOf(
    random,
    at === 0 ? ['HTTPS', 'HTTPS', 'HTTP', 'TCP'] : ['UDP', 'UDP', 'TCP', 'HTTP'],
  );
  const fromPort = chance(random, 0.9) ? 7000 + 1000 * at + 10 * whole(random, 3) : 9500;
  const toPort = protocol === 'TCP' || protocol === 'UDP' ? fromPort + whole(random, 3) : fromPort;
  const domains = protocol === 'HTTPS' ? some(random, DOMAINS, 0.5) : [];
  return {
    acceleratorId: chance(random, 0.85) === (at === 0) ? SHOP : ARCADE,
    name: `${name}-${oneOf(random, ['a', 'a', 'b'])}`,
    protocol,
    portRanges: [{ fromPort, toPort }],
    clientAffinity: oneOf(random, ['NONE', 'SOURCE_IP']),
    ...(protocol === 'HTTPS' ? { certificates: [{ id: oneOf(random, CERTIFICATES) }] } : {}),
    ...(domains.length > 0
      ? { additionalCertificates: domains.map(domain => ({ domain, id: oneOf(random, CERTIFICATES) })) }
      : {}),
  };
}

function drawGroups(random: Random, name: string, listener: Listener): Group[] {
  const regions = some(random, ['cn-hangzhou', 'ap-southeast-1'], 0.6);
  const defaults = (regions.length > 0 ? regions : ['cn-hangzhou']).map(region =>
    drawGroup(random, listener, { name: `${name}-${region}`, region }),
  );
  const virtual = isHttp(listener) ? some(random, ['one', 'two'], 0.5) : [];
  return [
    ...defaults,
    ...virtual.map(each =>
      drawGroup(random, listener, { name: `${name}-${each}`, region: 'cn-hangzhou', type: 'virtual' }),
    ),
  ];
}

function drawGroup(random: Random, listener: Listener, of: Group): Group {
  const port = listener.portRanges[0]?.fromPort ?? 0;
  const addresses = some(random, ['203.0.113.11', '203.0.113.12', '203.0.113.13'], 0.6);
  const endpoints = (addresses.length > 0 ? addresses : ['203.0.113.14']).map(endpoint => ({
    type: 'PublicIp',
    endpoint,
    weight: oneOf(random, [0, 1, 100, 255]),
  }));
  return {
    ...of,
    endpoints,
    ...(of.type === 'virtual' ? {} : { trafficPercentage: oneOf(random, [0, 50, 100]) }),
    ...(chance(random, 0.4) ? { tags: { team: oneOf(random, ['a', 'b']) } } : {}),
    ...(isHttp(listener)
      ? { endpointRequestProtocol: listener.protocol === 'HTTP' ? 'HTTP' : oneOf(random, ['HTTP', 'HTTPS']) }
      : {}),
    ...(chance(random, 0.4)
      ? {
          healthCheckEnabled: true,
          healthCheckProtocol: 'tcp',
          healthCheckPort: oneOf(random, [80, 8080]),
          healthCheckIntervalSeconds: oneOf(random, [2, 10]),
          thresholdCount: 2 + whole(random, 3),
        }
      : { healthCheckEnabled: false }),
    ...(isHttp(listener) && chance(random, 0.4)
      ? { portOverrides: [{ listenerPort: port, endpointPort: oneOf(random, [8080, 8443]) }] }
      : {}),
  };
}

/** With priorities that often change places. */
function drawRules(random: Random, groups: Group[]): Spec[] {
  const virtual = groups.filter(({ type }) => type === 'virtual');
  if (virtual.length === 0) return [];
  const names = some(random, ['rule-a', 'rule-b', 'rule-c'], 0.6);
  const priorities = names.map((_, at) => ({ by: random(), priority: 100 * (1 + at) }));
  const drawn = priorities.toSorted((a, b) => a.by - b.by);
  return names.map((name, at) => ({
    name,
    priority: drawn[at]?.priority,
    ruleConditions: [
      oneOf(random, [
        { type: 'Host', values: [oneOf(random, DOMAINS)] },
        { type: 'Path', values: [oneOf(random, ['/images/*', '/video/*'])] },
      ]),
    ],
    ruleActions: [{ type: 'ForwardGroup', endpointGroup: oneOf(random, virtual).name }],
  }));
}
