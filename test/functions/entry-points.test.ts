// The inventory as the API shows it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { getEntryPoint } from '@gatehouse/functions/api/get-entry-point';
import { listEntryPoints } from '@gatehouse/functions/api/list-entry-points';
import { parse } from 'yaml';
import { createWorld } from '../world/world.ts';
import { apiRequest, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const cookie = parse(readFileSync('examples/app-cookie.yaml', 'utf8'));
const voice = parse(readFileSync('examples/voice-udp.yaml', 'utf8'));

const named = (name: string) => apiRequest({ parameters: { name } });

test('an entry point is shown with every cloud id, its spec, its owner and its job', async () => {
  const world = createWorld();
  const { id } = await world.submit(voice);
  const { ledger } = await world.finish(id);
  const answer = await getEntryPoint(world.ports(), named('voice-udp'));
  assert.equal(answer.status, 200);
  const resources = told(answer, 'resources') as Record<string, unknown>[];
  assert.deepEqual(
    resources.map(({ step, kind, title, id }) => [step, kind, title, id]),
    [
      ['listener', 'listener', 'listener UDP 16384-16484, 3478', ledger.get('listener')?.id],
      [
        'endpoint-group-ap-southeast-2',
        'endpointGroup',
        'endpoint group ap-southeast-2',
        ledger.get('endpoint-group-ap-southeast-2')?.id,
      ],
    ],
  );
  const [listener] = resources as { desired: { protocol: string } }[];
  assert.equal(listener?.desired.protocol, 'UDP');
  assert.equal(told(answer, 'owner'), '123456789012/user/alice');
  assert.equal(told(answer, 'lastJob'), id);
  assert.equal(told(answer, 'spec', 'listener', 'protocol'), 'UDP');
  assert.deepEqual(told(answer, 'links'), {
    self: '/v1/entry-points/voice-udp',
    job: `/v1/jobs/${id}`,
    jobs: '/v1/jobs?entryPoint=voice-udp',
  });
});

test('the inventory is listed by pages, the youngest first', async () => {
  const world = createWorld();
  for (const [key, request] of [
    ['a', cookie],
    ['b', voice],
  ] as const) {
    await world.finish((await world.submit(request, key)).id);
  }
  const first = await listEntryPoints(world.ports(), apiRequest({ query: { pageSize: '1' } }));
  assert.deepEqual([told(first, 'items', 0, 'name'), told(first, 'items', 1)], ['voice-udp', undefined]);
  const pageToken = String(told(first, 'nextPageToken'));
  const second = await listEntryPoints(world.ports(), apiRequest({ query: { pageSize: '1', pageToken } }));
  assert.equal(told(second, 'items', 0, 'name'), 'app-cookie');
});

test('the inventory is listed by cloud, owner and age, and an unknown filter is a 400', async () => {
  const world = createWorld();
  await world.finish((await world.submit(cookie, 'a')).id);
  const between = world.now().toISOString();
  world.pass(1);
  await world.finish((await world.submit(voice, 'b')).id);
  const names = async (query: Record<string, string>) => {
    const answer = await listEntryPoints(world.ports(), apiRequest({ query }));
    assertDocumented('GET /v1/entry-points', answer);
    return [0, 1].flatMap(at => told(answer, 'items', at, 'name') ?? []);
  };
  assert.deepEqual(await names({ cloud: 'aws' }), ['voice-udp', 'app-cookie']);
  assert.deepEqual(await names({ cloud: 'alicloud' }), []);
  assert.deepEqual(await names({ owner: '123456789012/user/alice' }), ['voice-udp', 'app-cookie']);
  assert.deepEqual(await names({ owner: '123456789012/user/bob' }), []);
  assert.deepEqual(await names({ createdAfter: between }), ['voice-udp']);
  const wrong = await listEntryPoints(world.ports(), apiRequest({ query: { status: 'RUNNING' } }));
  assert.deepEqual([wrong.status, told(wrong, 'errors', 0, 'pointer')], [400, '/status']);
});

test('an unknown name is a 404, which names the job that is about to create the entry point', async () => {
  const world = createWorld();
  const none = await getEntryPoint(world.ports(), named('nothing'));
  assert.deepEqual([none.status, told(none, 'code')], [404, 'EntryPointNotFound']);
  const { id } = await world.submit(voice);
  const open = await getEntryPoint(world.ports(), named('voice-udp'));
  assert.equal(open.status, 404);
  assert.equal(told(open, 'links', 'runningJob'), `/v1/jobs/${id}`);
  await world.finish(id);
});

test('a rolled back job leaves no entry point', async () => {
  const world = createWorld();
  const error = { code: 'AccessDeniedException', status: 403, message: 'no' };
  const fault = {
    service: 'globalaccelerator',
    operation: 'CreateEndpointGroup',
    fault: 'error',
    times: 1,
    error,
  };
  await world.faults([fault]);
  await world.finish((await world.submit(voice)).id);
  assert.equal((await getEntryPoint(world.ports(), named('voice-udp'))).status, 404);
});

test('a bad page size is a 400 with its pointer', async () => {
  const world = createWorld();
  const answer = await listEntryPoints(world.ports(), apiRequest({ query: { pageSize: '0' } }));
  assert.deepEqual([answer.status, told(answer, 'errors', 0, 'pointer')], [400, '/pageSize']);
});
