// The real process, killed again and again at moments that a seed draws, in the middle of whatever it does and while it
// starts: callers ask for entry points, change and remove them, cancel and retry, and a cloud says no now and
// then. What was accepted is never lost, every job ends, and nothing stands that no record leads to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@gatehouse/core/answers';
import { hasEnded } from '@gatehouse/core/events';
import { errorsOf, oneOf, randomOf } from '../saga/sweep.ts';
import { type Gatehouse, getJson, start, temporaryFolder } from './gatehouse.ts';
import { assertAtRest, everyJob, isStuck } from './whole-house.ts';

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
/** Of specs; the two clouds and three APIs of AWS between them. */
const KINDS = 4;

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
  return {
    stickinessPolicies: [
      {
        loadBalancerName: 'checkout-classic',
        region: 'eu-west-1',
        policyName: `sticky-${n}`,
        cookieExpirationPeriod: 60 * (version + 1),
        loadBalancerPorts: [443],
        replace: true,
      },
    ],
  };
}

const FAULTS = [
  ['globalaccelerator', 'CreateEndpointGroup'],
  ['globalaccelerator', 'DeleteEndpointGroup'],
  ['globalaccelerator', 'UpdateListener'],
  ['globalaccelerator', 'DeleteListener'],
  ['vpc-lattice', 'DeleteTargetGroup'],
  ['elasticloadbalancing', 'DeleteLoadBalancerPolicy'],
  ['ga', 'CreateEndpointGroup'],
  ['ga', 'UpdateListener'],
] as const;

test(`killed ${KILLS} times, it brings every job to its end (seed ${SEED})`, async t => {
  const random = randomOf(SEED);
  const chance = (of: number) => random() < of;
  const folder = temporaryFolder(t);
  const accepted = new Map<string, string>();
  const requests = new Map<string, object>();
  let kills = 0;
  let answered = Promise.withResolvers<void>();
  let house = await start(t, folder, ...OPTIONS);
  const before = JSON.stringify(await getJson(`${house.url}/_twin/resources`));

  async function post(path: string, body: object, key?: string): Promise<JobView | undefined> {
    const headers = { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) };
    const response = await fetch(`${house.url}${path}`, {
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
      const [n, version] = [Math.floor(random() * 3 * KINDS), Math.floor(random() * 8)];
      const operation = oneOf(random, ['provision', 'provision', 'update', 'remove']);
      const allowed = operation === 'update' ? { allowInterruption: true } : {};
      const options = { deadlineSeconds: 21_600, ...allowed };
      const spec = operation === 'remove' ? {} : specOf(n, version);
      const key = `key-${requests.size}`;
      requests.set(key, { operation, entryPoint: `edge-${n}`, options, ...spec });
      return submit(key);
    }
    if (chance(0.3)) {
      const [service, operation] = oneOf(random, FAULTS);
      const error = errorsOf(service).denied;
      const faults = [{ service, operation, fault: 'error', times: 1 + Math.floor(random() * 3), error }];
      await fetch(`${house.url}/_twin/faults`, { method: 'PUT', body: JSON.stringify(faults) });
      return;
    }
    if (chance(0.5)) await post(`/v1/jobs/${job}/cancel`, { reason: 'changed our minds' });
    else await post(`/v1/jobs/${job}/retry`, {});
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
    const callers = Promise.all(Array.from({ length: CALLERS }, () => callersUntil(house)));
    await Promise.race(chance(0.1) ? [sleep(random() * 300)] : [answered.promise, sleep(5000)]);
    await sleep(random() * 700);
    await house.kill();
    kills++;
    await callers;
  }

  /** Right in the recovery that a start begins with, or before it. */
  async function killWhileItStarts(): Promise<void> {
    const args = ['packages/local/src/main.ts', '--port', '0', '--data-dir', folder, ...OPTIONS];
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
    house = await start(t, folder, ...OPTIONS);
  }

  await fetch(`${house.url}/_twin/faults`, { method: 'DELETE' });
  for (const key of [...accepted.keys()]) await submit(key);
  await untilRest(house.url);
  const listeners = ACCELERATORS.map(arn => `accelerator/${arn}`);
  const entryPoints = Array.from({ length: 3 * KINDS }, (_, n) => `entry-point/edge-${n}`);
  const places = [`instance/${ARCADE}`, 'load-balancer/eu-west-1/checkout-classic'];
  const targets = [...listeners, ...entryPoints, ...places];
  const jobs = await assertAtRest(house.url, before, targets);
  for (const id of accepted.values())
    assert.ok(
      jobs.some(job => job.id === id),
      `${id} was accepted`,
    );
  const ends = Object.groupBy(jobs, ({ status }) => status);
  const told = Object.entries(ends).map(([status, of]) => `${of?.length} ${status}`);
  t.diagnostic(`${kills} kills, ${jobs.length} jobs: ${told.join(', ')}`);
  for (const status of ['SUCCEEDED', 'ROLLED_BACK', 'FAILED'] as const)
    assert.ok(ends[status], `some job ended ${status}`);
});

const MOST_MS = 240_000;

/** Every job has ended; a stuck one is retried, now that nothing is denied any more. */
async function untilRest(url: string): Promise<void> {
  const until = Date.now() + MOST_MS;
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
