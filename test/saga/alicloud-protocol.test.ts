// A listener of Alibaba Cloud that leaves or enters HTTPS: its additional certificates are deleted before, or created
// after. Wherever the update fails they are as before, whatever the cloud does with them by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { createWorld } from '../world/world.ts';
import { changesSince, denied, run } from './alicloud-run.ts';

const LISTENER = {
  acceleratorId: 'ga-bp1shopw7k2m9q4x1z8t',
  portRanges: [{ fromPort: 443, toPort: 443 }],
};
const GROUP = { region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11' }] };
const BASE = { entryPoint: 'shop', cloud: 'alicloud' };
const ALLOWED = { operation: 'update', options: { allowInterruption: true } };
const HTTPS = {
  ...BASE,
  listener: {
    ...LISTENER,
    protocol: 'HTTPS',
    certificates: [{ id: '4490001-cn-hangzhou' }],
    additionalCertificates: [
      { domain: 'images.example.com', id: '4490002-cn-hangzhou' },
      { domain: 'Videos.example.com', id: '4490003-cn-hangzhou' },
    ],
  },
  endpointGroups: [GROUP],
};
const HTTP = {
  ...BASE,
  listener: { ...LISTENER, protocol: 'HTTP' },
  endpointGroups: [{ ...GROUP, trafficPercentage: 50 }],
};

async function standing(value: object, switches: object = {}) {
  const world = createWorld();
  await world.switches({ ga: switches });
  const { job } = await run(world, { ...value, operation: 'provision' }, 'provision');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  return { world, made: await world.picture() };
}

/** What a cloud does by itself with certificates whose listener leaves HTTPS. */
const DOES = { drop: 'take them away', keep: 'keep them unseen', refuse: 'refuse to leave' };

for (const certificatesWithoutHttps of ['drop', 'keep', 'refuse'] as const) {
  const cloud = `where it would ${DOES[certificatesWithoutHttps]}`;

  test(`additional certificates go before their listener leaves HTTPS, ${cloud}`, async () => {
    const { world } = await standing(HTTPS, { certificatesWithoutHttps });
    const from = (await world.calls()).length;
    const { job } = await run(world, { ...HTTP, ...ALLOWED }, 'update');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    const gone = 'DissociateAdditionalCertificatesFromListener';
    assert.deepEqual(await changesSince(world, from), [gone, gone, 'UpdateListener', 'UpdateEndpointGroup']);
    const { ga } = JSON.parse(await world.picture());
    assert.deepEqual(ga.AdditionalCertificates, []);
  });

  for (const operation of [
    'DissociateAdditionalCertificatesFromListener',
    'UpdateListener',
    'UpdateEndpointGroup',
  ]) {
    test(`they are back when ${operation} is refused, ${cloud}`, async () => {
      const { world, made } = await standing(HTTPS, { certificatesWithoutHttps });
      await world.faults([denied(operation)]);
      const { job } = await run(world, { ...HTTP, ...ALLOWED }, 'update');
      assert.equal(job.status, 'ROLLED_BACK', JSON.stringify([job.problem, job.leftovers]));
      assert.equal(await world.picture(), made);
      const from = (await world.calls()).length;
      assert.equal((await run(world, { ...HTTPS, ...ALLOWED }, 'same')).job.status, 'SUCCEEDED');
      assert.deepEqual(
        await changesSince(world, from),
        [],
        'what was put on again is still the entry point’s',
      );
    });
  }
}

test('certificates that cannot be put on again are named, and a retry puts them on', async () => {
  const { world, made } = await standing(HTTPS);
  const again = 'AssociateAdditionalCertificatesWithListener';
  await world.faults([denied('UpdateEndpointGroup'), denied(again, 2)]);
  const { job } = await run(world, { ...HTTP, ...ALLOWED }, 'update');
  assert.equal(job.status, 'ROLLBACK_FAILED');
  assert.deepEqual(
    job.leftovers?.map(({ step }) => step),
    ['restore-certificate-images.example.com', 'restore-certificate-videos.example.com'],
  );
  assert.notEqual(await world.picture(), made);
  await performAction(world.ports(), job.id, { action: 'retry', by: '123456789012/user/alice' });
  assert.equal((await world.finish(job.id)).job.status, 'ROLLED_BACK');
  world.pass(3600);
  assert.equal(await world.picture(), made);
});

test('that they go first has to be allowed', async () => {
  const { world, made } = await standing(HTTPS);
  const { job } = await run(world, { ...HTTP, operation: 'update' }, 'update');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'InvalidRequest']);
  assert.match(
    job.problem?.message ?? '',
    /certificate of images\.example\.com, .* are removed before listener HTTP 443 leaves HTTPS/,
  );
  assert.match(job.problem?.message ?? '', /set options\.allowInterruption: true/);
  assert.equal(await world.picture(), made);
});

for (const operation of ['AssociateAdditionalCertificatesWithListener', 'UpdateEndpointGroup']) {
  test(`a listener that came to HTTPS is back at HTTP when ${operation} is refused`, async () => {
    const { world, made } = await standing(HTTP);
    await world.faults([denied(operation)]);
    const { job } = await run(world, { ...HTTPS, ...ALLOWED }, 'update');
    assert.equal(job.status, 'ROLLED_BACK', JSON.stringify([job.problem, job.leftovers]));
    assert.equal(await world.picture(), made);
  });
}
