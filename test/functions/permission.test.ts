// Who may do what, over the API: what is refused, what is said, and that nothing is written.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plannerKey } from '@gatehouse/core/record/records';
import { type Access, OPEN_ACCESS, parseAccess } from '@gatehouse/core/request/access';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { callerOf } from '@gatehouse/functions/api/caller';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { readRequestRules } from '@gatehouse/functions/environment';
import { parse } from 'yaml';
import { createWorld } from '../world/world.ts';
import { apiPorts, apiRequest, posted, REQUEST, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ALICE = '123456789012/user/alice';
const BOB = '123456789012/role/bob';
const ADMIN = '123456789012/role/network';

function portsWith(access: Access) {
  const { ports, counted } = apiPorts();
  return { ports: { ...ports, settings: { ...ports.settings, access } }, counted };
}

test('a request beyond what its caller may use is a 403 with every place, writes nothing and keeps its key free', async () => {
  const { ports, counted } = portsWith(
    parseAccess({ callers: { [ALICE]: { accelerators: [], regions: ['us-east-1'] } } }),
  );
  const answer = await submitJob(ports, posted(REQUEST));
  assertDocumented('POST /v1/jobs', answer);
  assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotAllowed']);
  assert.deepEqual(
    [0, 1].map(at => told(answer, 'errors', at, 'pointer')),
    ['/listener/acceleratorArn', '/endpointGroups/0/region'],
  );
  assert.match(String(told(answer, 'errors', 1, 'detail')), /us-east-1/);
  assert.equal(counted.writes, 0);
  const open = { ...ports, settings: { ...ports.settings, access: OPEN_ACCESS } };
  assert.equal((await submitJob(open, posted(REQUEST))).headers?.['idempotent-replayed'], undefined);
  const replayed = await submitJob(ports, posted(REQUEST));
  assert.equal(replayed.status, 202, 'a job that was accepted once is still shown under its key');
});

test('a part without a region is judged by the region that it will be in', async () => {
  const { ports } = portsWith(parseAccess({ callers: { '*': { regions: ['us-east-1'] } } }));
  const { listener: _, endpointGroups: __, ...rest } = REQUEST;
  const targetGroups = [{ name: 'orders', type: 'LAMBDA' }];
  const answer = await submitJob(ports, posted({ ...rest, targetGroups }));
  assert.equal(told(answer, 'errors', 0, 'pointer'), '/targetGroups/0/region', JSON.stringify(answer.body));
});

test('an action by another caller is a 403 that names the requester, and changes nothing', async () => {
  const { ports, counted } = portsWith({ ...OPEN_ACCESS, administrators: [ADMIN] });
  const id = String(told(await submitJob(ports, posted(REQUEST)), 'id'));
  const writes = counted.writes;
  const cancelling = (caller: string) => cancelJob(ports, apiRequest({ caller, parameters: { id } }));
  const answer = await cancelling(BOB);
  assertDocumented('POST /v1/jobs/{id}/cancel', answer);
  assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotOwner']);
  assert.match(String(told(answer, 'detail')), /was requested by 123456789012\/user\/alice/);
  assert.equal(counted.writes, writes);
  assert.equal((await cancelling(ADMIN)).status, 202, 'an administrator may');
});

test('the rules are read from the environment, and invalid ones end the start with the reason', () => {
  assert.deepEqual(readRequestRules({}).access, OPEN_ACCESS);
  const text = JSON.stringify({ administrators: [ADMIN] });
  assert.deepEqual(readRequestRules({ GATEHOUSE_ACCESS: text }).access.administrators, [ADMIN]);
  for (const [broken, says] of [
    ['{', /GATEHOUSE_ACCESS is not valid/],
    ['{"admins": []}', /admins/],
  ] as const)
    assert.throws(() => readRequestRules({ GATEHOUSE_ACCESS: broken }), says);
});

test('a token of the documented issuer is a caller whom the rules of the documentation limit', async () => {
  const issuer = 'https://login.example.com/';
  const rules = readRequestRules({
    GATEHOUSE_TOKEN_ISSUER: issuer,
    GATEHOUSE_ACCESS: JSON.stringify({ callers: { 'login.example.com/alice': { accelerators: [] } } }),
  });
  const caller = callerOf({
    requestContext: { authorizer: { jwt: { claims: { iss: issuer, sub: 'alice' }, scopes: [] } } },
  } as never);
  const { ports } = portsWith(rules.access);
  const answer = await submitJob(ports, { ...posted(REQUEST), caller: String(caller) });
  assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotAllowed']);
});

test('rules that no caller can match end the start with the nearest caller', () => {
  for (const [name, issuer, nearest] of [
    ['123456789012/role/team/deployer', undefined, '123456789012/role/deployer'],
    ['login.example.com//alice', 'https://login.example.com/', 'login.example.com/alice'],
    ['123456789012/role/deployer', 'https://login.example.com', 'login.example.com/deployer'],
  ] as const) {
    const GATEHOUSE_ACCESS = JSON.stringify({ callers: { [name]: {} } });
    const env = { GATEHOUSE_ACCESS, ...(issuer ? { GATEHOUSE_TOKEN_ISSUER: issuer } : {}) };
    assert.throws(() => readRequestRules(env), new RegExp(`GATEHOUSE_ACCESS is not valid.*\`${nearest}\``));
  }
});

test('the example of the docs is valid', () => {
  parseAccess(parse(readFileSync('docs/access-example.yaml', 'utf8')));
});

test('only the owner changes an existing entry point: others are refused at once, or when their job would begin', async () => {
  const world = createWorld();
  await world.finish(String(told(await submitJob(world.ports(), posted(REQUEST)), 'id')));
  const writes = world.writes();
  for (const operation of ['update', 'remove']) {
    const { entryPoint } = REQUEST;
    const value = operation === 'update' ? { ...REQUEST, operation } : { operation, entryPoint };
    const answer = await submitJob(world.ports(), {
      ...posted(value, { 'idempotency-key': operation }),
      caller: BOB,
    });
    assertDocumented('POST /v1/jobs', answer);
    assert.deepEqual([answer.status, told(answer, 'code')], [403, 'NotOwner']);
    assert.match(String(told(answer, 'detail')), /checkout-edge belongs to 123456789012\/user\/alice/);
  }
  assert.equal(world.writes(), writes);
});

test('everybody may plan, and the plan for another than the owner says who may run it', async () => {
  const world = createWorld();
  await world.finish(String(told(await submitJob(world.ports(), posted(REQUEST)), 'id')));
  for (const value of [
    { ...REQUEST, operation: 'update', endpointGroups: [] },
    { operation: 'remove', entryPoint: REQUEST.entryPoint },
  ]) {
    const [own, foreign] = [
      await createPlan(world.ports(), posted(value)),
      await createPlan(world.ports(), { ...posted(value), caller: BOB }),
    ];
    assertDocumented('POST /v1/plans', foreign);
    assert.equal(foreign.status, 200);
    const { warnings, ...plan } = Object(foreign.body);
    const { warnings: others, ...same } = Object(own.body);
    assert.deepEqual(plan, same);
    assert.match(warnings[0], /^You may not run this: checkout-edge belongs to 123456789012\/user\/alice/);
    assert.deepEqual(warnings.slice(1), others);
  }
});

test('a caller makes at most five plans at once, others at the same time as many, and a crash takes no place for long', async () => {
  const world = createWorld();
  const ports = world.ports();
  const plan = (caller: string) => createPlan(ports, { ...posted(REQUEST), caller });
  const statuses = async (plans: Promise<ApiAnswer>[]) => (await Promise.all(plans)).map(each => each.status);
  const [alice, bob] = ['123456789012/user/alice', BOB];
  const made = await statuses([
    ...[1, 2, 3, 4, 5, 6].map(() => plan(alice)),
    ...[1, 2, 3, 4, 5].map(() => plan(bob)),
  ]);
  assert.equal(made.filter(status => status === 429).length, 1);
  assert.equal(made.filter(status => status === 200).length, 10);
  assert.equal((await plan(alice)).status, 200, 'each plan gives its place back');
  const now = ports.clock.now().getTime();
  for (let place = 0; place < 5; place++)
    await ports.store.put(plannerKey(alice, place), { until: now + 30_000 }, 0);
  const refused = await plan(alice);
  assertDocumented('POST /v1/plans', refused);
  assert.deepEqual(
    [refused.status, told(refused, 'code'), told(refused, 'retryable'), refused.headers?.['retry-after']],
    [429, 'TooManyPlans', true, '2'],
  );
  const clock = { ...ports.clock, now: () => new Date(now + 30_001) };
  assert.equal((await createPlan({ ...ports, clock }, posted(REQUEST))).status, 200);
});

test('a job that was accepted before another caller created the entry point fails when it begins', async () => {
  const world = createWorld();
  const provisioned = await submitJob(world.ports(), posted(REQUEST));
  const update = posted({ ...REQUEST, operation: 'update' }, { 'idempotency-key': 'update' });
  const accepted = await submitJob(world.ports(), { ...update, caller: BOB });
  assert.equal(accepted.status, 202, 'nothing stands yet');
  await world.finish(String(told(provisioned, 'id')));
  const { job } = await world.finish(String(told(accepted, 'id')));
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'NotOwner']);
});

test('a name that exists is refused to every other caller at once, also while a job of its owner is open', async () => {
  const world = createWorld();
  await world.finish(String(told(await submitJob(world.ports(), posted(REQUEST)), 'id')));
  const update = posted({ ...REQUEST, operation: 'update' }, { 'idempotency-key': 'update' });
  assert.equal((await submitJob(world.ports(), update)).status, 202);
  const writes = world.writes();
  const provision = { ...posted(REQUEST, { 'idempotency-key': 'again' }), caller: BOB };
  const answer = await submitJob(world.ports(), provision);
  assertDocumented('POST /v1/jobs', answer);
  assert.deepEqual([answer.status, told(answer, 'code')], [409, 'EntryPointExists']);
  assert.match(String(told(answer, 'detail')), /belongs to 123456789012\/user\/alice; choose another name/);
  assert.equal(world.writes(), writes);
  const mine = posted(REQUEST, { 'idempotency-key': 'mine' });
  assert.equal(
    (await submitJob(world.ports(), mine)).status,
    202,
    'the open job can be a removal of its owner',
  );
});

test('rules that changed while a job waited apply when it begins, before any change', async () => {
  const world = createWorld();
  const provision = { ...posted(REQUEST), caller: ADMIN };
  const provisioned = String(told(await submitJob(world.ports(), provision), 'id'));
  const update = posted({ ...REQUEST, operation: 'update' }, { 'idempotency-key': 'update' });
  const waiting = String(told(await submitJob(world.ports(), update), 'id'));
  world.settings.access = parseAccess({
    administrators: [ADMIN],
    callers: { '*': { regions: ['us-east-1'] } },
  });
  assert.equal((await world.finish(provisioned)).job.status, 'SUCCEEDED');
  const { job, plan } = await world.finish(waiting);
  assert.deepEqual([job.status, job.problem?.code, plan], ['FAILED', 'NotAllowed', undefined]);
  assert.equal(job.problem?.errors?.[0]?.pointer, '/endpointGroups/0/region');
});
