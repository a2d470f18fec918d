// A sample of the sweeps against the real process, over HTTP and real sockets: a lost answer, a dropped request and a
// late create with connections that really close.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobView } from '@gatehouse/core/api/answers';
import { parseRequest, type Request } from '@gatehouse/core/request/request';
import { stringify } from 'yaml';
import { type Gatehouse, hasEnded, poll, start, submit, temporaryFolder } from '../end-to-end/gatehouse.ts';
import type { Call, Fault } from '../world/world.ts';
import { assertAsAsked } from './as-asked.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const TIME_SCALE = 200;
/** Half a minute of the real cloud. */
const LATE_MS = 30_000 / TIME_SCALE;

const SAMPLES = [
  ['voice-udp', 'globalaccelerator', 'CreateListener'],
  ['voice-udp', 'globalaccelerator', 'CreateEndpointGroup'],
  ['metrics-lambda', 'vpc-lattice', 'CreateTargetGroup'],
  ['checkout-edge', 'vpc-lattice', 'RegisterTargets'],
  ['app-cookie', 'elasticloadbalancing', 'CreateAppCookieStickinessPolicy'],
  ['checkout-edge', 'elasticloadbalancing', 'SetLoadBalancerPoliciesOfListener'],
] as const;

test('the real process, over HTTP', async t => {
  const gatehouse = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', String(TIME_SCALE));

  for (const [example, service, operation] of SAMPLES) {
    for (const fault of ['lostAnswer', 'dropRequest', 'lateCreate']) {
      await t.test(`${operation}, ${fault}: ${example} ends as asked`, async () => {
        const planned = {
          service,
          operation,
          fault,
          times: 1,
          ...(fault === 'lateCreate' ? { delayMs: LATE_MS } : {}),
        };
        const { job, then, now, request } = await run(gatehouse, example, [planned]);
        assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
        assertAsAsked(now, then, request, job.id);
      });
    }
  }

  for (const fault of ['lostAnswer', 'dropRequest']) {
    await t.test(`the undo with every first removal hit by ${fault}: the clouds are as before`, async () => {
      const denied = errorsOf('globalaccelerator').denied;
      const removals = [
        ['globalaccelerator', 'DeleteEndpointGroup'],
        ['globalaccelerator', 'DeleteListener'],
        ['vpc-lattice', 'DeregisterTargets'],
        ['vpc-lattice', 'DeleteTargetGroup'],
        ['elasticloadbalancing', 'DeleteLoadBalancerPolicy'],
      ] as const;
      const { job, then, now } = await run(gatehouse, 'checkout-edge', [
        ...removals.map(([service, operation]) => ({ service, operation, fault, times: 1 })),
        {
          service: 'globalaccelerator',
          operation: 'DescribeAccelerator',
          fault: 'error',
          after: 9,
          times: 1,
          error: denied,
        },
        { service: 'globalaccelerator', operation: 'CreateListener', fault: 'stuck', times: 1 },
      ]);
      assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.error));
      assert.equal(now, then);
    });
  }
});

let runs = 0;

/** On fresh clouds, under a name of its own. */
async function run({ url }: Gatehouse, example: string, faults: Fault[]) {
  const value = { ...Object(exampleNamed(example)), entryPoint: `${example}-${++runs}` };
  await twin(url, 'POST', 'reset');
  await twin(url, 'PUT', 'faults', faults);
  const then = await twin(url, 'GET', 'resources');
  const accepted = await submit(url, stringify(value), `over-http-${runs}`);
  const job: JobView = await poll(url, accepted.id, hasEnded);
  const late = faults.filter(fault => fault.fault === 'lateCreate').length;
  await until(
    'late calls were carried out',
    async () => (await callsOf(url)).filter(call => call.late).length === late,
  );
  const planned: (Fault & { reached: number })[] = JSON.parse(await twin(url, 'GET', 'faults'));
  for (const fault of planned) assert.ok(fault.reached > 0, `it was reached: ${JSON.stringify(fault)}`);
  const now = await twin(url, 'GET', 'resources');
  if (job.status === 'SUCCEEDED') await remove(url, value.entryPoint);
  return { job, then, now, request: requestOf(value) };
}

/** What it owns is another's only then. */
async function remove(url: string, entryPoint: string): Promise<void> {
  const accepted = await submit(url, stringify({ operation: 'remove', entryPoint }), `remove-${entryPoint}`);
  const job: JobView = await poll(url, accepted.id, hasEnded);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
}

async function twin(url: string, method: string, path: string, body?: unknown): Promise<string> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/_twin/${path}`, { method, ...sent });
  assert.equal(response.status, 200, await response.clone().text());
  return response.text();
}

async function callsOf(url: string): Promise<Call[]> {
  return JSON.parse(await twin(url, 'GET', 'calls'));
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < giveUpAt, what);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

function requestOf(value: unknown): Request {
  const parsed = parseRequest(value);
  assert.ok(parsed.ok);
  return parsed.request;
}
