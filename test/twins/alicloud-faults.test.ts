// The faults of the twins at Alibaba Cloud Global Accelerator, seen by the vendor's SDK core, and the state after a
// kill.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  callWith,
  clientOn,
  foreignListener,
  host,
  https,
  listenerOn,
  port,
  RegionId,
  refused,
  rule,
  settledMs,
  shop,
  startGa,
} from './alicloud-start.ts';
import { named, startedAt } from './start.ts';

const operation = 'CreateListener';

async function startWithReads(context: TestContext, options: Parameters<typeof startGa>[1] = {}) {
  const ga = await startGa(context, options);
  const ids = async () => {
    const { Listeners } = await ga.call('ListListeners', { RegionId, AcceleratorId: shop });
    assert.ok(Array.isArray(Listeners));
    return Listeners.map(({ ListenerId }) => ListenerId).filter(id => id !== foreignListener);
  };
  const rows = async () =>
    (await ga.calls(`?operation=${operation}`)).map(
      (row: Record<string, unknown>) => [row['status'], row['changed'], row['fault']] as const,
    );
  return { ...ga, ids, rows };
}

test('error: any code and status, with the headers that are asked for', async context => {
  const { createListener, faults, ids, rows } = await startWithReads(context);
  const error = { code: 'Throttling.User', status: 429, message: 'slow down' };
  await faults(
    { operation, fault: 'error', error: { ...error, headers: { 'x-acs-retry-after': '300' } } },
    { operation, fault: 'error', error },
    { operation, fault: 'error', error: { code: 'ServiceUnavailable', status: 503, message: 'later' } },
  );
  const first = await createListener().catch((thrown: unknown) => thrown);
  assert.ok(first instanceof Error);
  assert.deepEqual([first.name, Reflect.get(first, 'retryAfter')], ['ThrottlingError', 300]);
  const second = await createListener().catch((thrown: unknown) => thrown);
  assert.ok(second instanceof Error);
  assert.deepEqual([second.name, Reflect.get(second, 'retryAfter')], ['ThrottlingError', undefined]);
  await assert.rejects(createListener(), { name: 'ServerError', ...refused('ServiceUnavailable', 503) });
  assert.deepEqual([await ids(), (await rows()).length], [[], 3]);
});

const unreadable: [why: string, answer: { status: number; body: string }][] = [
  ['502 with HTML', { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' }],
  ['500 with nothing', { status: 500, body: '' }],
  ['431 with nothing', { status: 431, body: '' }],
  ['200 with HTML', { status: 200, body: '<html>maintenance</html>' }],
  ['204', { status: 204, body: '' }],
];

for (const [why, answer] of unreadable) {
  test(`answer: ${why} is a SyntaxError without a status, carried out or not`, async context => {
    const { createListener, faults, ids, rows } = await startWithReads(context);
    await faults(
      { operation, fault: 'answer', answer },
      { operation, fault: 'answer', answer: { ...answer, carriedOut: true } },
    );
    for (const expected of [0, 1]) {
      const error = await createListener().catch((thrown: unknown) => thrown);
      assert.ok(error instanceof SyntaxError);
      assert.equal(Reflect.get(error, 'statusCode'), undefined);
      assert.equal((await ids()).length, expected);
    }
    assert.deepEqual(await rows(), [
      [answer.status, false, 'answer'],
      [answer.status, true, 'answer'],
    ]);
  });
}

test('answer: a 200 with a Code, and a 200 without a State, resolve as they stand', async context => {
  const { call, createListener, faults, ids } = await startWithReads(context);
  const body = JSON.stringify({ RequestId: 'R', HostId: host, Code: 'SystemBusy', Message: 'busy' });
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  await faults(
    { operation, fault: 'answer', answer: { status: 200, headers, body } },
    {
      operation: 'DescribeListener',
      fault: 'answer',
      answer: { status: 200, headers, body: '{"RequestId":"R"}' },
    },
  );
  assert.equal(await createListener(), 'undefined');
  assert.deepEqual(await ids(), []);
  const { State, RequestId } = await call('DescribeListener', { RegionId, ListenerId: foreignListener });
  assert.deepEqual([State, RequestId], [undefined, 'R']);
});

test('dropRequest, lostAnswer: the connection is reset before or after the change', async context => {
  const { createListener, faults, ids } = await startWithReads(context);
  await faults({ operation, fault: 'dropRequest' }, { operation, fault: 'lostAnswer' });
  for (const expected of [0, 1]) {
    await assert.rejects(createListener(), { code: 'ECONNRESET' });
    assert.equal((await ids()).length, expected);
  }
});

test('slowAnswer: the change is made, and a client with a shorter time-out gets no answer', async context => {
  const never = () => new Promise<void>(() => undefined);
  const { faults, ids, port: at } = await startWithReads(context, { sleep: never });
  await faults({ operation, fault: 'slowAnswer', delayMs: 60_000 });
  const impatient = clientOn(at, { timeoutMs: 100 });
  await assert.rejects(callWith(impatient, operation, listenerOn(shop)), named('RequestTimeoutError'));
  assert.equal((await ids()).length, 1);
});

test('slowBody: the headers come, the body later, or too late for who waits less', async context => {
  const { createListener, faults, ids, port: at } = await startWithReads(context);
  await faults(
    { operation, fault: 'slowBody', delayMs: 20 },
    { operation: 'ListListeners', fault: 'slowBody', delayMs: 3_600_000 },
  );
  const id = await createListener();
  const list = callWith(clientOn(at, { timeoutMs: 100 }), 'ListListeners', { RegionId, AcceleratorId: shop });
  await assert.rejects(list, Error);
  assert.deepEqual(await ids(), [id]);
});

test('lateCreate: the listener appears later and settles from then on; its token is that of the call', async context => {
  const { calls, clock, createListener, faults, ids, listener } = await startWithReads(context);
  await faults({ operation, fault: 'lateCreate', delayMs: 60_000 });
  await assert.rejects(createListener({ ClientToken: 'job-1' }), { code: 'ECONNRESET' });
  clock.now += 59_999;
  assert.deepEqual(await ids(), []);
  clock.now += 1;
  const [id] = await ids();
  assert.equal((await listener(id))['State'], 'init');
  assert.equal(await createListener({ ClientToken: 'job-1' }), id);
  const late = (await calls()).find((row: { late?: true }) => row.late);
  assert.equal(late.at, new Date(startedAt + 60_000).toISOString());
});

test('stuck: what is made, changed or deleted stays on its way, and its instance busy, until the fault ends', async context => {
  const { call, clock, control, createListener, faults, listener, state } = await startGa(context);
  const week = 7 * 86_400_000;
  const stuck = async (name: string, act: () => Promise<unknown>, shown: string, id: () => string) => {
    await faults({ operation: name, fault: 'stuck' });
    await act();
    clock.now += week;
    assert.deepEqual([(await listener(id()))['State'], await state()], [shown, 'configuring']);
    await control('DELETE', 'faults');
    assert.equal(await state(), 'active');
  };
  let id = '';
  const make = async () => {
    id = await createListener();
  };
  await stuck(operation, make, 'init', () => id);
  const ListenerId = id;
  await stuck(
    'UpdateListener',
    () => call('UpdateListener', { ListenerId, Name: 'new-name' }),
    'updating',
    () => id,
  );
  await stuck(
    'DeleteListener',
    () => call('DeleteListener', { ListenerId }),
    'deleting',
    () => id,
  );
  await assert.rejects(listener(id), refused('NotExist.Listener'));
});

test('locked: the instance takes no change until the fault ends; reads and other instances go on', async context => {
  const { call, control, createActive, createListener, faults, state } = await startGa(context);
  const ListenerId = await createActive();
  await faults({ operation: 'UpdateListener', fault: 'locked' });
  const update = () => call('UpdateListener', { ListenerId, Name: 'new-name' });
  await assert.rejects(update(), refused('StateError.Accelerator'));
  assert.equal(await state(), 'finacialLocked');
  await assert.rejects(createListener({ PortRanges: [port(80)] }), refused('StateError.Accelerator'));
  await control('DELETE', 'faults');
  assert.equal(await state(), 'active');
  await update();
});

test('a foreign change is visible at once, and shifts the pages of a list', async context => {
  const { call, clock, createActive, port: at } = await startGa(context);
  for (const from of [80, 81, 82]) await createActive({ PortRanges: [port(from)] });
  const page = async (PageNumber: number) => {
    const { Listeners, TotalCount } = await call('ListListeners', {
      RegionId,
      AcceleratorId: shop,
      PageNumber,
      PageSize: 2,
    });
    assert.ok(Array.isArray(Listeners));
    return [Listeners.length, TotalCount];
  };
  assert.deepEqual(await page(1), [2, 4]);
  const colleague = clientOn(at, { key: 'colleague', secret: 'colleague-secret' });
  const { Listeners } = await callWith(colleague, 'ListListeners', { RegionId, AcceleratorId: shop });
  assert.ok(Array.isArray(Listeners));
  await callWith(colleague, 'DeleteListener', { ListenerId: Listeners[1].ListenerId });
  clock.now += settledMs;
  assert.deepEqual(await page(2), [1, 3]);
});

test('a request line beyond 16 KB is read', async context => {
  const { call, createShop, settle } = await startGa(context);
  const { ListenerId, second } = await createShop(https);
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const rules = Array.from({ length: 20 }, (_, index) => rule(second, { Priority: index + 1 }));
  const { ForwardingRules } = await call('CreateForwardingRules', { ...place, ForwardingRules: rules });
  assert.ok(Array.isArray(ForwardingRules));
  settle();
  const name = 'n'.repeat(128);
  const updated = rules.map((each, index) => ({
    ...each,
    ...ForwardingRules[index],
    ForwardingRuleName: name,
    RuleConditions: [
      { RuleConditionType: 'Path', RuleConditionValue: JSON.stringify([`/${'p'.repeat(127)}`]) },
      { RuleConditionType: 'Host', RuleConditionValue: JSON.stringify([`${'h'.repeat(120)}.com`]) },
    ],
  }));
  await call('UpdateForwardingRules', { ...place, ForwardingRules: updated });
  const { ForwardingRules: shown } = await call('ListForwardingRules', place);
  assert.ok(Array.isArray(shown));
  assert.equal(shown[19].ForwardingRuleName, name);
});

test('resources, states, tokens and locks are there after a kill', async context => {
  const dataDir = mkdtempSync(join(tmpdir(), 'twins-'));
  context.after(() => rmSync(dataDir, { recursive: true }));
  const first = await startGa(context, { dataDir });
  const made = await first.createShop();
  const place = { RegionId, AcceleratorId: shop, ListenerId: made.ListenerId };
  const ForwardingRules = [rule(made.second)];
  const asked = { ...place, ForwardingRules, ClientToken: 'job-1' };
  const { ForwardingRules: ids } = await first.call('CreateForwardingRules', asked);
  const second = await startGa(context, { dataDir, at: first.clock.now });
  assert.equal(await second.picture(), await first.picture());
  assert.equal(await second.state(), 'configuring');
  assert.deepEqual((await second.call('CreateForwardingRules', asked))['ForwardingRules'], ids);
  second.settle();
  assert.equal(await second.state(), 'active');
});

test('the picture is equal, byte for byte, after a shop is made and taken down again', async context => {
  const { call, createShop, picture, settle, state } = await startGa(context);
  const before = await picture();
  const { ListenerId, first, second } = await createShop();
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const { ForwardingRules } = await call('CreateForwardingRules', {
    ...place,
    ForwardingRules: [rule(second)],
  });
  assert.ok(Array.isArray(ForwardingRules));
  settle();
  const Certificates = [{ Domain: 'a.example.com', Id: '4490002-cn-hangzhou' }];
  await call('AssociateAdditionalCertificatesWithListener', { ...place, Certificates });
  settle();
  assert.equal(JSON.parse(await picture()).ga.AdditionalCertificates.length, 1);
  await call('DissociateAdditionalCertificatesFromListener', { ...place, Domains: ['a.example.com'] });
  settle();
  await call('DeleteForwardingRules', {
    ...place,
    ForwardingRuleIds: ForwardingRules.map(({ ForwardingRuleId }) => ForwardingRuleId),
  });
  settle();
  for (const EndpointGroupId of [second, first]) {
    await call('DeleteEndpointGroup', { EndpointGroupId });
    settle();
  }
  await call('DeleteListener', { ListenerId });
  assert.notEqual(await picture(), before);
  settle();
  assert.equal(await picture(), before);
  assert.equal(await state(), 'active');
});
