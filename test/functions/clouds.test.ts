// An installation without a cloud: what is asked of that one is refused with the reason, over every way in, and nothing is
// written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryPointKey } from '@gatehouse/core/record/records';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { forgetJob } from '@gatehouse/functions/api/forget-job';
import { retryJob } from '@gatehouse/functions/api/retry-job';
import { skipStep } from '@gatehouse/functions/api/skip-step';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { readRequestRules } from '@gatehouse/functions/environment';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import { errorsOf, exampleNamed } from '../saga/sweep.ts';
import { createWorld } from '../world/world.ts';
import { apiRequest, posted, REQUEST, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ON_ALIBABA_CLOUD = {
  operation: 'provision',
  entryPoint: 'shop-edge',
  cloud: 'alicloud',
  listener: { acceleratorId: 'ga-bp1abcdefghijklmnopqr', protocol: 'TCP' },
};

const SAYS = '"alicloud" is not enabled here; this installation has `aws`';

function withoutAlicloud() {
  const world = createWorld();
  const ports = world.ports();
  return { world, ports: { ...ports, settings: { ...ports.settings, clouds: ['aws'] as const } } };
}

for (const operation of ['provision', 'update', 'remove']) {
  test(`a request to ${operation} on it is a 400 at /cloud, as a job and as a plan, and writes nothing`, async () => {
    const { world, ports } = withoutAlicloud();
    const request = posted({ ...ON_ALIBABA_CLOUD, operation });
    for (const [route, answer] of [
      ['POST /v1/jobs', await submitJob(ports, request)],
      ['POST /v1/plans', await createPlan(ports, request)],
    ] as const) {
      assertDocumented(route, answer);
      assert.deepEqual([answer.status, told(answer, 'code')], [400, 'InvalidRequest'], route);
      assert.deepEqual(told(answer, 'errors'), [{ pointer: '/cloud', detail: SAYS }], route);
    }
    assert.equal(world.writes(), 0);
  });
}

test('an event that asks for it is rejected at /data/cloud', async () => {
  const { world, ports } = withoutAlicloud();
  const at = { id: 'event-1', source: 'com.example.pipeline', account: '111122223333' };
  const detail = { metadata: { idempotencyKey: 'k-1' }, data: ON_ALIBABA_CLOUD };
  const settings = { ...ports.settings, eventSources: ['*'] };
  const answered = await requestEntryPoint(
    { ...ports, settings, bus: { put: async () => {} } },
    { ...at, time: '2026-03-01T12:00:00Z', detail },
  );
  assert.ok('problem' in answered);
  assert.deepEqual(answered.problem.errors, [{ pointer: '/data/cloud', detail: SAYS }]);
  assert.equal(world.writes(), 0);
});

test('a removal that does not name the cloud of its entry point is refused if that cloud is off', async () => {
  const { world, ports } = withoutAlicloud();
  const { entryPoint: name } = ON_ALIBABA_CLOUD;
  const owner = String(posted({}).caller);
  const standing = { name, cloud: 'alicloud', owner, since: '2026-03-01T12:00:00Z', jobId: 'job-1' };
  await ports.store.put(entryPointKey(name), { ...standing, spec: ON_ALIBABA_CLOUD, resources: [] }, 0);
  const writes = world.writes();
  const removal = posted({ operation: 'remove', entryPoint: name });
  for (const answer of [await submitJob(ports, removal), await createPlan(ports, removal)]) {
    assert.deepEqual([answer.status, told(answer, 'code')], [400, 'InvalidRequest']);
    assert.match(String(told(answer, 'detail')), /shop-edge is on alicloud, which is not enabled here/);
  }
  assert.equal(world.writes(), writes);
});

test('a request for an enabled cloud is accepted, whether it names the cloud or not', async () => {
  const { ports } = withoutAlicloud();
  assert.equal((await submitJob(ports, posted(REQUEST))).status, 202);
});

test('the clouds are read from the environment; the default is all of them', () => {
  const read = (clouds?: string) =>
    readRequestRules(clouds === undefined ? {} : { GATEHOUSE_CLOUDS: clouds }).clouds;
  assert.deepEqual(read(), ['aws', 'alicloud']);
  assert.deepEqual(read('aws'), ['aws']);
  assert.deepEqual(read('aws,alicloud'), ['aws', 'alicloud']);
  for (const wrong of ['', 'alicloud', 'aws,azure'])
    assert.throws(() => read(wrong), /GATEHOUSE_CLOUDS is ".*", and must be aws or aws,alicloud/);
});

test('a stuck job of a cloud that is off is not retried, with the reason, and can be skipped and forgotten', async () => {
  const { world, ports } = withoutAlicloud();
  const fault = { service: 'ga', fault: 'error', error: errorsOf('ga').denied };
  await world.faults([
    { ...fault, operation: 'CreateEndpointGroup', times: 1 },
    { ...fault, operation: 'DeleteListener', times: 100 },
  ]);
  const { id } = await world.submit(exampleNamed('game-udp'));
  assert.equal((await world.finish(id)).job.status, 'ROLLBACK_FAILED');
  const writes = world.writes();
  const asking = (body: object) => {
    const headers = { 'content-type': 'application/json' };
    return apiRequest({ parameters: { id }, body: JSON.stringify(body), headers });
  };
  const refusal = await retryJob(ports, asking({}));
  assertDocumented('POST /v1/jobs/{id}/retry', refusal);
  assert.deepEqual([refusal.status, told(refusal, 'code')], [409, 'ActionNotAllowed']);
  const says = /is on alicloud, which is disabled in this deployment; .* allows skip, forget$/;
  assert.match(String(told(refusal, 'detail')), says);
  assert.deepEqual(told(refusal, 'allowedActions'), ['skip', 'forget']);
  assert.equal(world.writes(), writes);
  assert.equal((await skipStep(ports, asking({ step: 'listener' }))).status, 202);
  assert.equal((await forgetJob(ports, asking({ reason: 'the instance is gone' }))).status, 202);
});
