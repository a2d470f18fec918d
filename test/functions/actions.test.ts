// The actions on a stuck job over the API: what each answers, what it refuses, and what the job and its entry point show
// meanwhile. Their effect on the clouds is in test/saga/actions.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { forgetJob } from '@gatehouse/functions/api/forget-job';
import { getEntryPoint } from '@gatehouse/functions/api/get-entry-point';
import { getJob } from '@gatehouse/functions/api/get-job';
import type { ApiRequest } from '@gatehouse/functions/api/http';
import { listJobs } from '@gatehouse/functions/api/list-jobs';
import { retryJob } from '@gatehouse/functions/api/retry-job';
import { skipStep } from '@gatehouse/functions/api/skip-step';
import { errorsOf, exampleNamed } from '../saga/sweep.ts';
import { createWorld, type World } from '../world/world.ts';
import { apiRequest, got, listed, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ROUTES = { cancel: cancelJob, retry: retryJob, skip: skipStep, forget: forgetJob };
type Action = keyof typeof ROUTES;

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

function actionRequest(id: string, body?: object, caller?: string, prefer?: string): ApiRequest {
  const headers = { 'content-type': 'application/json', ...(prefer ? { prefer } : {}) };
  return apiRequest({
    ...(caller ? { caller } : {}),
    parameters: { id },
    body: body ? JSON.stringify(body) : '',
    headers,
  });
}

async function asked(world: World, id: string, action: Action, body?: object): Promise<ApiAnswer> {
  const answer = await ROUTES[action](world.ports(), actionRequest(id, body));
  assertDocumented(`POST /v1/jobs/{id}/${action}`, answer);
  return answer;
}

test('a stuck job shows its allowed actions, its leftovers, and that it needs manual action', async () => {
  const { world, id } = await stuckWorld();
  const job = await getJob(world.ports(), got(id));
  assertDocumented('GET /v1/jobs/{id}', job);
  assert.deepEqual(told(job, 'allowedActions'), ['retry', 'skip', 'forget']);
  assert.match(String(told(job, 'summary')), /^Manual action needed\. Leftovers: arn:aws:globalaccelerator/);
  assert.equal(told(job, 'leftovers', 0, 'step'), 'listener');
});

test('the list of stuck jobs names what is left over and what is allowed, and an abandoned job is in it no more', async () => {
  const { world, id } = await stuckWorld();
  const lists = async (query: Record<string, string>) => {
    const answer = await listJobs(world.ports(), listed(query));
    assertDocumented('GET /v1/jobs', answer);
    return answer;
  };
  const stuck = await lists({ stuck: 'true' });
  assert.deepEqual(
    ['id', 'status', 'allowedActions'].map(member => told(stuck, 'items', 0, member)),
    [id, 'ROLLBACK_FAILED', ['retry', 'skip', 'forget']],
  );
  assert.equal(told(stuck, 'items', 0, 'leftovers', 0, 'step'), 'listener');
  assert.equal(told(stuck, 'items', 0, 'resolution'), undefined);
  assert.equal(told(await lists({ stuck: 'false' }), 'items', 'length'), 0);
  for (const more of [{ entryPoint: 'voice-udp' }, { status: 'ROLLBACK_FAILED' }])
    assert.equal(told(await lists({ stuck: 'true', ...more }), 'items', 'length'), 1);
  await asked(world, id, 'forget', { reason: 'gone' });
  await world.finish(id);
  assert.equal(told(await lists({ stuck: 'true' }), 'items', 'length'), 0);
  const all = await lists({ status: 'ROLLBACK_FAILED', stuck: 'false' });
  assert.equal(told(all, 'items', 0, 'resolution', 'reason'), 'gone');
  assert.deepEqual(told(all, 'items', 0, 'allowedActions'), []);
  assert.equal((await listJobs(world.ports(), listed({ stuck: 'yes' }))).status, 400);
});

test('the answer for its missing entry point names the stuck job and its leftovers', async () => {
  const { world, id } = await stuckWorld();
  const parameters = { name: 'voice-udp' };
  const answer = await getEntryPoint(world.ports(), apiRequest({ method: 'GET', parameters }));
  assertDocumented('GET /v1/entry-points/{name}', answer);
  assert.equal(answer.status, 404);
  assert.match(String(told(answer, 'detail')), /stuck and allows retry, skip and forget\. Leftovers: arn:/);
  assert.deepEqual(told(answer, 'links'), { stuckJob: `/v1/jobs/${id}` });
});

test('a waiting retry is answered when the job has ended, a forget at once', async () => {
  const { world, id } = await stuckWorld();
  let pauses = 0;
  const waiting = (body: object) => actionRequest(id, body, undefined, 'wait=20');
  const gaveUp = await forgetJob(world.ports(), waiting({ reason: 'by hand' }), async () => assert.fail());
  assertDocumented('POST /v1/jobs/{id}/forget', gaveUp);
  assert.deepEqual([gaveUp.status, gaveUp.headers?.['preference-applied']], [202, 'wait=20']);
  const other = await stuckWorld();
  const request = actionRequest(other.id, {}, undefined, 'wait=20');
  const answer = await retryJob(other.world.ports(), request, async () => {
    pauses++;
    await other.world.finish(other.id);
  });
  assertDocumented('POST /v1/jobs/{id}/retry', answer);
  assert.deepEqual([answer.status, told(answer, 'status'), pauses], [202, 'ROLLED_BACK', 1]);
  assert.equal(answer.headers?.['preference-applied'], 'wait=20');
});

test('an action that is not allowed is refused at once, even if its caller waits', async () => {
  const { world, id } = await stuckWorld();
  const request = actionRequest(id, {}, undefined, 'wait=20');
  const answer = await cancelJob(world.ports(), request, async () => assert.fail());
  assert.deepEqual([answer.status, answer.headers?.['preference-applied']], [409, undefined]);
});

test('retry answers with the resumed job and is in its history', async () => {
  const { world, id } = await stuckWorld();
  const answer = await asked(world, id, 'retry', { reason: 'the permission was added' });
  assert.deepEqual([answer.status, told(answer, 'status')], [202, 'ROLLING_BACK']);
  assert.equal(told(answer, 'endedAt'), undefined);
  await world.finish(id);
  const job = await getJob(world.ports(), got(id));
  assert.equal(told(job, 'status'), 'ROLLED_BACK');
  const events = told(job, 'events') as { action?: string; by?: string; reason?: string }[];
  const retry = events.find(({ action }) => action === 'retry');
  assert.deepEqual([retry?.by, retry?.reason], ['123456789012/user/alice', 'the permission was added']);
});

test('skip accepts only the step of a leftover', async () => {
  const { world, id } = await stuckWorld();
  const none = await asked(world, id, 'skip', {});
  assert.deepEqual([none.status, told(none, 'errors', 0, 'pointer')], [400, '/step']);
  const wrong = await asked(world, id, 'skip', { step: 'accelerator' });
  assert.equal(wrong.status, 400);
  assert.match(
    String(told(wrong, 'errors', 0, 'detail')),
    /must be the step of a leftover of this job: listener/,
  );
  const right = await asked(world, id, 'skip', { step: 'listener', reason: 'shop uses it now' });
  assert.deepEqual([right.status, told(right, 'status')], [202, 'ROLLBACK_FAILED']);
  assert.deepEqual(told(right, 'leftovers'), []);
  assert.equal(told(right, 'skipped', 0, 'reason'), 'shop uses it now');
});

test('forget requires a reason and records who, why and the leftovers', async () => {
  const { world, id } = await stuckWorld();
  for (const body of [undefined, {}, { reason: '' }]) {
    const answer = await asked(world, id, 'forget', body);
    assert.deepEqual([answer.status, told(answer, 'errors', 0, 'pointer')], [400, '/reason']);
  }
  const answer = await asked(world, id, 'forget', { reason: 'the accelerator is being deleted' });
  assert.deepEqual([answer.status, told(answer, 'status')], [202, 'ROLLBACK_FAILED']);
  assert.deepEqual(told(answer, 'allowedActions'), []);
  assert.equal(told(answer, 'resolution', 'by'), '123456789012/user/alice');
  assert.equal(told(answer, 'resolution', 'leftovers', 0, 'step'), 'listener');
  const parameters = { name: 'voice-udp' };
  const entryPoint = await getEntryPoint(world.ports(), apiRequest({ method: 'GET', parameters }));
  assert.match(String(told(entryPoint, 'detail')), /the entry point voice-udp does not exist/);
});

test('an action that is not allowed now is a 409 with the allowed actions, and changes nothing', async () => {
  const { world, id } = await stuckWorld();
  const cancelled = await asked(world, id, 'cancel');
  assert.deepEqual([cancelled.status, told(cancelled, 'code')], [409, 'ActionNotAllowed']);
  assert.deepEqual(told(cancelled, 'allowedActions'), ['retry', 'skip', 'forget']);
  await asked(world, id, 'forget', { reason: 'gone' });
  for (const action of ['retry', 'cancel'] as const) {
    const answer = await asked(world, id, action);
    assert.deepEqual([answer.status, told(answer, 'allowedActions')], [409, []], action);
  }
  const events = told(await getJob(world.ports(), got(id)), 'events') as { action?: string }[];
  assert.deepEqual(
    events.flatMap(({ action }) => action ?? []),
    ['forget'],
  );
});

test('only the owner and administrators can use an action', async () => {
  const { world, id } = await stuckWorld();
  for (const action of Object.keys(ROUTES) as Action[]) {
    const body = { reason: 'why', ...(action === 'skip' ? { step: 'listener' } : {}) };
    const answer = await ROUTES[action](world.ports(), actionRequest(id, body, 'somebody'));
    assertDocumented(`POST /v1/jobs/{id}/${action}`, answer);
    assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotOwner'], action);
  }
  assert.equal(told(await getJob(world.ports(), got(id)), 'status'), 'ROLLBACK_FAILED');
});

test('an action on a missing job is a 404', async () => {
  const world = createWorld();
  for (const action of Object.keys(ROUTES) as Action[]) {
    const answer = await asked(world, 'job-none', action, {
      reason: 'why',
      ...(action === 'skip' ? { step: 'x' } : {}),
    });
    assert.equal(answer.status, 404, action);
  }
});
