// Names that differ by case only: whether a cloud distinguishes them is not documented, so two entry points cannot own both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteLoadBalancerPolicyCommand } from '@aws-sdk/client-elastic-load-balancing';
import { KINDS } from '@gatehouse/core/kinds/kinds';
import type { KindTraits } from '@gatehouse/core/kinds/traits';
import { claimsOf } from '@gatehouse/core/plan/claims';
import { outcomeOf, plannedBy } from '@gatehouse/core/plan/outcome';
import { claimOf } from '@gatehouse/core/plan/owned';
import { planSteps, queuesOf } from '@gatehouse/core/plan/plan-steps';
import { claimAll, releaseClaims } from '@gatehouse/core/queue/inventory';
import { PLAN_VERSION, type Plan } from '@gatehouse/core/record/plan';
import {
  change,
  claimKey,
  type EntryPoint,
  entryPointKey,
  planKey,
  queueKey,
} from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { foreignElb } from '../clouds/foreign-clients.ts';
import { memoryStore } from '../world/memory-store.ts';
import { createWorld } from '../world/world.ts';
import { policy, request, stickinessPolicies } from './requests.ts';

const ARN = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-12ab-34cd-56ef-1234567890ab';

function ownedBy(value: object) {
  const parsed = parseRequest(value, 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const steps = planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
  const kinds: Record<string, KindTraits> = KINDS;
  return {
    keys: steps.flatMap(claimOf),
    queues: queuesOf(steps),
    lanes: steps.flatMap(({ kind, desired }) => kinds[kind]?.lane?.(desired) ?? []),
  };
}

const accelerated = (acceleratorArn: string) =>
  request({ listener: { ...request().listener, acceleratorArn } });

const spelled = (entryPoint: string, names: object) => ({ ...stickinessPolicies(policy(names)), entryPoint });

for (const [what, one, others] of [
  [
    'the ARN of an accelerator',
    accelerated(ARN),
    [accelerated(ARN.replace('1234abcd', '1234ABCD')), accelerated(ARN.replace('1234abcd', '1234Abcd'))],
  ],
  [
    'a load balancer and a policy',
    stickinessPolicies(policy()),
    [
      stickinessPolicies(policy({ loadBalancerName: 'Checkout-Classic', policyName: 'Checkout-Sticky' })),
      stickinessPolicies(policy({ loadBalancerName: 'CHECKOUT-classic', policyName: 'checkout-STICKY' })),
    ],
  ],
] as const)
  test(`${what}, in every case, has the same claims, queues and lanes in lower case`, () => {
    const { keys, queues, lanes } = ownedBy(one);
    assert.ok(keys.length > 0 && queues.length > 0);
    for (const other of others.map(ownedBy)) {
      assert.deepEqual(
        keys.filter(key => !other.keys.includes(key)),
        [],
      );
      assert.deepEqual(
        queues.filter(queue => !other.queues.includes(queue)),
        [],
      );
      assert.deepEqual(other.lanes, lanes);
    }
  });

// Earlier versions claimed, and queued for, what they were given as it was spelled.
const NAMES = { loadBalancerName: 'Checkout-Classic', policyName: 'Checkout-Sticky' };
const OLDER = {
  claims: [
    'stickinessPolicy/eu-west-1/Checkout-Classic/Checkout-Sticky',
    'policyAttachment/eu-west-1/Checkout-Classic/443',
  ],
  queue: 'load-balancer/eu-west-1/Checkout-Classic',
};
const settings = { region: 'eu-west-1' };
const isCurrent = async () => true;

function plannedOf(value: object): Plan {
  const parsed = parseRequest(value, 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const steps = planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
  return { version: PLAN_VERSION, steps, lanes: { forward: [] }, owns: outcomeOf(steps, steps) };
}

test('what an earlier version has claimed as it is spelled is refused to another entry point', async () => {
  const store = memoryStore();
  assert.equal(await claimAll({ store }, 'edge', OLDER.claims, isCurrent), undefined);
  const taken = await claimAll({ store }, 'voice', claimsOf(plannedOf(spelled('voice', NAMES))), isCurrent);
  assert.equal(taken?.owner, 'edge');
});

/** The claims of the entry point `edge` after the end of a job with this plan. */
async function claimedAfter(plan: Plan, resources: EntryPoint['resources'] | undefined): Promise<string[]> {
  const store = memoryStore();
  const name = 'entry-point/edge';
  await change(store, queueKey(name), () => ({ name, jobs: ['job-1'] }));
  await change(store, planKey('job-1'), () => plan);
  if (resources) {
    const of = { name: 'edge', cloud: 'aws', owner: 'team', since: 'then', jobId: 'job-1' };
    await change(store, entryPointKey('edge'), () => ({ ...of, resources }));
  }
  const keys = [...new Set([...(plan.claims ?? []), ...claimsOf(plan)])];
  await claimAll({ store }, 'edge', keys, isCurrent);
  await releaseClaims({ store, settings }, { id: 'job-1', entryPoint: 'edge' });
  const read = await store.many(keys.map(claimKey));
  return read.flatMap(claim => (claim?.value.entryPoint ? [claim.value.key] : []));
}

test('the end of a job that an earlier version began keeps the claims of what the entry point owns', async () => {
  const plan = { ...plannedOf(spelled('edge', NAMES)), claims: OLDER.claims };
  const resources = plannedBy(plan)?.map(resource => ({ ...resource, id: resource.step }));
  const kept = await claimedAfter(plan, resources);
  assert.deepEqual(
    OLDER.claims.filter(key => !kept.includes(key)),
    [],
  );
});

test('the end of a job that an earlier version planned releases what a function of today has claimed for it', async () => {
  const plan = { ...plannedOf(spelled('edge', NAMES)), claims: OLDER.claims };
  assert.deepEqual(await claimedAfter(plan, undefined), []);
});

test('an entry point of an earlier version keeps what it claimed until it is removed', async () => {
  const world = createWorld();
  const names = { policyName: 'Checkout-Sticky', loadBalancerPorts: [] };
  const run = async (entryPoint: string, operation: string, key: string) => {
    const parts = operation === 'remove' ? { operation, entryPoint } : spelled(entryPoint, names);
    const { id } = await world.submit({ ...parts, operation }, key);
    return (await world.finish(id)).job;
  };
  assert.equal((await run('edge', 'provision', 'key-1')).status, 'SUCCEEDED');
  const folded = claimKey('stickinessPolicy/eu-west-1/checkout-classic/checkout-sticky');
  // As the earlier version left it.
  await change(world.store, folded, claim => claim && { key: claim.key });
  // Deleted by others, so that only its claim tells that it belongs to somebody.
  const policyOf = { LoadBalancerName: 'checkout-classic', PolicyName: 'Checkout-Sticky' };
  await foreignElb(world).send(new DeleteLoadBalancerPolicyCommand(policyOf));
  const refused = await run('voice', 'provision', 'key-2');
  assert.match(String(refused.problem?.message), /Checkout-Sticky belongs to entry point edge/);
  assert.equal((await world.store.get(folded))?.value.entryPoint, undefined, 'the refused job keeps nothing');
  assert.equal((await run('edge', 'update', 'key-3')).status, 'SUCCEEDED');
  assert.equal((await world.store.get(folded))?.value.entryPoint, 'edge');
  assert.equal((await run('edge', 'remove', 'key-4')).status, 'SUCCEEDED');
  assert.equal((await run('voice', 'provision', 'key-5')).status, 'SUCCEEDED');
});

test('a job joins the queue of an earlier version for the same load balancer, too', () => {
  assert.ok(ownedBy(spelled('voice', NAMES)).queues.includes(OLDER.queue));
});

test('one port of a load balancer is given once in a request, whatever the case of the name', () => {
  const twice = stickinessPolicies(
    policy(),
    policy({ loadBalancerName: 'Checkout-Classic', policyName: 'other' }),
  );
  const parsed = parseRequest(twice, 'eu-west-1');
  assert.deepEqual(parsed.ok ? [] : parsed.issues.map(({ pointer }) => pointer), [
    '/stickinessPolicies/1/loadBalancerPorts/0',
  ]);
});
