// Foreign changes to the clouds during a job: foreign resources stay, resources in doubt are named, and resources that
// others deleted are not restored. The foreign call comes right before one write of the table, so between two cloud
// calls of the job. In the end it is reverted, and the clouds must be as if it had never happened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateLBCookieStickinessPolicyCommand,
  DeleteLoadBalancerPolicyCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  DescribeEndpointGroupCommand,
  DescribeListenerCommand,
  GlobalAcceleratorClient,
  ListEndpointGroupsCommand,
  RemoveEndpointsCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  GetTargetGroupCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Job } from '@gatehouse/core/record/job';
import type { Entry } from '@gatehouse/core/record/ledger';
import type { JobRecord } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { baselineOf } from './sweep.ts';

const { name: SEED, value: EXAMPLE, turnBack } = await baselineOf('checkout-edge');

const ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const LEGACY_NLB =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/legacy-nlb/50dc6c495c0c918b';
const WEB = 'checkout-classic';
const OURS = 'checkout-sticky';
const TLS = 'tls-2023';
const REPLACED = 'legacy-sticky';
const SETTLED_SECONDS = 600;

/** Equal to the example's, in every member. */
const SAME_LISTENER = {
  AcceleratorArn: ACCELERATOR,
  Protocol: 'TCP',
  PortRanges: [
    { FromPort: 80, ToPort: 80 },
    { FromPort: 443, ToPort: 443 },
  ],
  ClientAffinity: 'SOURCE_IP',
} as const;

/** Equal to the example's, but for the tags. */
const SAME_GROUP = {
  name: 'checkout',
  type: 'IP',
  config: {
    port: 8080,
    protocol: 'HTTP',
    vpcIdentifier: 'vpc-0a1b2c3d4e5f60718',
    healthCheck: { path: '/health', healthCheckIntervalSeconds: 10 },
  },
  tags: { team: 'checkout' },
} as const;

/** An item of the table, as far as these tests look at it. */
type Written = Partial<Entry> & Partial<Pick<Job, 'status'>>;

interface Scene {
  request?: unknown;
  faults?: Fault[];
  /** The write before which they act; the first such one. */
  when: (written: Written) => boolean;
  act: (them: Stranger, ledger: Map<string, Entry>) => Promise<unknown>;
  ends: Job['status'];
  /** What is to hold before they take back what they did. */
  holds: (them: Stranger, jobRecord: JobRecord) => Promise<unknown>;
  /** They take back what they did. */
  takeBack?: (them: Stranger, jobRecord: JobRecord) => Promise<unknown>;
}

type Stranger = ReturnType<typeof strangerIn>;

async function play({ request = EXAMPLE, faults = [], when, act, ends, holds, takeBack }: Scene) {
  const world = createWorld({}, SEED);
  const before = await pictureBefore(world);
  const them = strangerIn(world);
  await world.faults(faults);
  const acted = actAt(world, when, ledger => act(them, ledger));
  const job = await world.submit(request);
  const jobRecord = await world.finish(job.id);
  assert.ok(acted(), 'they acted');
  for (const fault of await world.reached())
    assert.ok(fault.reached > 0, `reached: ${JSON.stringify(fault)}`);
  assert.equal(jobRecord.job.status, ends, JSON.stringify(jobRecord.job.problem));
  await holds(them, jobRecord);
  await takeBack?.(them, jobRecord);
  await assertInvariants({ ...world, calls: them.callsOfOthers }, before, jobRecord);
}

/** Somebody acts at the edge of the table: right before a write of it lands. */
function actAt(
  { store }: World,
  when: Scene['when'],
  act: (ledger: Map<string, Entry>) => Promise<unknown>,
): () => boolean {
  const ledger = new Map<string, Entry>();
  const put = store.put;
  let acted = false;
  store.put = async (key, value, version, index) => {
    if (key.sk.startsWith('LEDGER#')) {
      const entry = value as Entry;
      ledger.set(entry.step, entry);
    }
    if (!acted && when(value as Written)) {
      acted = true;
      await act(ledger);
    }
    return put(key, value, version, index);
  };
  return () => acted;
}

const rollingBack = ({ status }: Written) => status === 'ROLLING_BACK';
/** The intent is about to be written: we have looked, and have not created yet. */
const intending = (asked: Kind) => (written: Written) =>
  written.kind === asked && written.state === 'intended';
/** The create's request was lost, and nobody knows whether it was carried out. */
const inDoubt = (asked: Kind) => (written: Written) =>
  written.kind === asked && written.state === 'intended' && written.problem?.code === 'NetworkFailure';

const dropped = (service: string, operation: string): Fault => {
  return { service, operation, fault: 'dropRequest', times: 1 };
};

/** Somebody else, through the real SDK. What they send is told apart from what we send by its place in the log. */
function strangerIn(world: World) {
  const theirs = new Set<number>();
  const { requestHandler: wire, credentials } = world.stranger().config;
  const requestHandler: typeof wire = {
    ...wire,
    handle: async (request, options) => {
      // Both are begun at once, so nothing of ours is logged between them.
      const [logged, answer] = await Promise.all([world.calls(), wire.handle(request, options)]);
      theirs.add(logged.length + 1);
      return answer;
    },
  };
  const config = { region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 };
  const ga = new GlobalAcceleratorClient({ ...config, region: 'us-west-2' });
  const lattice = new VPCLatticeClient(config);
  const elb = new ElasticLoadBalancingClient(config);
  const onWeb = { LoadBalancerName: WEB };
  return {
    pass: world.pass,
    callsOfOthers: async () => (await world.calls()).filter(call => !theirs.has(call.n)),

    async listen(): Promise<string> {
      const { Listener } = await ga.send(
        new CreateListenerCommand({ ...SAME_LISTENER, PortRanges: [...SAME_LISTENER.PortRanges] }),
      );
      return String(Listener?.ListenerArn);
    },
    listenerIs: (ListenerArn: string) => ga.send(new DescribeListenerCommand({ ListenerArn })),
    async unlisten(ListenerArn: string) {
      const { EndpointGroups = [] } = await ga.send(new ListEndpointGroupsCommand({ ListenerArn }));
      for (const { EndpointGroupArn } of EndpointGroups) {
        await ga.send(new DeleteEndpointGroupCommand({ EndpointGroupArn }));
      }
      await ga.send(new DeleteListenerCommand({ ListenerArn }));
    },
    async addGroup(ListenerArn: string, EndpointGroupRegion = 'ap-southeast-2'): Promise<string> {
      const { EndpointGroup } = await ga.send(
        new CreateEndpointGroupCommand({ ListenerArn, EndpointGroupRegion }),
      );
      return String(EndpointGroup?.EndpointGroupArn);
    },
    groupIs: (EndpointGroupArn: string) => ga.send(new DescribeEndpointGroupCommand({ EndpointGroupArn })),
    removeGroup: (EndpointGroupArn: string) => ga.send(new DeleteEndpointGroupCommand({ EndpointGroupArn })),
    addEndpoint: (EndpointGroupArn: string, EndpointId: string) =>
      ga.send(
        new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId, Weight: 9 }] }),
      ),
    removeEndpoint: (EndpointGroupArn: string, EndpointId: string) =>
      ga.send(new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers: [{ EndpointId }] })),

    async makeTargetGroup(): Promise<string> {
      const { arn } = await lattice.send(new CreateTargetGroupCommand(SAME_GROUP));
      return String(arn);
    },
    targetGroupIs: (targetGroupIdentifier: string) =>
      lattice.send(new GetTargetGroupCommand({ targetGroupIdentifier })),
    async removeTargetGroup(targetGroupIdentifier: string) {
      world.pass(SETTLED_SECONDS);
      await lattice.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
      world.pass(SETTLED_SECONDS);
    },
    register: (targetGroupIdentifier: string, id: string) =>
      lattice.send(new RegisterTargetsCommand({ targetGroupIdentifier, targets: [{ id }] })),
    async deregister(targetGroupIdentifier: string, ...ids: string[]) {
      const targets = ids.map(id => ({ id }));
      await lattice.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }));
      world.pass(SETTLED_SECONDS);
    },
    async targetsOf(targetGroupIdentifier: string) {
      const { items = [] } = await lattice.send(new ListTargetsCommand({ targetGroupIdentifier }));
      return items.map(({ id, port }) => `${id}:${port}`);
    },

    makePolicy: (PolicyName: string, CookieExpirationPeriod: number) =>
      elb.send(new CreateLBCookieStickinessPolicyCommand({ ...onWeb, PolicyName, CookieExpirationPeriod })),
    removePolicy: (PolicyName: string) =>
      elb.send(new DeleteLoadBalancerPolicyCommand({ ...onWeb, PolicyName })),
    set: (LoadBalancerPort: number, ...PolicyNames: string[]) =>
      elb.send(new SetLoadBalancerPoliciesOfListenerCommand({ ...onWeb, LoadBalancerPort, PolicyNames })),
    async policiesOn(port: number): Promise<string[]> {
      const { LoadBalancerDescriptions: [balancer] = [] } = await elb.send(
        new DescribeLoadBalancersCommand({ LoadBalancerNames: [WEB] }),
      );
      const found = balancer?.ListenerDescriptions?.find(
        ({ Listener }) => Listener?.LoadBalancerPort === port,
      );
      return (found?.PolicyNames ?? []).toSorted();
    },
    async policies(): Promise<string[]> {
      const { LoadBalancerDescriptions: [balancer] = [] } = await elb.send(
        new DescribeLoadBalancersCommand({ LoadBalancerNames: [WEB] }),
      );
      return (balancer?.Policies?.LBCookieStickinessPolicies ?? []).map(({ PolicyName }) =>
        String(PolicyName),
      );
    },
  };
}

function idOf(entries: Map<string, Entry>, kind: Kind, step = /./): string {
  const found = [...entries.values()].find(entry => entry.kind === kind && step.test(entry.step));
  assert.ok(found?.id, `the ${kind} is known`);
  return found.id;
}

function assertLeft({ job }: JobRecord, expected: [step: RegExp, says: RegExp | string][]) {
  const left = job.leftovers ?? [];
  assert.equal(left.length, expected.length, JSON.stringify(left));
  for (const [step, says] of expected) {
    const named = left.find(each => step.test(each.step));
    assert.ok(named, `${step} is named`);
    assert.equal(named.problem.code, 'ResourceConflict');
    const { message } = named.problem;
    assert.ok(typeof says === 'string' ? message.includes(says) : says.test(message), message);
  }
}

test('a foreign identical listener, created between our read and our create, is not claimed and stays', async () => {
  let theirs = '';
  await play({
    when: intending('listener'),
    act: async them => {
      theirs = await them.listen();
    },
    ends: 'ROLLED_BACK',
    async holds(them, { job, ledger }) {
      await them.listenerIs(theirs);
      assert.equal(job.problem?.code, 'AlreadyExists');
      assert.equal(ledger.get('listener')?.id, undefined, 'we never took it for ours');
    },
    takeBack: them => them.unlisten(theirs),
  });
});

test('a foreign identical listener, created while the outcome of our create is unknown, is taken for its result', async () => {
  // Nothing tells them apart: it is new since our look, equal in every member, and nobody hung anything on it.
  let theirs = '';
  await play({
    faults: [dropped('globalaccelerator', 'CreateListener')],
    when: inDoubt('listener'),
    act: async them => {
      theirs = await them.listen();
    },
    ends: 'SUCCEEDED',
    holds: async (_them, { ledger }) => assert.equal(ledger.get('listener')?.id, theirs),
  });
});

test('a foreign identical listener with foreign dependents is neither claimed nor removed, and is named', async () => {
  let theirs = '';
  let group = '';
  await play({
    faults: [dropped('globalaccelerator', 'CreateListener')],
    when: inDoubt('listener'),
    act: async them => {
      theirs = await them.listen();
      group = await them.addGroup(theirs);
    },
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      await them.groupIs(group);
      assert.equal(jobRecord.job.problem?.code, 'AlreadyExists');
      assertLeft(jobRecord, [[/^listener$/, theirs]]);
    },
    // What is left and cannot be proven ours stands: of the group on it, it is freed.
    takeBack: them => them.removeGroup(group),
  });
});

test('a foreign target group of the same name, created between our read and our create, is not claimed and stays', async () => {
  let theirs = '';
  await play({
    when: intending('targetGroup'),
    act: async them => {
      theirs = await them.makeTargetGroup();
    },
    ends: 'ROLLED_BACK',
    async holds(them, { job }) {
      await them.targetGroupIs(theirs);
      assert.equal(job.problem?.code, 'AlreadyExists');
    },
    takeBack: them => them.removeTargetGroup(theirs),
  });
});

test('a foreign target group of the same name, created while our create is in doubt, is recognized by its tags and stays', async () => {
  let theirs = '';
  await play({
    faults: [dropped('vpc-lattice', 'CreateTargetGroup')],
    when: inDoubt('targetGroup'),
    act: async them => {
      theirs = await them.makeTargetGroup();
    },
    ends: 'ROLLED_BACK',
    async holds(them, { job }) {
      await them.targetGroupIs(theirs);
      assert.equal(job.problem?.code, 'AlreadyExists');
      assert.match(job.problem?.message ?? '', new RegExp(theirs));
    },
    takeBack: them => them.removeTargetGroup(theirs),
  });
});

for (const [what, faults, when, period] of [
  ['made between our look and our create', [], intending, 3600],
  [
    'made while our create is in doubt, with another period',
    [dropped('elasticloadbalancing', 'CreateLBCookieStickinessPolicy')],
    inDoubt,
    60,
  ],
] as const) {
  test(`a foreign policy of the same name, ${what}, stays`, async () => {
    await play({
      faults: [...faults],
      when: when('stickinessPolicy'),
      act: them => them.makePolicy(OURS, period),
      ends: 'ROLLED_BACK',
      async holds(them, { job }) {
        assert.ok((await them.policies()).includes(OURS));
        assert.equal(job.problem?.code, 'AlreadyExists');
      },
      takeBack: them => them.removePolicy(OURS),
    });
  });
}

test('a foreign endpoint group in the same region, created between our read and our create, stays, and so does the listener', async () => {
  let theirs = '';
  await play({
    when: intending('endpointGroup'),
    act: async (them, ledger) => {
      theirs = await them.addGroup(idOf(ledger, 'listener'), 'eu-west-1');
    },
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      await them.groupIs(theirs);
      assert.equal(jobRecord.job.problem?.code, 'AlreadyExists');
      assertLeft(jobRecord, [[/^listener$/, theirs]]);
    },
    takeBack: them => them.removeGroup(theirs),
  });
});

test('a foreign endpoint group that is added to our listener before the rollback stays, and is named', async () => {
  let theirs = '';
  await play({
    faults: turnBack,
    when: rollingBack,
    act: async (them, ledger) => {
      theirs = await them.addGroup(idOf(ledger, 'listener'));
    },
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      await them.groupIs(theirs);
      assertLeft(jobRecord, [[/^listener$/, theirs]]);
    },
    takeBack: them => them.removeGroup(theirs),
  });
});

test('a foreign endpoint that is added to our group before the rollback stays, and is named', async () => {
  let group = '';
  await play({
    faults: turnBack,
    when: rollingBack,
    act: async (them, ledger) => {
      group = idOf(ledger, 'endpointGroup', /eu-west-1/);
      await them.addEndpoint(group, LEGACY_NLB);
    },
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      const { EndpointGroup } = await them.groupIs(group);
      const standing = EndpointGroup?.EndpointDescriptions?.find(each => each.EndpointId === LEGACY_NLB);
      assert.equal(standing?.Weight, 9);
      assertLeft(jobRecord, [
        [/^endpoint-group-eu-west-1$/, LEGACY_NLB],
        [/^listener$/, group],
      ]);
    },
    takeBack: them => them.removeEndpoint(group, LEGACY_NLB),
  });
});

test('a foreign target that is registered in our group before the rollback stays, and is named', async () => {
  let group = '';
  await play({
    faults: turnBack,
    when: rollingBack,
    act: async (them, ledger) => {
      group = idOf(ledger, 'targetGroup');
      await them.register(group, '10.0.9.9');
    },
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      assert.deepEqual(await them.targetsOf(group), ['10.0.9.9:8080'], 'ours are out, theirs is in');
      assertLeft(jobRecord, [[/^target-group-/, 'target 10.0.9.9:8080']]);
    },
    takeBack: them => them.deregister(group, '10.0.9.9'),
  });
});

test('a foreign cookie policy that is set on the port before ours is not removed: the job rolls back', async () => {
  await play({
    when: intending('policyAttachment'),
    async act(them) {
      await them.makePolicy('theirs', 60);
      await them.set(443, TLS, 'theirs');
    },
    ends: 'ROLLED_BACK',
    async holds(them, { job }) {
      assert.deepEqual(await them.policiesOn(443), ['theirs', TLS]);
      assert.equal(job.problem?.code, 'ResourceConflict');
      assert.match(job.problem?.message ?? '', /port 443 of checkout-classic has theirs/);
    },
    async takeBack(them) {
      await them.set(443, TLS);
      await them.removePolicy('theirs');
    },
  });
});

test('a foreign cookie policy that replaces ours stays, and ours is not restored', async () => {
  await play({
    faults: turnBack,
    when: rollingBack,
    async act(them) {
      await them.makePolicy('theirs', 60);
      await them.set(443, TLS, 'theirs');
    },
    ends: 'ROLLED_BACK',
    async holds(them) {
      assert.deepEqual(await them.policiesOn(443), ['theirs', TLS]);
      assert.ok(!(await them.policies()).includes(OURS));
    },
    async takeBack(them) {
      await them.set(443, TLS);
      await them.removePolicy('theirs');
    },
  });
});

test('our policy is not deleted while others use it on another port, and the port is named', async () => {
  await play({
    faults: turnBack,
    when: rollingBack,
    act: them => them.set(80, OURS),
    ends: 'ROLLBACK_FAILED',
    async holds(them, jobRecord) {
      assert.deepEqual(await them.policiesOn(80), [OURS]);
      assert.deepEqual(await them.policiesOn(443), [TLS], 'from our port it is gone');
      assertLeft(jobRecord, [[/^policy-/, 'port 80 of checkout-classic']]);
    },
    takeBack: them => them.set(80),
  });
});

const REPLACING = {
  ...(EXAMPLE as Record<string, unknown>),
  stickinessPolicies: [
    {
      loadBalancerName: WEB,
      policyName: OURS,
      cookieExpirationPeriod: 3600,
      loadBalancerPorts: [8443],
      replace: true,
    },
  ],
};

test('a replaced policy that was deleted before the rollback is not restored', async () => {
  await play({
    request: REPLACING,
    faults: turnBack,
    when: rollingBack,
    act: them => them.removePolicy(REPLACED),
    ends: 'ROLLED_BACK',
    async holds(them) {
      assert.deepEqual(await them.policiesOn(8443), [TLS]);
      assert.ok(!(await them.policies()).includes(REPLACED));
    },
    async takeBack(them) {
      await them.makePolicy(REPLACED, 300);
      await them.set(8443, TLS, REPLACED);
    },
  });
});

test('if others have replaced our policy, the policy that ours replaced is not restored', async () => {
  await play({
    request: REPLACING,
    faults: turnBack,
    when: rollingBack,
    async act(them) {
      await them.makePolicy('theirs', 60);
      await them.set(8443, TLS, 'theirs');
    },
    ends: 'ROLLED_BACK',
    holds: async them => assert.deepEqual(await them.policiesOn(8443), ['theirs', TLS]),
    async takeBack(them) {
      await them.set(8443, TLS, REPLACED);
      await them.removePolicy('theirs');
    },
  });
});

test('a policy that came onto the port after the plan is not replaced, right before our set either', async () => {
  await play({
    request: REPLACING,
    when: intending('policyAttachment'),
    async act(them) {
      await them.makePolicy('theirs', 60);
      await them.set(8443, TLS, 'theirs');
    },
    ends: 'ROLLED_BACK',
    holds: async them => assert.deepEqual(await them.policiesOn(8443), ['theirs', TLS]),
    async takeBack(them) {
      await them.set(8443, TLS, REPLACED);
      await them.removePolicy('theirs');
    },
  });
});

test('a target group deleted by hand while it settles is created again, in the next generation', async () => {
  let first = '';
  await play({
    when: ({ kind, waiting }) => kind === 'targetGroup' && waiting !== undefined,
    async act(them, ledger) {
      first = idOf(ledger, 'targetGroup');
      await them.removeTargetGroup(first);
    },
    ends: 'SUCCEEDED',
    async holds(_them, { ledger }) {
      const entry = [...ledger.values()].find(each => each.kind === 'targetGroup');
      assert.equal(entry?.generation, 2);
      assert.notEqual(entry?.id, first);
    },
  });
});

test('a target group deleted by hand before its targets are registered rolls the job back: it was done with', async () => {
  await play({
    when: intending('targets'),
    act: (them, ledger) => them.removeTargetGroup(idOf(ledger, 'targetGroup')),
    ends: 'ROLLED_BACK',
    holds: async (_them, { job }) => assert.equal(job.problem?.code, 'NotFound'),
  });
});

test('targets deregistered by hand while they settle are registered again', async () => {
  await play({
    when: ({ kind, state }) => kind === 'targets' && state === 'made',
    act: (them, ledger) => them.deregister(idOf(ledger, 'targetGroup'), '10.0.1.5'),
    ends: 'SUCCEEDED',
    holds: async (them, { ledger }) =>
      assert.deepEqual((await them.targetsOf(idOf(ledger, 'targetGroup'))).toSorted(), [
        '10.0.1.5:8080',
        '10.0.2.5:8080',
      ]),
  });
});

test('a listener deleted by hand before the rollback, with everything attached to it, is undone', async () => {
  await play({
    faults: turnBack,
    when: rollingBack,
    act: (them, ledger) => them.unlisten(idOf(ledger, 'listener')),
    ends: 'ROLLED_BACK',
    holds: async () => {},
  });
});

test('a target group deleted by hand before the rollback, with its targets, is undone', async () => {
  await play({
    faults: turnBack,
    when: rollingBack,
    async act(them, ledger) {
      const group = idOf(ledger, 'targetGroup');
      await them.deregister(group, '10.0.1.5', '10.0.2.5');
      await them.removeTargetGroup(group);
    },
    ends: 'ROLLED_BACK',
    holds: async () => {},
  });
});

test('a policy removed from its port and deleted by hand before the rollback is undone', async () => {
  await play({
    faults: turnBack,
    when: rollingBack,
    async act(them) {
      await them.set(443, TLS);
      await them.removePolicy(OURS);
    },
    ends: 'ROLLED_BACK',
    holds: async them => assert.deepEqual(await them.policiesOn(443), [TLS]),
  });
});
