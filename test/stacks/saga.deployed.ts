// The saga on what would be deployed: every function from its bundle, in an instance of its own, behind the role that
// it would have. Entry points are made and rolled back, and what passed on the wire is what the roles allow.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, type TestContext, test } from 'node:test';
import {
  ElasticLoadBalancingClient,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  GlobalAcceleratorClient,
} from '@aws-sdk/client-global-accelerator';
import { RegisterTargetsCommand, VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import type { JobView } from '@gatehouse/core/api/answers';
import { OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { ROUTES } from '@gatehouse/functions/api/routes';
import { type Handler, NEEDS, ramActionsOf } from '@gatehouse/functions/permissions';
import { stringify } from 'yaml';
import { poll } from '../end-to-end/gatehouse.ts';
import { assertAsAsked } from '../saga/as-asked.ts';
import { EXAMPLES, errorsOf, exampleNamed } from '../saga/sweep.ts';
import { runsOfActions } from './action-runs.ts';
import { runsOnAlicloud } from './alicloud-runs.ts';
import { type Cost, costOf, endedHistory } from './cost.ts';
import { NEVER_SETTLES, named, removal, startDeployedStack, update } from './deployed-stack.ts';
import { inFreshProcess, sampleFor } from './fresh.ts';
import { runsOfOlderCode } from './older-runs.ts';

const stack = await startDeployedStack();
const { bundles, gate, policies, run, serve, submitted, ends, switchRule, stoppedAt, twin } = stack;
// It would come before the others now and then, with what they are there to do.
await switchRule('gatehouse-recover', 'off');

after(() => stack.stop());

test('each bundle loads in a fresh process, and answers against the local endpoints', async t => {
  for (const { handler, file } of bundles) {
    const env = { ...process.env, POWERTOOLS_DEV: 'false' };
    const { loadMs, value, error } = await inFreshProcess(file, sampleFor(handler), env);
    t.diagnostic(`${handler}: loads in ${Math.round(loadMs)} ms`);
    // Asked for a job that nobody knows, it says so; a bundle that lacks something would say something else.
    if (error) assert.match(error.message, /job-sample|no job/, handler);
    const status = Number(Reflect.get(Object(value), 'statusCode') ?? 200);
    assert.ok(status < 500, `${handler} answers ${status}`);
  }
});

const lastChanges = new Map<string, { service: string; operation: string }>();

for (const example of EXAMPLES.filter(each => cloudOf(each) === 'aws')) madeAndRemoved(example);

test('jobs of AWS load nothing of Alibaba Cloud', () => {
  assert.deepEqual(stack.loadedAlicloud(), []);
});

for (const example of EXAMPLES.filter(each => cloudOf(each) === 'alicloud')) madeAndRemoved(example);

test('a job of Alibaba Cloud loads its client, in the functions that walk there or look there', () => {
  const calling = [...policies.keys()].filter(handler => ramActionsOf(handler as Handler).length > 0);
  assert.deepEqual(stack.loadedAlicloud(), calling.toSorted());
});

function madeAndRemoved(example: string): void {
  test(`${example} is created as requested, and removed again`, async t => {
    const value = named(example, `${example}-made`);
    const before = gate.seen.length;
    const { job, then, now, request } = await run(value);
    const seen = gate.seen.slice(before);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
    assertAsAsked(now, then, request, job.id);
    assertCost(t, example, await costOf(job.id, seen));
    lastChanges.set(example, await lastChange());
    const drift = await fetch(`${stack.url}/v1/entry-points/${value.entryPoint}/drift`);
    assert.equal(Object(await drift.json()).state, 'IN_SYNC');
    const health = await fetch(`${stack.url}/v1/entry-points/${value.entryPoint}/health`);
    assert.equal(health.status, 200, await health.clone().text());
    const headers = { 'content-type': 'application/yaml' };
    const body = stringify(update(value));
    const plan = await fetch(`${stack.url}/v1/plans`, { method: 'POST', headers, body });
    assert.equal(plan.status, 200, await plan.clone().text());
    const removed = await serve(removal(value.entryPoint));
    assert.equal(removed.status, 'SUCCEEDED', JSON.stringify(removed.error));
    assert.equal(await twin('GET', 'resources'), then);
    await endedHistory(removed.id);
  });

  test(`${example}, failing at its last change: the clouds are as before`, async () => {
    const { operation, service } = lastChanges.get(example) ?? { operation: '', service: '' };
    const fault = { service, operation, fault: 'error', times: 1, error: errorsOf(service).denied };
    const { job, then, now } = await run(named(example, `${example}-failing`), [fault]);
    assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.error));
    assert.equal(now, then);
    await endedHistory(job.id);
  });
}

test('targets are registered with the rights that VPC Lattice asks for, instances too', async () => {
  const { job } = await run({
    ...named('metrics-lambda', 'instances'),
    targetGroups: [
      {
        name: 'instances',
        type: 'INSTANCE',
        config: { port: 8080, protocol: 'HTTP', vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' },
        targets: [{ id: 'i-50dc6c495c0c918d0' }],
      },
    ],
  });
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
  await serve(removal('instances'));
});

test('an update changes every changeable member in place, beside foreign objects', async () => {
  const value = named('checkout-edge', 'updated');
  const { job, then } = await run(value);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
  await foreignObjects(job);
  const [first = {}, second = {}] = value.endpointGroups;
  const [group = {}] = value.targetGroups;
  const updated = await serve({
    ...value,
    operation: 'update',
    listener: { ...value.listener, clientAffinity: 'NONE' },
    endpointGroups: [
      { ...first, trafficDialPercentage: 40, endpoints: [{ ...Object(first['endpoints'])[0], weight: 9 }] },
      { ...second, endpoints: Object(second['endpoints']).slice(0, 1) },
    ],
    targetGroups: [
      {
        ...group,
        config: { ...Object(group).config, healthCheck: { path: '/ready', healthCheckIntervalSeconds: 20 } },
        tags: { tier: 'front' },
        targets: [
          { id: '10.0.1.5', port: 8080 },
          { id: '10.0.9.9', port: 8080 },
        ],
      },
    ],
  });
  assert.equal(updated.status, 'SUCCEEDED', JSON.stringify(updated.error));
  // The endpoint that was dropped is added again, and nothing else changes in its group.
  const added = await serve({ ...value, operation: 'update' });
  assert.equal(added.status, 'SUCCEEDED', JSON.stringify(added.error));
  const removed = await serve({ ...removal(value.entryPoint), options: { force: true } });
  assert.equal(removed.status, 'SUCCEEDED', JSON.stringify(removed.error));
  assert.equal(await twin('GET', 'resources'), then);
});

test('a job waits in its queue for the one before it, and can be cancelled while it waits', async () => {
  await twin('POST', 'reset');
  await twin('PUT', 'faults', [NEVER_SETTLES]);
  const metrics = named('metrics-lambda', 'in-line');
  const [first = '', second, third] = await submitted(named('voice-udp', 'in-line'), metrics, metrics);
  await poll(stack.url, first, ({ steps }) => steps.some(({ state }) => state === 'settling'));
  await cancel(third);
  await cancel(first);
  assert.deepEqual(await ends(first, second, third), ['ROLLED_BACK', 'SUCCEEDED', 'CANCELLED']);
});

test('after a job is refused, rolled back or stopped, the next one in its queue begins', async () => {
  await twin('POST', 'reset');
  const value = named('voice-udp', 'next');
  const refused = { ...value, listener: { ...value.listener, acceleratorArn: NO_ACCELERATOR } };
  // Behind one that cannot go on, so that both wait when it is their turn.
  await twin('PUT', 'faults', [NEVER_MADE]);
  const [before, first, second] = await submitted(value, refused, value);
  await cancel(before);
  await twin('PUT', 'faults', []);
  assert.deepEqual(await ends(before, first, second), ['ROLLED_BACK', 'FAILED', 'SUCCEEDED']);
  await serve(removal('next'));

  const denied = errorsOf('globalaccelerator').denied;
  await twin('PUT', 'faults', [
    {
      service: 'globalaccelerator',
      operation: 'CreateEndpointGroup',
      fault: 'error',
      times: 1,
      error: denied,
    },
  ]);
  const [third, fourth] = await submitted(value, value);
  assert.deepEqual(await ends(third, fourth), ['ROLLED_BACK', 'SUCCEEDED']);
  await serve(removal('next'));

  const fifth = await stoppedAt(NEVER_SETTLES, value);
  const [sixth] = await submitted(named('app-cookie', 'next'));
  assert.deepEqual(await ends(fifth, sixth), ['ROLLED_BACK', 'SUCCEEDED']);
  await serve(removal('next'));
});

test('after a job is cancelled while it waits for another queue, the next one in its own queue begins', async () => {
  await twin('POST', 'reset');
  await twin('PUT', 'faults', [NEVER_MADE]);
  const [holder, waiting, behind] = await submitted(
    named('voice-udp', 'holder'),
    named('voice-udp', 'shares'),
    named('app-cookie', 'shares'),
  );
  await cancel(waiting);
  assert.deepEqual(await ends(waiting, behind), ['CANCELLED', 'SUCCEEDED']);
  await cancel(holder);
  await twin('PUT', 'faults', []);
  assert.deepEqual(await ends(holder), ['ROLLED_BACK']);
  await serve(removal('shares'));
});

test('every route answers, with news where it is waited for', async () => {
  const value = named('checkout-edge', 'looked-at');
  const headers = { 'content-type': 'application/yaml', 'idempotency-key': 'looked-at', prefer: 'wait=1' };
  const sent = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers, body: stringify(value) });
  assert.equal(sent.status, 202);
  const [id = ''] = await submitted({ ...value, operation: 'update', targetGroups: [] });
  const templates = Object.keys(ROUTES).flatMap(route => (route.startsWith('GET ') ? [route.slice(4)] : []));
  // At once, as the job does not run for long.
  await Promise.all(
    templates.map(async template => {
      const path = template
        .replace('jobs/{id}', `jobs/${id}`)
        .replace('{name}', 'in-line')
        .replace('{schema}', 'job-status-changed')
        .replace('{file}', 'swagger-ui.css');
      const news = path.endsWith('/events') ? '?after=999' : '';
      const { status } = await fetch(`${stack.url}${path}${news}`, { headers: { prefer: 'wait=1' } });
      assert.equal(status, 200, path);
    }),
  );
  assert.deepEqual(await ends(id), ['SUCCEEDED']);
});

runsOnAlicloud(stack);

runsOfActions(stack);

test('the schedule publishes what could not be published', async () => {
  await twin('POST', 'reset');
  const before = gate.seen.length;
  const told = () => gate.seen.slice(before).filter(({ action }) => action === 'events:PutEvents');
  gate.losing(/^(?!events\/recover ).*events:PutEvents$/);
  const [id] = await submitted(named('voice-udp', 'not-told'));
  const ended = await ends(id);
  assert.deepEqual(told(), []);
  await switchRule('gatehouse-recover', 'on');
  while (told().length === 0) await twin('GET', 'calls');
  gate.losing(undefined);
  assert.deepEqual(ended, ['SUCCEEDED']);
  await serve(removal('not-told'));
});

test('the schedule finds an execution that was stopped without an event', async () => {
  await twin('POST', 'reset');
  await switchRule('gatehouse-execution-ended', 'off');
  await switchRule('gatehouse-recover', 'on');
  const then = await twin('GET', 'resources');
  const id = await stoppedAt(NEVER_SETTLES, named('voice-udp', 'untold'));
  assert.deepEqual(await ends(id), ['ROLLED_BACK']);
  assert.equal(await twin('GET', 'resources'), then);
});

runsOfOlderCode(stack);

test('an event asks for an entry point, and one that is asked wrongly is rejected', async () => {
  await twin('POST', 'reset');
  const bus = new EventBridgeClient({ region: 'eu-west-1', endpoint: stack.url });
  const put = (id: string, data: object) =>
    bus.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: 'gatehouse',
            Source: 'com.example.pipeline',
            DetailType: 'Entry Point Requested',
            Detail: JSON.stringify({ metadata: { id }, data }),
          },
        ],
      }),
    );
  await put('wrong', { ...named('voice-udp', 'asked-by-event'), listener: {} });
  await put('right', named('voice-udp', 'asked-by-event'));
  const jobsOf = `${stack.url}/v1/jobs?entryPoint=asked-by-event`;
  let jobs: JobView[] = [];
  while (jobs.length === 0) jobs = Object(await (await fetch(jobsOf)).json()).items;
  assert.deepEqual(await ends(jobs[0]?.id), ['SUCCEEDED']);
  const letters = `${stack.url}/_bus/queues/gatehouse-dead-letters`;
  const kept: object[] = Object(await (await fetch(letters)).json());
  // A tick of the schedule that failed on a busy machine would be there, too.
  const asked = kept.filter(letter => JSON.stringify(letter).includes('asked-by-event'));
  assert.equal(asked.length, 1, JSON.stringify(kept));
});

/** Calls that these runs need not make, each with what leads to it: a race, a death, or a cloud that lags behind. */
const MAY_BE_PASSED_BY: Record<string, string> = {
  'api/skip-step states:StartExecution': 'a job that died between its end and its lines',
  'steps/evaluate states:StartExecution': 'a job whose Begin failed',
  'steps/record-failure dynamodb:PutItem': 'a function that died without noting why',
  'steps/alicloud-endpoint-group ga:ListForwardingRules':
    'a group whose deleted rules the cloud still counts',
  'steps/alicloud-endpoint-group ga:GetHealthStatus':
    'the health of a group, which api/get-health reads by the same code',
  'steps/begin ga:GetHealthStatus': 'the same',
};

test('no role refused a call, and no role allows a call that is never made', () => {
  assert.deepEqual([...new Set(gate.refused)], []);
  const unused = [...policies].flatMap(([handler, statements]) => {
    if (isOlder(handler)) return [];
    const declared = statements.flatMap(({ Action }) => Action);
    return [...new Set(declared)]
      .filter(action => !gate.passed.get(handler)?.has(action))
      .filter(action => !isFallback(handler, action) && !isOnBehalf(action))
      .filter(action => !isReadByKey(handler, action) && !isOfLargeValue(handler, action))
      .map(action => `${handler} ${action}`);
  });
  assert.deepEqual(
    unused.filter(each => MAY_BE_PASSED_BY[each] === undefined && !isMereLook(each)),
    [],
  );
});

/** What only executions of older machines call; their own tests run them. */
function isOlder(handler: string): boolean {
  return handler.replace('steps/', '') in OLDER_FUNCTIONS;
}

/** One item or several, a page by its keys or by their prefix: who did one of these may do the others, and sees no more. */
function isReadByKey(handler: string, action: string): boolean {
  const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
  return reads.slice(0, 2).includes(action) && reads.some(each => gate.passed.get(handler)?.has(each));
}

/** A writer of a large value finds and deletes the parts that nothing refers to, and no value of these runs is large. */
function isOfLargeValue(handler: string, action: string): boolean {
  const isOfParts = action === 'dynamodb:DeleteItem' || action === 'dynamodb:Query';
  return isOfParts && NEEDS[handler as Handler].store.includes('put');
}

/** Who plans or compares may read whatever a resource reads, also what only a lost id makes it read. */
function isMereLook(unused: string): boolean {
  return /^api\/(create-plan|get-drift|get-health) [\w-]+:(Describe|Get|List)/.test(unused);
}

/** What no call here leads to: Lambda writes the log, and hands on what failed, beside the function. */
function isOnBehalf(action: string): boolean {
  return /^(logs|sqs):/.test(action);
}

/** A start whose name is taken looks whether that execution runs. */
function isFallback(handler: string, action: string): boolean {
  return action === 'states:DescribeExecution' && !NEEDS[handler as Handler].executions.includes('describe');
}

async function cancel(id: string | undefined): Promise<void> {
  const { status } = await fetch(`${stack.url}/v1/jobs/${id}/cancel`, { method: 'POST' });
  assert.equal(status, 202);
}

/** As long as it is in force, whoever makes a listener tries again. */
const NEVER_MADE = {
  service: 'globalaccelerator',
  operation: 'CreateListener',
  fault: 'error',
  times: 1000,
  error: errorsOf('globalaccelerator').broken,
};

const NO_ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/00000000-0000-0000-0000-000000000000';

const OTHER_ENDPOINT =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/ingest-nlb/50dc6c495c0c918a';

/** Others hang theirs on what is ours. */
async function foreignObjects({ steps }: JobView): Promise<void> {
  const idOf = (kind: string) => steps.find(step => step.kind === kind)?.cloudId ?? '';
  const accelerator = new GlobalAcceleratorClient({ region: 'us-west-2' });
  const EndpointConfigurations = [{ EndpointId: OTHER_ENDPOINT, Weight: 1 }];
  await accelerator.send(
    new AddEndpointsCommand({ EndpointGroupArn: idOf('endpointGroup'), EndpointConfigurations }),
  );
  await accelerator.send(
    new CreateEndpointGroupCommand({
      ListenerArn: idOf('listener'),
      EndpointGroupRegion: 'ap-southeast-2',
      IdempotencyToken: 'stranger',
    }),
  );
  const targets = [{ id: '10.0.8.8', port: 8080 }];
  await new VPCLatticeClient({ region: 'eu-west-1' }).send(
    new RegisterTargetsCommand({ targetGroupIdentifier: idOf('targetGroup'), targets }),
  );
  await new ElasticLoadBalancingClient({ region: 'eu-west-1' }).send(
    new SetLoadBalancerPoliciesOfListenerCommand({
      LoadBalancerName: 'checkout-classic',
      LoadBalancerPort: 80,
      PolicyNames: ['checkout-sticky'],
    }),
  );
}

async function lastChange(): Promise<{ service: string; operation: string }> {
  const calls: { service: string; operation: string; changed: boolean }[] = JSON.parse(
    await twin('GET', 'calls'),
  );
  const last = calls.findLast(({ changed }) => changed);
  assert.ok(last);
  return last;
}

function cloudOf(example: string): string {
  return Object(exampleNamed(example)).cloud ?? 'aws';
}

/** Retries depend on the speed of this machine, so the guide must be right within a factor of two. */
function assertCost(t: TestContext, example: string, cost: Cost): void {
  t.diagnostic(`${example}: ${JSON.stringify(cost)}`);
  const guide = readFileSync('docs/deploy.md', 'utf8').split('\n');
  const told = guide
    .find(line => line.startsWith(`| \`${example}\` |`))
    ?.split('|')
    .slice(2, -1)
    .map(Number);
  for (const [at, [name, counted]] of Object.entries(cost).entries()) {
    const times = counted / (told?.[at] ?? 0);
    assert.ok(
      times >= 0.5 && times <= 2,
      `${example}: ${told?.[at]} ${name} in the guide, counted ${counted}`,
    );
  }
}
