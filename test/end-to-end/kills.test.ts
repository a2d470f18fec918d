// The real process, killed again and again at instants that a seed draws, during work and during its start. Callers
// provision, update and remove entry points, cancel and retry. A cloud sometimes refuses, and functions crash. No accepted request is
// lost, every job ends, and every remaining resource is recorded.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@gatehouse/core/api/answers';
import { FUNCTIONS } from '@gatehouse/core/machine/machine';
import { hasEnded } from '@gatehouse/core/record/events';
import { EVENT_FUNCTIONS } from '@gatehouse/functions/events/rules';
import { CRASHES } from '@gatehouse/local/lambda/crash';
import { errorsOf, exampleNamed, oneOf, randomOf } from '../saga/sweep.ts';
import { type Gatehouse, getJson, start, temporaryFolder } from './gatehouse.ts';
import { assertAtRest, everyJob, isStuck } from './whole-stack.ts';

const KILLS = 50;
const CALLERS = 4;
const SEED = Number(process.env['GATEHOUSE_TEST_SEED'] ?? 20_260_301);
const OPTIONS = ['--no-demo', '--time-scale', '400'];

const accelerator = (id: string) => `arn:aws:globalaccelerator::123456789012:accelerator/${id}`;
const ACCELERATORS = [
  accelerator('1234abcd-abcd-1234-abcd-1234abcdef01'),
  accelerator('5678dcba-dcba-5678-dcba-5678dcba5602'),
];

const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';
/** Of specs; the two clouds and three APIs of AWS between them, the largest examples among them. */
const KINDS = 6;
const ENTRY_POINTS = 2 * KINDS;

/** Of entry point `n`, as its owners want it this time. */
function specOf(n: number, version: number): object {
  const kind = n % KINDS;
  if (kind === 0) {
    const port = 2001 + n;
    return {
      listener: {
        acceleratorArn: ACCELERATORS[(n / KINDS) % 2],
        protocol: 'TCP',
        portRanges: [{ fromPort: port, toPort: port }],
        clientAffinity: version % 2 ? 'NONE' : 'SOURCE_IP',
      },
      endpointGroups: [
        { region: 'eu-west-1', trafficDialPercentage: (version * 10) % 100 },
        ...(version % 3 ? [{ region: 'us-east-1' }] : []),
      ],
    };
  }
  if (kind === 1) {
    const port = 7000 + n;
    return {
      cloud: 'alicloud',
      listener: {
        acceleratorId: ARCADE,
        name: `game-${n}`,
        protocol: 'UDP',
        portRanges: [{ fromPort: port, toPort: port }],
        clientAffinity: version % 2 ? 'NONE' : 'SOURCE_IP',
      },
      endpointGroups: [
        {
          name: `game-${n}`,
          region: 'ap-southeast-1',
          endpoints: [{ type: 'Ip', endpoint: `198.51.100.${n + 1}`, weight: version * 30 }],
        },
      ],
    };
  }
  if (kind === 2) {
    const config = { lambdaEventStructureVersion: version % 2 ? 'V1' : 'V2' };
    const tags = { version: String(version) };
    return { targetGroups: [{ name: `group-${n}`, region: 'eu-west-1', type: 'LAMBDA', config, tags }] };
  }
  if (kind === 3) return checkoutOf(n, version);
  if (kind === 4) return shopOf(n, version);
  return {
    stickinessPolicies: [
      {
        loadBalancerName: 'checkout-classic',
        region: 'eu-west-1',
        policyName: `sticky-${n}`,
        cookieExpirationPeriod: 60 * (version + 1),
        loadBalancerPorts: [stickyPort(n)],
        replace: true,
      },
    ],
  };
}

/** On 8443 stands a policy of somebody else; two entry points want 443. */
function stickyPort(n: number): number {
  return { 3: 8443, 11: 80 }[n] ?? 443;
}

/** Three lanes: a listener with groups, a target group with targets, a policy on the port that others use, too. */
function checkoutOf(n: number, version: number): object {
  const { listener, endpointGroups, targetGroups, stickinessPolicies } = specIn('checkout-edge');
  const port = 4001 + n;
  const [group = {}] = targetGroups;
  const targets = Object(group['targets']).slice(version % 2);
  return {
    listener: {
      ...listener,
      acceleratorArn: ACCELERATORS[version % 2],
      portRanges: [{ fromPort: port, toPort: port }],
    },
    endpointGroups: endpointGroups
      .slice(version % 2)
      .map(({ portOverrides: _, ...each }) => ({ ...each, trafficDialPercentage: version * 10 })),
    targetGroups: [{ ...group, name: `checkout-${n}`, targets, tags: { version: String(version) } }],
    stickinessPolicies: stickinessPolicies.map(each => ({
      ...each,
      policyName: `checkout-${n}`,
      loadBalancerPorts: [stickyPort(n)],
      cookieExpirationPeriod: 60 * (version + 1),
      replace: true,
    })),
  };
}

/** One lane, of everything that an instance of Alibaba Cloud may hold. */
function shopOf(n: number, version: number): object {
  const { listener, endpointGroups, forwardingRules } = specIn('shop-accelerator');
  const port = 6001 + n;
  const [first = {}, virtual = {}] = endpointGroups;
  return {
    cloud: 'alicloud',
    listener: {
      ...listener,
      name: `shop-${n}`,
      portRanges: [{ fromPort: port, toPort: port }],
      clientAffinity: version % 2 ? 'NONE' : 'SOURCE_IP',
      ...(version % 3 ? {} : { additionalCertificates: [] }),
    },
    endpointGroups: [
      {
        ...first,
        endpoints: Object(first['endpoints']).slice(version % 3),
        portOverrides: [{ listenerPort: port, endpointPort: 8443 }],
      },
      virtual,
    ],
    // Every other version, they change places.
    forwardingRules: forwardingRules.map((rule, at) => ({
      ...rule,
      priority: 100 * (1 + ((at + version) % 2)),
    })),
  };
}

interface Spec {
  listener: object;
  endpointGroups: Record<string, unknown>[];
  targetGroups: Record<string, unknown>[];
  stickinessPolicies: object[];
  forwardingRules: object[];
}

function specIn(example: string): Spec {
  return Object(exampleNamed(example));
}

const MAKING = ['provision', 'provision', 'provision', 'update'] as const;
const CHANGES = ['update', 'update', 'remove', 'provision'] as const;

const FAULTS = [
  ['globalaccelerator', 'CreateEndpointGroup'],
  ['globalaccelerator', 'DeleteEndpointGroup'],
  ['globalaccelerator', 'UpdateListener'],
  ['globalaccelerator', 'DeleteListener'],
  ['vpc-lattice', 'DeleteTargetGroup'],
  ['elasticloadbalancing', 'DeleteLoadBalancerPolicy'],
  ['ga', 'CreateEndpointGroup'],
  ['ga', 'UpdateListener'],
  ['ga', 'CreateForwardingRules'],
  ['ga', 'DeleteListener'],
] as const;

/** The functions that work on jobs. Those of the API answer callers, who see their crashes. */
const CRASHING = [...Object.keys(FUNCTIONS), ...Object.keys(EVENT_FUNCTIONS)];

test(`killed ${KILLS} times, it brings every job to its end (seed ${SEED})`, async t => {
  const random = randomOf(SEED);
  const chance = (of: number) => random() < of;
  const folder = temporaryFolder(t);
  const accepted = new Map<string, string>();
  const requests = new Map<string, object>();
  let kills = 0;
  let crashes = 0;
  let answered = Promise.withResolvers<void>();
  let stack = await start(t, folder, ...OPTIONS);
  const before = JSON.stringify(await getJson(`${stack.url}/_twin/resources`));

  async function post(path: string, body: object, key?: string): Promise<JobView | undefined> {
    const headers = { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) };
    const response = await fetch(`${stack.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const told = await response.text();
    answered.resolve();
    // A 503 says to ask again: what came of the request is then not known, as after an answer that was lost.
    assert.ok([202, 404, 409, 503].includes(response.status), `${path}: ${response.status} ${told}`);
    return response.status === 202 ? (JSON.parse(told) as JobView) : undefined;
  }

  async function submit(key: string): Promise<void> {
    const job = await post('/v1/jobs', requests.get(key) ?? {}, key);
    if (!job) return;
    assert.equal(accepted.get(key) ?? job.id, job.id, 'the same key is the same job');
    accepted.set(key, job.id);
  }

  async function askAnything(): Promise<void> {
    const job = accepted.size > 0 ? oneOf(random, [...accepted.values()]) : undefined;
    if (!job || chance(0.55)) {
      const [n, version] = [Math.floor(random() * ENTRY_POINTS), Math.floor(random() * 8)];
      const { status } = await fetch(`${stack.url}/v1/entry-points/edge-${n}`);
      // Now and then it is asked for what cannot be.
      const operation = oneOf(random, [...(status === 200 ? CHANGES : MAKING)]);
      const allowed = operation === 'update' ? { allowInterruption: true } : {};
      const options = { deadlineSeconds: 21_600, queueSeconds: 604_800, ...allowed };
      const spec = operation === 'remove' ? {} : specOf(n, version);
      const key = `key-${requests.size}`;
      requests.set(key, { operation, entryPoint: `edge-${n}`, options, ...spec });
      return submit(key);
    }
    if (chance(0.3)) {
      const [service, operation] = oneOf(random, FAULTS);
      const error = errorsOf(service).denied;
      const faults = [{ service, operation, fault: 'error', times: 1 + Math.floor(random() * 3), error }];
      await fetch(`${stack.url}/_twin/faults`, { method: 'PUT', body: JSON.stringify(faults) });
      return;
    }
    if (chance(0.3)) return crashFunctions();
    if (chance(0.4)) await post(`/v1/jobs/${job}/cancel`, { reason: 'changed our minds' });
    else if (chance(0.6)) await post(`/v1/jobs/${job}/retry`, {});
    else await giveUp(job);
  }

  /** Some next invocations end before, within or after their work. */
  async function crashFunctions(): Promise<void> {
    await countCrashes();
    const orders = Array.from({ length: 5 }, () => ({
      function: oneOf(random, CRASHING),
      crash: oneOf(random, CRASHES),
      times: 1 + Math.floor(random() * 15),
      ...(chance(0.7) ? { requests: Math.floor(random() * 10) } : {}),
    }));
    await fetch(`${stack.url}/_lambda/crashes`, { method: 'PUT', body: JSON.stringify(orders) });
  }

  /** The orders are lost with the process, and replaced by others. */
  async function countCrashes(): Promise<void> {
    const orders = await getJson<{ reached: number }[]>(`${stack.url}/_lambda/crashes`);
    crashes += orders.reduce((sum, { reached }) => sum + reached, 0);
  }

  /** As a person does who will not wait for the cloud's permission: one thing of a stuck job, or all of them. */
  async function giveUp(id: string): Promise<void> {
    const { leftovers: left = [] } = await getJson<JobView>(`${stack.url}/v1/jobs/${id}`);
    const [first] = left;
    if (first && chance(0.5)) await post(`/v1/jobs/${id}/skip`, { step: first.step });
    else await post(`/v1/jobs/${id}/forget`, { reason: 'somebody takes care of it by hand' });
  }

  /** Until the process is dead: what a caller then sees is a connection that ends. */
  async function callersUntil({ process: child }: Gatehouse): Promise<void> {
    while (child.exitCode === null && child.signalCode === null) {
      await askAnything().catch((thrown: unknown) => {
        if (!(thrown instanceof TypeError)) throw thrown;
      });
      await sleep(random() * 40);
    }
  }

  /** Counted from its first answer, which finds every function still to be loaded; now and then right before it. */
  async function kill(): Promise<void> {
    answered = Promise.withResolvers();
    const callers = Promise.all(Array.from({ length: CALLERS }, () => callersUntil(stack)));
    await Promise.race(chance(0.1) ? [sleep(random() * 300)] : [answered.promise, sleep(5000)]);
    await sleep(random() * 700);
    await countCrashes();
    await stack.kill();
    kills++;
    await callers;
  }

  /** Right in the recovery that a start begins with, or before it. */
  async function killWhileItStarts(): Promise<void> {
    const args = ['packages/local/src/bin/main.ts', '--port', '0', '--data-dir', folder, ...OPTIONS];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    await sleep(300 + random() * 1500);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    kills++;
  }

  while (kills < KILLS) {
    await kill();
    if (chance(0.25)) await killWhileItStarts();
    stack = await start(t, folder, ...OPTIONS);
  }

  await fetch(`${stack.url}/_twin/faults`, { method: 'DELETE' });
  await fetch(`${stack.url}/_lambda/crashes`, { method: 'DELETE' });
  for (const key of [...accepted.keys()]) await submit(key);
  await untilRest(stack.url);
  const listeners = ACCELERATORS.map(arn => `accelerator/${arn}`);
  const entryPoints = Array.from({ length: ENTRY_POINTS }, (_, n) => `entry-point/edge-${n}`);
  const places = [`instance/${ARCADE}`, `instance/${SHOP}`, 'load-balancer/eu-west-1/checkout-classic'];
  const targets = [...listeners, ...entryPoints, ...places];
  const jobs = await assertAtRest(stack.url, before, targets);
  for (const id of accepted.values())
    assert.ok(
      jobs.some(job => job.id === id),
      `${id} was accepted`,
    );
  const ends = Object.groupBy(jobs, ({ status }) => status);
  const told = Object.entries(ends).map(([status, of]) => `${of?.length} ${status}`);
  t.diagnostic(`${kills} kills, at least ${crashes} crashes, ${jobs.length} jobs: ${told.join(', ')}`);
  assert.ok(crashes > 0, 'functions crashed');
  for (const status of ['SUCCEEDED', 'ROLLED_BACK', 'FAILED'] as const)
    assert.ok(ends[status], `some job ended ${status}`);
});

const MAX_MS = 240_000;

/** Every job has ended; a stuck one is retried, now that nothing is denied any more. */
async function untilRest(url: string): Promise<void> {
  const until = Date.now() + MAX_MS;
  for (;;) {
    const jobs = (await everyJob(url)).filter(job => !hasEnded(job.status) || isStuck(job));
    if (jobs.length === 0) return;
    for (const { id } of jobs.filter(isStuck)) await fetch(`${url}/v1/jobs/${id}/retry`, { method: 'POST' });
    assert.ok(
      Date.now() < until,
      jobs.map(({ id, status, summary }) => `${id} ${status}: ${summary}`).join('\n'),
    );
    await sleep(200);
  }
}
