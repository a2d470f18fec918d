// Foreign resources on Alibaba Cloud: adopted if they match, and kept by an undo. Foreign resources on an entry point's
// listener are named and refuse a removal before its first change; with force they are deleted too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { at } from '../core/requests.ts';
import { createWorld, type World } from '../world/world.ts';
import { denied, run } from './alicloud-run.ts';
import { exampleNamed } from './sweep.ts';

const SHOP = exampleNamed('shop-accelerator');
const REMOVE = { operation: 'remove', entryPoint: 'shop-accelerator' };
const FORCE = { options: { force: true } };
const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
const ADOPTING = {
  operation: 'provision',
  entryPoint: 'arcade-edge',
  cloud: 'alicloud',
  options: { adopt: true },
  listener: { acceleratorId: ARCADE, protocol: 'TCP', portRanges: [{ fromPort: 443, toPort: 443 }] },
  endpointGroups: [{ region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11' }] }],
};

/** Somebody's call, and the time in which it settles. */
function strangerIn(world: World) {
  const call = strangerOn(world);
  return async (operation: string, parameters: Record<string, unknown>) => {
    const answer = await call(operation, parameters);
    world.pass(3600);
    return answer;
  };
}

async function theirListener(world: World): Promise<unknown> {
  const { ListenerId } = await strangerIn(world)('CreateListener', {
    AcceleratorId: ARCADE,
    Protocol: 'TCP',
    PortRanges: [{ FromPort: 443, ToPort: 443 }],
  });
  return ListenerId;
}

/** Somebody's listener and its group, equal to what ADOPTING asks for. */
async function theirs() {
  const world = createWorld();
  const ListenerId = await theirListener(world);
  const { EndpointGroupId } = await strangerIn(world)('CreateEndpointGroup', {
    AcceleratorId: ARCADE,
    ListenerId,
    EndpointGroupRegion: 'cn-hangzhou',
    EndpointConfigurations: [{ Type: 'PublicIp', Endpoint: '203.0.113.11', Weight: 255 }],
  });
  return { world, ids: [ListenerId, EndpointGroupId], before: await world.picture() };
}

test('a listener and its group that match are adopted without a call, and are one entry point’s only', async () => {
  const { world, ids, before } = await theirs();
  const { job, plan, ledger } = await run(world, ADOPTING, 'adopted');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const steps = ['listener', 'endpoint-group-cn-hangzhou'];
  assert.deepEqual(
    plan?.steps.map(({ id, act }) => [id, act]),
    steps.map(id => [id, 'adopt']),
  );
  assert.deepEqual(
    steps.map(id => ledger.get(id)?.id),
    ids,
  );
  assert.equal(await world.picture(), before);
  const other = await run(world, { ...ADOPTING, entryPoint: 'other-edge' }, 'other');
  assert.deepEqual([other.job.status, other.job.problem?.code], ['FAILED', 'AlreadyExists']);
  assert.match(other.job.problem?.message ?? '', /arcade-edge/);
  const removal = await run(world, { operation: 'remove', entryPoint: 'arcade-edge' }, 'removed');
  assert.equal(removal.job.status, 'SUCCEEDED', JSON.stringify(removal.job.problem));
  const picture = await world.picture();
  assert.ok(ids.every(id => !picture.includes(String(id))));
});

test('a resource that differs, or may not be adopted, makes the job fail before its first change', async () => {
  const { world, before } = await theirs();
  const refused = async (value: unknown, key: string, said: RegExp) => {
    const { job } = await run(world, value, key);
    assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'AlreadyExists']);
    assert.match(JSON.stringify(job.problem), said);
    assert.equal(await world.picture(), before);
  };
  await refused(at(ADOPTING, '/options/adopt', false), 'not', /443/);
  const weight = at(ADOPTING, '/endpointGroups/0/endpoints/0/weight', 7);
  await refused(weight, 'differs', /endpoints is .* not .*; only an exact match can be adopted/);
});

test('an undo leaves adopted resources unchanged', async () => {
  const world = createWorld();
  await theirListener(world);
  const before = await world.picture();
  await world.faults([denied('CreateEndpointGroup')]);
  const { job } = await run(world, ADOPTING, 'undone');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal(await world.picture(), before);
});

/** The shop, on whose listener a stranger has a virtual group, and a rule that forwards to ours. */
async function crowded() {
  const world = createWorld();
  const before = await world.picture();
  const { job, ledger } = await run(world, SHOP, 'provision');
  assert.equal(job.status, 'SUCCEEDED');
  const stranger = strangerIn(world);
  const on = { AcceleratorId: 'ga-bp1shopw7k2m9q4x1z8t', ListenerId: ledger.get('listener')?.id };
  const { EndpointGroupId } = await stranger('CreateEndpointGroup', {
    ...on,
    EndpointGroupType: 'virtual',
    EndpointGroupRegion: 'cn-hangzhou',
    Name: 'theirs',
    EndpointConfigurations: [{ Type: 'PublicIp', Endpoint: '203.0.113.99', Weight: 9 }],
  });
  const value = JSON.stringify([{ type: 'endpointgroup', value: ledger.get('virtual-group-images')?.id }]);
  const { ForwardingRules } = await stranger('CreateForwardingRules', {
    ...on,
    ForwardingRules: [
      {
        ForwardingRuleName: 'theirs',
        Priority: 900,
        RuleConditions: [{ RuleConditionType: 'Host', RuleConditionValue: '["theirs.example.com"]' }],
        RuleActions: [{ Order: 1, RuleActionType: 'ForwardGroup', RuleActionValue: value }],
      },
    ],
  });
  const [rule] = ForwardingRules as { ForwardingRuleId: string }[];
  return { world, before, group: String(EndpointGroupId), rule: String(rule?.ForwardingRuleId) };
}

async function refusedFor(world: World, value: unknown, names: string[]) {
  const standing = await world.picture();
  const { job } = await run(world, value, 'refused');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'ResourceConflict']);
  const said = JSON.stringify(job.problem);
  for (const name of names) assert.ok(said.includes(name), `${name} is named in ${said}`);
  assert.match(said, /does not belong to this entry point; set options\.force: true/);
  assert.equal(await world.picture(), standing);
}

test('a removal that finds a foreign group and rule is refused and names both; with force they are removed', async () => {
  const { world, before, group, rule } = await crowded();
  await refusedFor(world, REMOVE, [group, rule]);
  const { job } = await run(world, { ...REMOVE, ...FORCE }, 'forced');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify([job.problem, job.leftovers]));
  assert.equal(await world.picture(), before);
});

test('an update that removes a group to which a foreign rule forwards is refused; with force the rule is removed', async () => {
  const { world, group, rule } = await crowded();
  const { endpointGroups, ...rest } = SHOP as { endpointGroups: object[] };
  const update = {
    ...rest,
    operation: 'update',
    endpointGroups: endpointGroups.slice(0, 1),
    forwardingRules: [],
  };
  await refusedFor(world, update, [rule]);
  const { job } = await run(world, { ...update, ...FORCE }, 'forced');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify([job.problem, job.leftovers]));
  const picture = await world.picture();
  assert.deepEqual([picture.includes(rule), picture.includes(group)], [false, true]);
});
