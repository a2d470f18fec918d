// No request, however it is made, gets an answer or a rejection out of proportion: names are shortened, errors are counted
// beyond a limit, and a rejected event can always be published.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import type { OutgoingEvent } from '@gatehouse/core/ports/ports';
import { entryPointKey } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { forgetJob } from '@gatehouse/functions/api/forget-job';
import { getSchema } from '@gatehouse/functions/api/get-schema';
import { listEntryPoints } from '@gatehouse/functions/api/list-entry-points';
import { listJobs } from '@gatehouse/functions/api/list-jobs';
import { noRoute } from '@gatehouse/functions/api/no-route';
import { retryJob } from '@gatehouse/functions/api/retry-job';
import { skipStep } from '@gatehouse/functions/api/skip-step';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import { createWorld } from '../world/world.ts';
import { apiPorts, apiRequest, listed, posted, REQUEST, told } from './api-cases.ts';

const MAX_BYTES = 256 * 1024;
const NUL = '\u0000';

const bytesIn = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const membersOf = (count: number, name: (at: number) => string, value: unknown) =>
  Object.fromEntries(times(count, at => [name(at), value]));

/** Bodies whose refusal repeats something of them many times. */
const BODIES: Record<string, unknown> = {
  'a long name around many wrong values': { ['k'.repeat(64_000)]: membersOf(100, at => `a${at}`, NUL) },
  'a shorter name around more wrong values': { ['k'.repeat(6000)]: times(1200, () => NUL) },
  'unknown members by the thousand': membersOf(15_000, at => `m${at}`, 1),
  'long names side by side': membersOf(30, at => `${at}${'k'.repeat(5000)}`, NUL),
  'long names within each other': times(20, at => `${at}${'é'.repeat(2000)}`).reduce<unknown>(
    (inner, name) => ({ [name]: inner }),
    times(100, () => NUL),
  ),
  'names of control characters': { ['\u0001'.repeat(6000)]: times(200, () => NUL) },
  'a long cloud around members of the other one': {
    ...REQUEST,
    cloud: 'c'.repeat(150_000),
  },
  'the same port many times': {
    ...REQUEST,
    listener: { ...REQUEST.listener, portRanges: times(3000, () => ({ fromPort: 1, toPort: 1 })) },
  },
};

const withBody = (body: unknown) => apiRequest({ body: JSON.stringify(body), parameters: { id: 'job-1' } });

const ROUTES: Record<string, (body: unknown) => Promise<ApiAnswer>> = {
  'POST /v1/jobs': body => submitJob(apiPorts().ports, posted(body)),
  'POST /v1/plans': body => createPlan(createWorld().ports(), posted(body)),
  'POST /v1/jobs/{id}/cancel': body => cancelJob(apiPorts().ports, withBody(body)),
  'POST /v1/jobs/{id}/retry': body => retryJob(apiPorts().ports, withBody(body)),
  'POST /v1/jobs/{id}/skip': body => skipStep(apiPorts().ports, withBody(body)),
  'POST /v1/jobs/{id}/forget': body => forgetJob(apiPorts().ports, withBody(body)),
};

for (const [route, send] of Object.entries(ROUTES)) {
  test(`${route} refuses hostile bodies with at most 100 errors and 256 KB`, async () => {
    for (const [what, body] of Object.entries(BODIES)) {
      const answer = await send(body);
      assert.equal(answer.status, 400, what);
      assert.ok(bytesIn(answer.body) < MAX_BYTES, `${what}: ${bytesIn(answer.body)} bytes`);
      const errors = told(answer, 'errors');
      assert.ok(Array.isArray(errors) && errors.length >= 1 && errors.length <= 100, what);
    }
  });
}

test('what was omitted is counted', async () => {
  const answer = await cancelJob(apiPorts().ports, withBody(membersOf(15_000, at => `m${at}`, 1)));
  assert.deepEqual(told(answer, 'errors', 99), { pointer: '', detail: 'and 14901 more errors' });
});

const LONG = 'x'.repeat(60_000);

const ECHOES: Record<string, () => Promise<ApiAnswer>> = {
  'an unknown path': () => noRoute(undefined, apiRequest({ path: `/v1/${LONG}` })),
  'an unknown method of a known path': () =>
    noRoute(undefined, apiRequest({ method: LONG, path: `/v1/jobs/${LONG}` })),
  'an unknown schema': () => getSchema({ parameters: { schema: LONG } }),
  'an unknown query parameter': () => listJobs(apiPorts().ports, listed({ [LONG]: LONG })),
  'a long filter': () => listEntryPoints(apiPorts().ports, listed({ owner: LONG })),
};

for (const [what, send] of Object.entries(ECHOES)) {
  test(`${what} is refused in a few lines`, async () => {
    const answer = await send();
    assert.ok(answer.status >= 400 && answer.status < 500);
    assert.ok(bytesIn(answer.body) < 4000, `${bytesIn(answer.body)} bytes`);
  });
}

for (const createdAfter of ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00+23:59']) {
  test(`createdAfter ${createdAfter} is in no year of four digits, and refused`, async () => {
    for (const list of [listJobs, listEntryPoints]) {
      const answer = await list(apiPorts().ports, listed({ createdAfter }));
      assert.equal(answer.status, 400);
      assert.equal(told(answer, 'errors', 0, 'pointer'), '/createdAfter');
    }
  });
}

const SOURCE = 'com.example.pipeline';

async function rejectionOf(detail: unknown, source = SOURCE): Promise<OutgoingEvent> {
  const { ports, counted } = apiPorts();
  const id = '00000000-0000-4000-8000-000000000001';
  const event = { id, source, account: '111122223333', time: '2026-03-01T12:00:00Z', detail };
  const answered = await requestEntryPoint(ports, event);
  assert.ok('problem' in answered);
  const [rejection, ...more] = counted.told;
  assert.ok(rejection && more.length === 0);
  return rejection;
}

test('the rejection of any event fits into an event', async () => {
  for (const [what, data] of Object.entries(BODIES)) {
    const rejection = await rejectionOf({ metadata: { id: 'm-1' }, data });
    assert.equal(rejection.detailType, 'Entry Point Request Rejected');
    assert.ok(bytesIn(rejection.detail) < MAX_BYTES, `${what}: ${bytesIn(rejection.detail)} bytes`);
  }
});

test('a rejection carries its event up to the size of an event, and its problem in any case', async () => {
  const quotes = (count: number) => ({ metadata: { id: 'm-1' }, data: { note: '"'.repeat(count) } });
  const carried = await rejectionOf(quotes(40_000));
  assert.ok(told({ body: carried.detail }, 'data', 'entry'));
  const tooLarge = await rejectionOf(quotes(70_000));
  assert.equal(told({ body: tooLarge.detail }, 'data', 'entry'), undefined);
  assert.equal(told({ body: tooLarge.detail }, 'data', 'problem', 'code'), 'InvalidRequest');
});

test('a source that is too long is rejected, and not repeated', async () => {
  for (const source of [`com.example.${LONG}${LONG}`, `org.example.${LONG}${LONG}`]) {
    const rejection = await rejectionOf({ metadata: { id: 'm-1' }, data: REQUEST }, source);
    assert.equal(String(told({ body: rejection.detail }, 'data', 'event', 'source')).length, 259);
    assert.ok(bytesIn(told({ body: rejection.detail }, 'data', 'problem')) < 1000);
  }
});

/** 20 policies on 70 ports each: 1420 steps. */
function manyPorts(operation: string, loadBalancer: string) {
  const stickinessPolicies = times(20, at => ({
    loadBalancerName: `${loadBalancer}-${at}`,
    region: 'eu-west-1',
    policyName: 'sticky',
    loadBalancerPorts: times(70, port => 443 + port),
    cookieName: 'session',
  }));
  return { operation, entryPoint: 'many-steps', stickinessPolicies };
}

test('a change of too many steps is refused by a plan and by a job in the same words', async () => {
  const world = createWorld();
  const parsed = parseRequest(manyPorts('provision', 'old'));
  assert.ok(parsed.ok);
  const name = 'many-steps';
  const steps = planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
  const resources = steps.map(({ id: step, ...resource }) => ({ step, id: step, ...resource }));
  const entryPoint = {
    name,
    cloud: 'aws',
    owner: '123456789012/user/alice',
    since: '2026-03-01',
    jobId: 'job-1',
  };
  await world.store.put(entryPointKey(name), { ...entryPoint, resources }, 0);

  const plan = await createPlan(world.ports(), posted(manyPorts('update', 'new')));
  assert.equal(plan.status, 409, JSON.stringify(plan.body));
  const detail = String(told(plan, 'errors', 0, 'detail'));
  assert.equal(detail, 'needs 2840 steps, and a job has at most 2500; split the change into several updates');
  const { id } = await world.submit(manyPorts('update', 'new'));
  const { job } = await world.finish(id);
  assert.equal(job.status, 'FAILED');
  assert.equal(job.problem?.code, 'TooManySteps');
  assert.deepEqual(job.problem?.errors, told(plan, 'errors'));
});
