// Entry points at a bound of each collection of the clouds, and the update that exchanges items there.
import assert from 'node:assert/strict';
import { CreateLBCookieStickinessPolicyCommand } from '@aws-sdk/client-elastic-load-balancing';
import { CreateEndpointGroupCommand, CreateListenerCommand } from '@aws-sdk/client-global-accelerator';
import { CreateTargetGroupCommand } from '@aws-sdk/client-vpc-lattice';
import { viewPlan } from '@gatehouse/core/api/plan-view';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { foreignElb, foreignLattice } from '../clouds/foreign-clients.ts';
import type { World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';

export type Spec = Record<string, unknown> & { entryPoint: string };

/** Provisions it. */
export async function provisioned(world: World, spec: Spec): Promise<void> {
  const { job } = await world.finish((await world.submit(spec, 'first')).id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
}

/** The plan of a request, with its findings. */
export async function planOf(world: World, spec: Spec) {
  const ports = world.ports();
  const parsed = parseRequest(spec, ports.settings.region);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const entryPoint = await readEntryPoint(world.store, spec.entryPoint);
  const { view, findings } = await viewPlan(ports, { request: parsed.request, sent: spec }, entryPoint);
  return { ...view, findings };
}

/** The job of an update, with its mutating calls. */
export async function updated(world: World, spec: Spec, key = 'second') {
  const before = (await world.calls()).length;
  const update = { ...spec, operation: 'update' };
  const { job } = await world.finish((await world.submit(update, key)).id);
  const calls = (await world.calls()).slice(before).filter(call => MUTATING.test(call.operation));
  return { job, operations: calls.map(({ operation }) => operation) };
}

/** An update that exchanges items of a collection that has no room for both. */
export interface Exchange {
  name: string;
  from: Spec;
  to: Spec;
  /** What others have in the collection, besides the seed. */
  others?(world: World): Promise<void>;
  /** What the cloud creates in the end, for a fault there: the job rolls back from beyond the bound. */
  service: string;
  creates: string;
  /** The bound cannot be raised: without permission the plan is refused. Else it warns. */
  fixed?: true;
  /** Items take different amounts, so an order of the steps makes room: no permission is needed. */
  fits?: true;
  /** Hundreds of objects: only a complete sweep repeats it. */
  isLong?: true;
}

const INTERNAL = 'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';
const times = <T>(count: number, of: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => of(at));

const aws = (entryPoint: string, parts: object): Spec => ({ operation: 'provision', entryPoint, ...parts });

const withGroups = (...regions: string[]) =>
  aws('groups', {
    listener: { acceleratorArn: INTERNAL, protocol: 'TCP', portRanges: [{ fromPort: 80, toPort: 80 }] },
    endpointGroups: regions.map(region => ({ region })),
  });

async function foreignGroups(world: World, count: number): Promise<void> {
  const regions = ['eu-west-1', 'us-east-1', 'us-west-2', 'ap-southeast-2', 'eu-central-1'];
  let ListenerArn: string | undefined;
  for (const at of times(count, each => each)) {
    if (at % regions.length === 0) {
      const PortRanges = [{ FromPort: 1000 + at, ToPort: 1000 + at }];
      const made = await world.stranger().send(
        new CreateListenerCommand({
          AcceleratorArn: INTERNAL,
          Protocol: 'TCP',
          PortRanges,
          IdempotencyToken: `l${at}`,
        }),
      );
      ListenerArn = made.Listener?.ListenerArn;
    }
    const EndpointGroupRegion = regions[at % regions.length];
    const input = { ListenerArn, EndpointGroupRegion, IdempotencyToken: `g${at}` };
    await world.stranger().send(new CreateEndpointGroupCommand(input));
  }
}

const ofLattice = (name: string, targets: string[] = []) =>
  aws('lattice', {
    targetGroups: [
      {
        name,
        region: 'eu-west-1',
        type: 'IP',
        config: { protocol: 'HTTP', port: 8080, vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' },
        targets: targets.map(id => ({ id })),
      },
    ],
  });

const addresses = (count: number, from = 0) =>
  times(count, at => `10.0.${Math.floor((at + from) / 250)}.${((at + from) % 250) + 1}`);

const policy = (policyName: string, cookieExpirationPeriod = 60) =>
  aws('cookies', {
    stickinessPolicies: [
      {
        loadBalancerName: 'checkout-classic',
        policyName,
        cookieExpirationPeriod,
        loadBalancerPorts: [443, 80],
      },
    ],
  });

/** The load balancer has two of its own. */
async function foreignPolicies(world: World): Promise<void> {
  for (const at of times(97, each => each)) {
    const of = { LoadBalancerName: 'checkout-classic', PolicyName: `theirs-${at}` };
    await foreignElb(world).send(new CreateLBCookieStickinessPolicyCommand(of));
  }
}

const group = (region = 'cn-hangzhou', changes: object = {}) => ({
  region,
  endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.1' }],
  ...changes,
});
const virtual = (name: string) => group('cn-hangzhou', { type: 'virtual', name });
const rule = (name: string, priority: number, values: string[], endpointGroup = 'v0') => ({
  name,
  priority,
  ruleConditions: [{ type: 'Path', values }],
  ruleActions: [{ type: 'ForwardGroup', endpointGroup }],
});
/** In the order in which a rollback restores them. */
const paths = (count: number, of: string) => times(count, at => `/${of}${at + 10}/*`);

function alicloud(
  protocol: string,
  endpointGroups: object[],
  {
    forwardingRules = [],
    acceleratorId = ARCADE,
    ...listener
  }: Record<string, unknown> & { forwardingRules?: object[]; acceleratorId?: string } = {},
): Spec {
  return {
    operation: 'provision',
    entryPoint: 'instance',
    cloud: 'alicloud',
    listener: { acceleratorId, protocol, portRanges: [{ fromPort: 81, toPort: 81 }], ...listener },
    endpointGroups,
    forwardingRules,
  };
}

const withRules = (...forwardingRules: object[]) =>
  alicloud('HTTP', [group(), virtual('v0')], { forwardingRules });
const withCertificates = (count: number, from = 0) =>
  alicloud('HTTPS', [group()], {
    certificates: [{ id: '4490001-cn-hangzhou' }],
    additionalCertificates: times(count, at => ({
      domain: `d${at + from}.example.com`,
      id: '4490002-cn-hangzhou',
    })),
  });

export const EXCHANGES: Exchange[] = [
  {
    name: 'endpoint groups of an accelerator',
    from: withGroups('eu-west-1', 'us-east-1'),
    to: withGroups('eu-west-1', 'us-west-2'),
    others: world => foreignGroups(world, 40),
    service: 'globalaccelerator',
    creates: 'CreateEndpointGroup',
    fixed: true,
  },
  {
    name: 'target groups of a region',
    from: ofLattice('blue', addresses(1)),
    to: ofLattice('green', addresses(1)),
    async others(world) {
      for (const at of times(498, each => each))
        await foreignLattice(world).send(
          new CreateTargetGroupCommand({ name: `theirs-${at}`, type: 'LAMBDA' }),
        );
    },
    isLong: true,
    service: 'vpc-lattice',
    creates: 'RegisterTargets',
  },
  {
    name: 'targets of a group',
    from: ofLattice('full', addresses(1000)),
    to: ofLattice('full', addresses(1000, 1)),
    isLong: true,
    service: 'vpc-lattice',
    creates: 'RegisterTargets',
  },
  {
    name: 'targets of a group, more than half of it exchanged',
    from: ofLattice('full', addresses(501)),
    to: ofLattice('full', addresses(501, 501)),
    isLong: true,
    service: 'vpc-lattice',
    creates: 'RegisterTargets',
  },
  {
    name: 'policies of a load balancer, one with another name',
    from: policy('blue'),
    to: policy('green'),
    others: foreignPolicies,
    service: 'elasticloadbalancing',
    creates: 'SetLoadBalancerPoliciesOfListener',
  },
  {
    name: 'policies of a load balancer, one with another cookie',
    from: policy('blue', 60),
    to: policy('blue', 120),
    others: foreignPolicies,
    service: 'elasticloadbalancing',
    creates: 'SetLoadBalancerPoliciesOfListener',
  },
  {
    name: 'default groups of a listener',
    from: alicloud('TCP', [group(), group('cn-shanghai')]),
    to: alicloud('TCP', [group(), group('cn-beijing')]),
    service: 'ga',
    creates: 'CreateEndpointGroup',
  },
  {
    name: 'the one default group of a subscription, below a virtual group with a rule',
    from: alicloud('HTTP', [group(), virtual('v0')], {
      acceleratorId: SHOP,
      forwardingRules: [rule('one', 1, ['/a'])],
    }),
    to: alicloud('HTTP', [group('cn-shanghai'), group('cn-shanghai', { type: 'virtual', name: 'v0' })], {
      acceleratorId: SHOP,
      forwardingRules: [rule('one', 1, ['/a'])],
    }),
    service: 'ga',
    creates: 'CreateForwardingRules',
    fixed: true,
  },
  {
    name: 'virtual groups of a listener, one that a rule forwards to',
    from: alicloud('HTTP', [group(), ...times(10, at => virtual(`v${at}`))], {
      forwardingRules: [rule('one', 1, ['/a'], 'v9')],
    }),
    to: alicloud('HTTP', [group(), ...times(9, at => virtual(`v${at}`)), virtual('v10')], {
      forwardingRules: [rule('one', 1, ['/a'], 'v10')],
    }),
    service: 'ga',
    creates: 'CreateForwardingRules',
  },
  {
    name: 'rules of a listener',
    from: withRules(...times(20, at => rule(`r${at}`, at + 1, [`/${at}`]))),
    to: withRules(...times(20, at => rule(`r${at + 1}`, at + 1, [`/${at}`]))),
    isLong: true,
    service: 'ga',
    creates: 'CreateForwardingRules',
  },
  {
    name: 'values of rules, moved to the first rule',
    from: withRules(rule('one', 1, paths(1, 'a')), rule('two', 2, paths(39, 'b'))),
    to: withRules(rule('one', 1, paths(2, 'a')), rule('two', 2, paths(38, 'b'))),
    service: 'ga',
    creates: 'UpdateForwardingRules',
    fits: true,
  },
  {
    name: 'values of a rule with another name',
    from: withRules(rule('one', 1, paths(21, 'a'))),
    to: withRules(rule('two', 1, paths(21, 'a'))),
    service: 'ga',
    creates: 'CreateForwardingRules',
  },
  {
    name: 'certificates of a listener, one domain exchanged',
    from: withCertificates(25),
    to: withCertificates(25, 1),
    service: 'ga',
    creates: 'AssociateAdditionalCertificatesWithListener',
    fixed: true,
    isLong: true,
  },
  {
    name: 'certificates of a listener, all 13 domains exchanged',
    from: withCertificates(13),
    to: withCertificates(13, 13),
    service: 'ga',
    creates: 'AssociateAdditionalCertificatesWithListener',
    fixed: true,
    isLong: true,
  },
];
