// The ways out of a stuck job over the API: what each answers, what it refuses, and what the job and its entry point
// show meanwhile. What they lead to is in test/saga/verbs.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { forgetJob } from '@gatehouse/functions/api/forget-job';
import { getEntryPoint } from '@gatehouse/functions/api/get-entry-point';
import { getJob } from '@gatehouse/functions/api/get-job';
import type { ApiRequest } from '@gatehouse/functions/api/http';
import { retryJob } from '@gatehouse/functions/api/retry-job';
import { skipStep } from '@gatehouse/functions/api/skip-step';
import { errorsOf, exampleNamed } from '../saga/sweep.ts';
import { createWorld, type World } from '../world/world.ts';
import { apiRequest, got, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ROUTES = { cancel: cancelJob, retry: retryJob, skip: skipStep, forget: forgetJob };
type Verb = keyof typeof ROUTES;

async function stuckWorld(): Promise<{ world: World; id: string }> {
  const world = createWorld();
  const error = errorsOf('globalaccelerator').denied;
  const fault = { service: 'globalaccelerator', fault: 'error', error };
  await world.faults([
    { ...fault, operation: 'CreateEndpointGroup', times: 1 },
    { ...fault, operation: 'DeleteListener', times: 100 },
  ]);
  const { id } = await world.submit(exampleNamed('voice-udp'));
  assert.equal((await world.finish(id)).job.status, 'ROLLBACK_FAILED');
  await world.clearFaults();
  return { world, id };
}

function verbRequest(id: string, body?: object, caller?: string, prefer?: string): ApiRequest {
  const headers = { 'content-type': 'application/json', ...(prefer ? { prefer } : {}) };
  return apiRequest({
    ...(caller ? { caller } : {}),
    parameters: { id },
    body: body ? JSON.stringify(body) : '',
    headers,
  });
}

async function asked(world: World, id: string, verb: Verb, body?: object): Promise<ApiAnswer> {
  const answer = await ROUTES[verb](world.ports(), verbRequest(id, body));
  assertDocumented(`POST /v1/jobs/{id}/${verb}`, answer);
  return answer;
}

test('a stuck job says what it allows, what is left, and that a person is needed', async () => {
  const { world, id } = await stuckWorld();
  const job = await getJob(world.ports(), got(id));
  assertDocumented('GET /v1/jobs/{id}', job);
  assert.deepEqual(told(job, 'allowed'), ['retry', 'skip', 'forget']);
  assert.match(String(told(job, 'summary')), /^A person is needed; left behind: arn:aws:globalaccelerator/);
  assert.equal(told(job, 'left', 0, 'step'), 'listener');
});

test('its entry point, which does not stand, says which job is stuck there and what it has left', async () => {
  const { world, id } = await stuckWorld();
  const parameters = { name: 'voice-udp' };
  const answer = await getEntryPoint(world.ports(), apiRequest({ method: 'GET', parameters }));
  assertDocumented('GET /v1/entry-points/{name}', answer);
  assert.equal(answer.status, 404);
  assert.match(String(told(answer, 'detail')), /stuck and has left arn:.*retry, skip and forget/);
  assert.deepEqual(told(answer, 'links'), { stuckJob: `/v1/jobs/${id}` });
});

test('a retry that waits is answered when the job has ended, a forget at once as nothing follows', async () => {
  const { world, id } = await stuckWorld();
  let pauses = 0;
  const waiting = (body: object) => verbRequest(id, body, undefined, 'wait=20');
  const gaveUp = await forgetJob(world.ports(), waiting({ reason: 'by hand' }), async () => assert.fail());
  assertDocumented('POST /v1/jobs/{id}/forget', gaveUp);
  assert.deepEqual([gaveUp.status, gaveUp.headers?.['preference-applied']], [202, 'wait=20']);
  const other = await stuckWorld();
  const request = verbRequest(other.id, {}, undefined, 'wait=20');
  const answer = await retryJob(other.world.ports(), request, async () => {
    pauses++;
    await other.world.finish(other.id);
  });
  assertDocumented('POST /v1/jobs/{id}/retry', answer);
  assert.deepEqual([answer.status, told(answer, 'status'), pauses], [202, 'ROLLED_BACK', 1]);
  assert.equal(answer.headers?.['preference-applied'], 'wait=20');
});

test('a verb that is refused is refused at once, however long its caller would wait', async () => {
  const { world, id } = await stuckWorld();
  const request = verbRequest(id, {}, undefined, 'wait=20');
  const answer = await cancelJob(world.ports(), request, async () => assert.fail());
  assert.deepEqual([answer.status, answer.headers?.['preference-applied']], [409, undefined]);
});

test('retry answers with the job at work again, and stands in its history', async () => {
  const { world, id } = await stuckWorld();
  const answer = await asked(world, id, 'retry', { reason: 'the permission was added' });
  assert.deepEqual([answer.status, told(answer, 'status')], [202, 'ROLLING_BACK']);
  assert.equal(told(answer, 'endedAt'), undefined);
  await world.finish(id);
  const job = await getJob(world.ports(), got(id));
  assert.equal(told(job, 'status'), 'ROLLED_BACK');
  const events = told(job, 'events') as { verb?: string; by?: string; reason?: string }[];
  const retry = events.find(({ verb }) => verb === 'retry');
  assert.deepEqual([retry?.by, retry?.reason], ['123456789012/user/alice', 'the permission was added']);
});

test('skip takes one of the steps that are left, and only such', async () => {
  const { world, id } = await stuckWorld();
  const none = await asked(world, id, 'skip', {});
  assert.deepEqual([none.status, told(none, 'errors', 0, 'pointer')], [400, '/step']);
  const wrong = await asked(world, id, 'skip', { step: 'accelerator' });
  assert.equal(wrong.status, 400);
  assert.match(String(told(wrong, 'errors', 0, 'detail')), /one of what is left of this job: listener/);
  const right = await asked(world, id, 'skip', { step: 'listener', reason: 'shop uses it now' });
  assert.deepEqual([right.status, told(right, 'status')], [202, 'ROLLBACK_FAILED']);
  assert.deepEqual(told(right, 'left'), []);
  assert.equal(told(right, 'skipped', 0, 'reason'), 'shop uses it now');
});

test('forget asks for a reason, and keeps who, why and what is left', async () => {
  const { world, id } = await stuckWorld();
  for (const body of [undefined, {}, { reason: '' }]) {
    const answer = await asked(world, id, 'forget', body);
    assert.deepEqual([answer.status, told(answer, 'errors', 0, 'pointer')], [400, '/reason']);
  }
  const answer = await asked(world, id, 'forget', { reason: 'the accelerator is being deleted' });
  assert.deepEqual([answer.status, told(answer, 'status')], [202, 'ROLLBACK_FAILED']);
  assert.deepEqual(told(answer, 'allowed'), []);
  assert.equal(told(answer, 'resolution', 'by'), '123456789012/user/alice');
  assert.equal(told(answer, 'resolution', 'left', 0, 'step'), 'listener');
  const parameters = { name: 'voice-udp' };
  const entryPoint = await getEntryPoint(world.ports(), apiRequest({ method: 'GET', parameters }));
  assert.match(String(told(entryPoint, 'detail')), /there is no entry point/);
});

test('a verb that is not allowed now is a 409 that says which are, and changes nothing', async () => {
  const { world, id } = await stuckWorld();
  const cancelled = await asked(world, id, 'cancel');
  assert.deepEqual([cancelled.status, told(cancelled, 'code')], [409, 'VerbNotAllowed']);
  assert.deepEqual(told(cancelled, 'allowed'), ['retry', 'skip', 'forget']);
  await asked(world, id, 'forget', { reason: 'gone' });
  for (const verb of ['retry', 'cancel'] as const) {
    const answer = await asked(world, id, verb);
    assert.deepEqual([answer.status, told(answer, 'allowed')], [409, []], verb);
  }
  const events = told(await getJob(world.ports(), got(id)), 'events') as { verb?: string }[];
  assert.deepEqual(
    events.flatMap(({ verb }) => verb ?? []),
    ['forget'],
  );
});

test('a verb is for who asked for the job and who administers Gatehouse; nobody else changes anything', async () => {
  const { world, id } = await stuckWorld();
  for (const verb of Object.keys(ROUTES) as Verb[]) {
    const body = { reason: 'why', ...(verb === 'skip' ? { step: 'listener' } : {}) };
    const answer = await ROUTES[verb](world.ports(), verbRequest(id, body, 'somebody'));
    assertDocumented(`POST /v1/jobs/{id}/${verb}`, answer);
    assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotOwner'], verb);
  }
  assert.equal(told(await getJob(world.ports(), got(id)), 'status'), 'ROLLBACK_FAILED');
});

test('a verb on a job that is not there is a 404', async () => {
  const world = createWorld();
  for (const verb of Object.keys(ROUTES) as Verb[]) {
    const answer = await asked(world, 'job-none', verb, {
      reason: 'why',
      ...(verb === 'skip' ? { step: 'x' } : {}),
    });
    assert.equal(answer.status, 404, verb);
  }
});
