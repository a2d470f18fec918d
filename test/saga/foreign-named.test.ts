// Foreign objects that a forced removal deletes: named in its plan, part of its hash, and on record. One that appears after the
// plan is not deleted. For every kind to which others can attach something.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SetLoadBalancerPoliciesOfListenerCommand } from '@aws-sdk/client-elastic-load-balancing';
import { AddEndpointsCommand, CreateEndpointGroupCommand } from '@aws-sdk/client-global-accelerator';
import { CreateListenerCommand, RegisterTargetsCommand } from '@aws-sdk/client-vpc-lattice';
import { performAction } from '@gatehouse/core/api/act';
import { type PlanView, planSchema } from '@gatehouse/core/api/answers';
import { jobView } from '@gatehouse/core/api/job-view';
import type { Job } from '@gatehouse/core/record/job';
import { type JobRecord, planKey, readEntryPoint } from '@gatehouse/core/record/records';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { BACKOFFICE_ALB, LEGACY_NLB } from '../clouds/fixtures.ts';
import { foreignElb, foreignLattice } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const BY = '123456789012/user/alice';
const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';

interface Scene {
  /** The kind of the resource, the example that has it, and its step. */
  kind: string;
  of: string;
  step: string;
  /** Attaches the first or the second foreign object to the resource of this id; returns its name. */
  attach(world: World, id: string, which: 0 | 1): Promise<string>;
}

const alicloud = async (world: World, operation: string, parameters: Record<string, unknown>) => {
  const answer = await strangerOn(world)(operation, { AcceleratorId: SHOP, ...parameters });
  world.pass(3600);
  return answer;
};

const ENDPOINT = { Type: 'PublicIp', Endpoint: '203.0.113.99', Weight: 9 };

const SCENES: Scene[] = [
  {
    kind: 'listener',
    of: 'checkout-edge',
    step: 'listener',
    async attach(world, ListenerArn, which) {
      const EndpointGroupRegion = ['ap-southeast-2', 'sa-east-1'][which];
      const command = new CreateEndpointGroupCommand({ ListenerArn, EndpointGroupRegion });
      return String((await world.stranger().send(command)).EndpointGroup?.EndpointGroupArn);
    },
  },
  {
    kind: 'endpointGroup',
    of: 'checkout-edge',
    step: 'endpoint-group-eu-west-1',
    async attach(world, EndpointGroupArn, which) {
      const EndpointId = [LEGACY_NLB, BACKOFFICE_ALB][which] ?? '';
      const EndpointConfigurations = [{ EndpointId }];
      await world.stranger().send(new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations }));
      return EndpointId;
    },
  },
  {
    kind: 'targetGroup',
    of: 'checkout-edge',
    step: 'target-group-eu-west-1-checkout',
    async attach(world, targetGroupIdentifier, which) {
      const id = ['10.0.9.9', '10.0.9.10'][which];
      const command = new RegisterTargetsCommand({ targetGroupIdentifier, targets: [{ id, port: 8080 }] });
      await foreignLattice(world).send(command);
      return `target ${id}:8080`;
    },
  },
  {
    kind: 'stickinessPolicy',
    of: 'checkout-edge',
    step: 'policy-eu-west-1-checkout-classic-checkout-sticky',
    async attach(world, _id, which) {
      const LoadBalancerPort = [80, 8443][which];
      const on = { LoadBalancerName: 'checkout-classic', LoadBalancerPort };
      const command = new SetLoadBalancerPoliciesOfListenerCommand({
        ...on,
        PolicyNames: ['checkout-sticky', ...(which === 0 ? [] : ['tls-2023'])],
      });
      await foreignElb(world).send(command);
      return `port ${LoadBalancerPort} of checkout-classic`;
    },
  },
  {
    kind: 'alicloudListener',
    of: 'shop-accelerator',
    step: 'listener',
    async attach(world, ListenerId, which) {
      const [Name, EndpointGroupRegion] = [`theirs-${which}`, 'cn-hangzhou'];
      const made = { ListenerId, EndpointGroupType: 'virtual', EndpointGroupRegion, Name };
      const of = { ...made, EndpointConfigurations: [ENDPOINT] };
      return String((await alicloud(world, 'CreateEndpointGroup', of))['EndpointGroupId']);
    },
  },
  {
    kind: 'alicloudListener, by a certificate',
    of: 'shop-accelerator',
    step: 'listener',
    async attach(world, ListenerId, which) {
      const Domain = `theirs-${which}.example.com`;
      const Certificates = [{ Domain, Id: '4490002-cn-hangzhou' }];
      await alicloud(world, 'AssociateAdditionalCertificatesWithListener', { ListenerId, Certificates });
      return `${ListenerId}/certificates/${Domain}`;
    },
  },
  {
    kind: 'alicloudEndpointGroup',
    of: 'shop-accelerator',
    step: 'virtual-group-images',
    async attach(world, EndpointGroupId, which) {
      const described = await alicloud(world, 'DescribeEndpointGroup', { EndpointGroupId });
      const Endpoint = ['203.0.113.98', '203.0.113.99'][which];
      const existing = described['EndpointConfigurations'] as object[];
      const EndpointConfigurations = [...existing, { ...ENDPOINT, Endpoint }];
      const of = { EndpointGroupId, EndpointGroupRegion: 'cn-hangzhou', EndpointConfigurations };
      await alicloud(world, 'UpdateEndpointGroup', of);
      return `PublicIp ${Endpoint}`;
    },
  },
  {
    kind: 'alicloudEndpointGroup, by a forwarding rule',
    of: 'shop-accelerator',
    step: 'virtual-group-images',
    async attach(world, value, which) {
      const { ListenerId } = await alicloud(world, 'DescribeEndpointGroup', { EndpointGroupId: value });
      const rule = {
        ForwardingRuleName: `theirs-${which}`,
        Priority: 900 + which,
        RuleConditions: [
          { RuleConditionType: 'Host', RuleConditionValue: `["theirs-${which}.example.com"]` },
        ],
        RuleActions: [
          {
            Order: 1,
            RuleActionType: 'ForwardGroup',
            RuleActionValue: JSON.stringify([{ type: 'endpointgroup', value }]),
          },
        ],
      };
      const made = await alicloud(world, 'CreateForwardingRules', { ListenerId, ForwardingRules: [rule] });
      const [first] = made['ForwardingRules'] as { ForwardingRuleId: string }[];
      return String(first?.ForwardingRuleId);
    },
  },
];

const remove = (entryPoint: string) => ({ operation: 'remove', entryPoint, options: { force: true } });

async function standing({ of, step }: Scene) {
  const world = createWorld();
  const { id: made } = await world.submit(exampleNamed(of), 'made');
  assert.equal((await world.finish(made)).job.status, 'SUCCEEDED');
  world.pass(3600);
  const id = (await readEntryPoint(world.store, of))?.resources.find(each => each.step === step)?.id;
  assert.ok(id);
  return { world, id };
}

async function planOf(world: World, value: unknown): Promise<PlanView> {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json' };
  const answer = await createPlan(world.ports(), { body, headers, caller: BY });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return planSchema.parse(answer.body);
}

const namedIn = ({ steps }: Pick<PlanView, 'steps'>) =>
  steps.flatMap(({ deletesForeign = [] }) => deletesForeign);
const callsIn = ({ steps }: PlanView) => steps.reduce((sum, { calls }) => sum + calls, 0);

async function changesSince(world: World, from: number) {
  return (await world.calls()).slice(from).filter(({ changed }) => changed);
}

/** What a job keeps on record about foreign objects. */
function recordOf({ job, ...rest }: JobRecord) {
  const { steps } = jobView({ job, ...rest }, []);
  return {
    named: steps.flatMap(({ deletesForeign = [] }) => deletesForeign),
    notices: steps.flatMap(({ notices = [] }) => notices),
    events: job.events.flatMap(({ deletesForeign = [] }) => deletesForeign.flatMap(({ names }) => names)),
  };
}

/** Acts once, right before the job is written as RUNNING: its plan is fixed, and nothing is deleted yet. */
function beforeItRuns({ store }: World, act: () => Promise<unknown>) {
  const put = store.put;
  let acted = false;
  store.put = async (key, value, version, index) => {
    const { status } = value as Partial<Job>;
    if (!acted && key.sk === 'JOB' && status === 'RUNNING') {
      acted = true;
      await act();
    }
    return put(key, value, version, index);
  };
}

for (const scene of SCENES) {
  const { kind, of, attach } = scene;

  test(`${kind}: a forced plan names the foreign object, counts its calls, and its hash covers it`, async () => {
    const { world, id } = await standing(scene);
    const before = await planOf(world, remove(of));
    assert.deepEqual(namedIn(before), []);
    const name = await attach(world, id, 0);
    const after = await planOf(world, remove(of));
    assert.deepEqual(namedIn(after), [name]);
    assert.notEqual(after.planHash, before.planHash);
    assert.equal(callsIn(after), callsIn(before) + 1);

    const picture = await world.picture();
    const { id: old } = await world.submit(remove(of), 'old', before.planHash);
    const refused = await world.finish(old);
    assert.deepEqual([refused.job.status, refused.job.problem?.code], ['FAILED', 'PlanChanged']);
    assert.equal(await world.picture(), picture);

    const from = (await world.calls()).length;
    const { id: approved } = await world.submit(remove(of), 'approved', after.planHash);
    const done = await world.finish(approved);
    assert.equal(done.job.status, 'SUCCEEDED', JSON.stringify(done.job.problem));
    assert.equal((await changesSince(world, from)).length, callsIn(after));
    const notices = [`also deleted ${name}, which was foreign`];
    assert.deepEqual(recordOf(done), { named: [name], notices, events: [name] });
    const told = (await world.told()).map(({ detail }) => JSON.stringify(detail));
    assert.ok(told.some(detail => detail.includes(`"names":[${JSON.stringify(name)}]`)));
  });

  test(`${kind}: a foreign object that appears after the plan is fixed stays, until a retry`, async () => {
    const { world, id } = await standing(scene);
    const first = await attach(world, id, 0);
    let late = '';
    beforeItRuns(world, async () => {
      late = await attach(world, id, 1);
    });
    const job = await world.submit(remove(of), 'forced');
    const failed = await world.finish(job.id);
    assert.deepEqual([failed.job.status, failed.job.problem?.code], ['REMOVE_FAILED', 'ResourceConflict']);
    assert.ok(failed.job.leftovers?.some(({ problem }) => problem.message.includes(late)));
    assert.deepEqual(recordOf(failed).named, [first]);
    assert.equal(
      (await recordOf(failed)).notices.some(notice => notice.includes(late)),
      false,
    );

    world.pass(3600);
    await performAction(world.ports(), job.id, { action: 'retry', by: BY });
    const retried = await world.finish(job.id);
    assert.equal(retried.job.status, 'SUCCEEDED', JSON.stringify(retried.job.problem));
    const { named, notices, events } = recordOf(retried);
    assert.deepEqual([new Set(named), new Set(events)], [new Set([first, late]), new Set([first, late])]);
    assert.ok(notices.some(notice => notice.includes(late)));
    const { stored } = { stored: await world.store.get(planKey(job.id)) };
    assert.equal(stored?.value.foreignReadFor, 2);
  });
}

/** The update of an example with a group that is replaced under its name, so its deletion comes before everything else. */
function replacing() {
  const example = exampleNamed('checkout-edge') as { targetGroups: { config: object }[] };
  const targetGroups = example.targetGroups.map(group => ({
    ...group,
    config: { ...group.config, port: 9090 },
  }));
  const options = { force: true, allowInterruption: true };
  return { ...example, targetGroups, operation: 'update', options };
}

test('an update that finds an unnamed foreign object on what it deletes first rolls back, and deletes none', async () => {
  const scene = SCENES.find(({ kind }) => kind === 'targetGroup');
  assert.ok(scene);
  const { world, id } = await standing(scene);
  const first = await scene.attach(world, id, 0);
  assert.deepEqual(namedIn(await planOf(world, replacing())), [first]);
  let [late, picture] = ['', ''];
  beforeItRuns(world, async () => {
    late = await scene.attach(world, id, 1);
    picture = await world.picture();
  });
  const { id: forced } = await world.submit(replacing(), 'forced');
  const { job } = await world.finish(forced);
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'ResourceConflict']);
  assert.match(job.problem?.message ?? '', new RegExp(`${late} is attached to ${id}`));
  world.pass(3600);
  assert.equal(await world.picture(), picture);
});

test('a service that takes up a group after the plan is not detached by a retry either', async () => {
  const scene = SCENES.find(({ kind }) => kind === 'targetGroup');
  assert.ok(scene);
  const { world, id } = await standing(scene);
  const serviceIdentifier = 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0c9b8a7f6e5d40312';
  const forward = { targetGroups: [{ targetGroupIdentifier: id }] };
  beforeItRuns(world, () =>
    foreignLattice(world).send(
      new CreateListenerCommand({
        serviceIdentifier,
        name: 'checkout',
        protocol: 'HTTP',
        port: 8080,
        defaultAction: { forward },
      }),
    ),
  );
  const job = await world.submit(remove(scene.of), 'forced');
  assert.equal((await world.finish(job.id)).job.status, 'REMOVE_FAILED');
  world.pass(3600);
  await performAction(world.ports(), job.id, { action: 'retry', by: BY });
  const retried = await world.finish(job.id);
  assert.equal(retried.job.status, 'REMOVE_FAILED');
  assert.match(JSON.stringify(retried.job.leftovers), new RegExp(`${serviceIdentifier}`));
  assert.deepEqual(recordOf(retried).named, []);
});

test('a resource that a person has skipped is not deleted as a foreign one', async () => {
  const scene = SCENES.find(({ kind }) => kind === 'listener');
  assert.ok(scene);
  const { world } = await standing(scene);
  const error = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  const operation = 'DeleteEndpointGroup';
  await world.faults([{ service: 'globalaccelerator', operation, fault: 'error', times: 1, error }]);
  const job = await world.submit(remove(scene.of), 'forced');
  const failed = await world.finish(job.id);
  assert.equal(failed.job.status, 'REMOVE_FAILED');
  const group = failed.job.leftovers?.find(({ problem }) => problem.code === 'AccessDenied');
  assert.ok(group?.id);
  const { step } = group;
  await performAction(world.ports(), job.id, { action: 'skip', step, by: BY });
  await performAction(world.ports(), job.id, { action: 'retry', by: BY });
  const retried = await world.finish(job.id);
  assert.equal(retried.job.status, 'REMOVE_FAILED');
  assert.match(JSON.stringify(retried.job.leftovers), new RegExp(`${group.id} is attached to`));
  assert.ok((await world.picture()).includes(group.id));
});
