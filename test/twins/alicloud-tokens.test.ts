// Client tokens of Alibaba Cloud Global Accelerator: the answers to repeated writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callWith, clientOn, listenerOn, port, refused, shop, startGa } from './alicloud-start.ts';

const ClientToken = 'job-1-listener-0';

test('the same write under its token is answered as before, also while the first is under way', async context => {
  const { calls, createListener, settle } = await startGa(context);
  const id = await createListener({ ClientToken });
  assert.equal(await createListener({ ClientToken }), id);
  settle();
  assert.equal(await createListener({ ClientToken }), id);
  assert.deepEqual(
    (await calls('?operation=CreateListener')).map((row: { changed: boolean }) => row.changed),
    [true, false, false],
  );
});

test('a token with other parameters is refused, or gives the first answer', async context => {
  const { createActive, createListener, set } = await startGa(context);
  const id = await createActive({ ClientToken });
  const again = () => createListener({ ClientToken, PortRanges: [port(80)] });
  await assert.rejects(again(), refused('IdempotentParameterMismatch'));
  await set({ tokenMismatch: 'replay' });
  assert.equal(await again(), id);
});

test('a refused call does not use its token up', async context => {
  const { createListener, settle } = await startGa(context);
  await createListener();
  const create = () => createListener({ ClientToken, PortRanges: [port(80)] });
  await assert.rejects(create(), refused('StateError.Accelerator'));
  settle();
  assert.match(await create(), /^lsr-/);
});

test('a deletion comes again under its token after the listener is gone', async context => {
  const { call, createActive, settle } = await startGa(context);
  const ListenerId = await createActive();
  await call('DeleteListener', { ListenerId, ClientToken });
  settle();
  await call('DeleteListener', { ListenerId, ClientToken });
  await assert.rejects(call('DeleteListener', { ListenerId }), refused('NotExist.Listener'));
});

test('tokenScope: a token is of one key and operation, or of the account', async context => {
  const { call, createListener, port: at, set, settle } = await startGa(context);
  const ListenerId = await createListener({ ClientToken });
  settle();
  const colleague = clientOn(at, { key: 'colleague', secret: 'colleague-secret' });
  const theirs = (from: number) =>
    callWith(colleague, 'CreateListener', listenerOn(shop, { ClientToken, PortRanges: [port(from)] }));
  assert.notEqual((await theirs(80))['ListenerId'], ListenerId);
  settle();
  await set({ tokenScope: 'account' });
  await createListener({ ClientToken: 'another', PortRanges: [port(81)] });
  settle();
  await assert.rejects(
    call('DeleteListener', { ListenerId, ClientToken: 'another' }),
    refused('IdempotentParameterMismatch'),
  );
});

test('tokenAfterDelete: the token of a listener that is gone gives the old answer, or creates', async context => {
  const { call, createListener, set, settle } = await startGa(context);
  const ListenerId = await createListener({ ClientToken });
  settle();
  await call('DeleteListener', { ListenerId });
  settle();
  assert.equal(await createListener({ ClientToken }), ListenerId);
  await set({ tokenAfterDelete: 'create' });
  assert.notEqual(await createListener({ ClientToken }), ListenerId);
});

test('tokenSeconds: after them a token is forgotten', async context => {
  const { clock, createListener, set } = await startGa(context);
  await set({ tokenSeconds: 600 });
  await createListener({ ClientToken });
  clock.now += 599_999;
  await createListener({ ClientToken });
  clock.now += 1;
  await assert.rejects(createListener({ ClientToken }), refused('PortConflict.Listener'));
});

test('forgetTokens: a token is neither looked up nor remembered', async context => {
  const { createActive, createListener, faults } = await startGa(context);
  await faults({ operation: 'CreateListener', fault: 'forgetTokens' });
  await createActive({ ClientToken });
  await assert.rejects(createListener({ ClientToken }), refused('PortConflict.Listener'));
});

test('a token has at most 64 characters', async context => {
  const { createListener } = await startGa(context);
  await assert.rejects(
    createListener({ ClientToken: 'a'.repeat(65) }),
    refused('IllegalParameter.ClientToken'),
  );
  await createListener({ ClientToken: 'a'.repeat(64) });
});
