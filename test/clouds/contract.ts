// The one contract of a cloud resource, run against the twins through the real SDK. A resource joins it with one
// line in resources.test.ts and a fixture that says what to want and how others may meddle with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_UPDATES } from '@gatehouse/core/ledger';
import type { Resource } from '@gatehouse/core/resource';
import { type Call, createWorld, type World } from '../world/world.ts';

export interface Subject {
  name: string;
  /** SigV4 service name and operation of its create. */
  service: string;
  createOperation: string;
  /** Brings about what it needs in the cloud, and says what to want there. */
  fixture(world: World): Promise<Fixture>;
}

export interface Fixture {
  resource: Resource;
  desired: object;
  /** The same thing under another natural key: nothing of it stands. */
  elsewhere: { what: string; desired: object }[];
  /** What a stranger may change about it, and the drift that it must make. */
  changes: { what: string; by(id: string): Promise<unknown>; drift: string[] }[];
  /** A stranger hangs something of theirs on it; gives its name. */
  hang(id: string): Promise<string>;
  /** Somebody removes it, with all that hangs on it. */
  vanish(id: string): Promise<unknown>;
}

const MUTATING = /^(Create|Update|Delete|Add|Remove|Register|Deregister|Set)/;
const TOKEN = 'a'.repeat(64);
const OTHER_TOKEN = 'b'.repeat(64);

export function resourceContract(subject: Subject): void {
  const { name, service, createOperation } = subject;
  const a = /^[aeiou]/.test(name) ? 'an' : 'a';

  async function start() {
    const world = createWorld();
    const fixture = await subject.fixture(world);
    const { create, update, remove, strangers } = fixture.resource;
    assert.ok(create && update && remove && strangers, `a ${name} can be made, changed and removed`);
    const before = await world.picture();
    return {
      world,
      before,
      ...fixture,
      resource: { ...fixture.resource, create, update, remove, strangers },
    };
  }

  /** A bench on which it stands already. */
  async function started() {
    const bench = await start();
    const made = await bench.resource.create(bench.desired, TOKEN);
    return { ...bench, made, id: bench.resource.idOf(made) };
  }

  async function creates(world: World): Promise<Call[]> {
    const calls = await mutations(world);
    return calls.filter(call => call.changed && call.operation === createOperation);
  }

  test(`${a} ${name} that nobody made reads as absent`, async () => {
    const { resource, desired } = await start();
    assert.equal(await resource.read(desired, undefined), undefined);
  });

  test(`${a} ${name} is read as it was made, by id and by natural key`, async () => {
    const { resource, desired, made, id } = await started();
    for (const asked of [id, undefined]) {
      const read = await resource.read(desired, asked);
      assert.ok(read, `it is found by ${asked ?? 'its natural key'}`);
      assert.equal(resource.idOf(read), id);
      assert.deepEqual(resource.drift(desired, read), []);
    }
    assert.deepEqual(resource.drift(desired, made), [], 'what the create answered does not drift either');
  });

  test(`a retried create returns the same ${name}`, async () => {
    const { world, resource, desired, id } = await started();
    const again = await resource.create(desired, TOKEN);
    assert.equal(resource.idOf(again), id);
    assert.equal((await creates(world)).length, 1);
  });

  test(`a create of ${a} ${name} whose token was forgotten is refused as AlreadyExists`, async () => {
    const { world, resource, desired } = await start();
    await world.faults([{ service, operation: createOperation, fault: 'forgetTokens', times: 2 }]);
    await resource.create(desired, TOKEN);
    await assert.rejects(() => resource.create(desired, TOKEN), {
      name: 'TerminalError',
      code: 'AlreadyExists',
      outcome: 'none',
    });
    assert.equal((await creates(world)).length, 1);
    assert.deepEqual(
      (await world.reached()).map(fault => fault.reached),
      [2],
    );
  });

  test(`${a} ${name} made under another token is refused as AlreadyExists while the first stands`, async () => {
    const { world, resource, desired } = await started();
    await assert.rejects(() => resource.create(desired, OTHER_TOKEN), { code: 'AlreadyExists' });
    assert.equal((await creates(world)).length, 1);
  });

  test(`a create of ${a} ${name} whose answer was lost is found by its natural key`, async () => {
    const { world, resource, desired } = await start();
    await world.faults([{ service, operation: createOperation, fault: 'lostAnswer', times: 1 }]);
    await assert.rejects(() => resource.create(desired, TOKEN), {
      name: 'RetryableError',
      code: 'NetworkFailure',
      outcome: 'unknown',
    });
    const found = await resource.read(desired, undefined);
    assert.ok(found);
    assert.deepEqual(resource.drift(desired, found), []);
    assert.equal(resource.idOf(await resource.create(desired, TOKEN)), resource.idOf(found));
  });

  test(`drift of ${a} ${name} names exactly what somebody changed, and an update brings it back`, async () => {
    const bench = await started();
    assert.ok(bench.changes.length > 0);
    for (const { what, by, drift } of bench.changes) {
      await by(bench.id);
      const changed = await bench.resource.read(bench.desired, bench.id);
      assert.ok(changed, what);
      assert.deepEqual(bench.resource.drift(bench.desired, changed), drift, what);
      await correct(bench, what);
    }
  });

  test(`an update of ${a} ${name} leaves what others hung on it`, async () => {
    const bench = await started();
    const theirs = await bench.hang(bench.id);
    for (const { what, by } of bench.changes) {
      await by(bench.id);
      const corrected = await correct(bench, what);
      const strangers = await bench.resource.strangers(bench.desired, corrected);
      assert.deepEqual(strangers, [theirs], what);
    }
  });

  test(`strangers on ${a} ${name} are named, and none where there are none`, async () => {
    const { resource, desired, made, id, hang } = await started();
    assert.deepEqual(await resource.strangers(desired, made), []);
    const theirs = await hang(id);
    const read = await resource.read(desired, id);
    assert.deepEqual(await resource.strangers(desired, read), [theirs]);
    assert.deepEqual(resource.drift(desired, read), [], 'what others hang on it is no drift');
  });

  test(`${a} ${name} removed twice is no error, and the cloud is as before`, async () => {
    const { world, before, resource, desired, id } = await started();
    await resource.remove(id, desired, null);
    await resource.remove(id, desired, null);
    assert.equal(await resource.read(desired, id), undefined);
    assert.equal(await resource.read(desired, undefined), undefined);
    assert.equal(await world.picture(), before);
  });

  test(`${a} ${name} that disappeared behind our back reads as absent and is removed without an error`, async () => {
    const { resource, desired, id, vanish } = await started();
    await vanish(id);
    assert.equal(await resource.read(desired, id), undefined);
    assert.equal(await resource.read(desired, undefined), undefined);
    await resource.remove(id, desired, null);
  });

  test(`${a} ${name} that was removed is made anew under another token`, async () => {
    const { resource, desired, id } = await started();
    await resource.remove(id, desired, null);
    const next = await resource.create(desired, OTHER_TOKEN);
    assert.notEqual(resource.idOf(next), id);
    assert.deepEqual(resource.drift(desired, next), []);
  });

  test(`${a} ${name} under another natural key is not ours and is not found`, async () => {
    const { resource, elsewhere } = await started();
    assert.ok(elsewhere.length > 0);
    for (const { what, desired } of elsewhere) {
      assert.equal(await resource.read(desired, undefined), undefined, what);
    }
  });

  test(`${a} ${name} says how it settles, within limits`, async () => {
    const { resource, made } = await started();
    const { firstSeconds, mostSeconds, limitSeconds, readings } = resource.settles;
    assert.ok(firstSeconds > 0 && firstSeconds <= mostSeconds && mostSeconds <= limitSeconds);
    assert.ok(readings >= 1);
    assert.equal(typeof resource.ready(made).ready, 'boolean');
  });
}

type Bench = Fixture & {
  world: World;
  id: string;
  resource: Pick<Required<Resource>, 'update' | 'read' | 'drift'>;
};

/** Updates until nothing drifts, each with one mutating call at most. */
async function correct({ world, resource, desired, id }: Bench, what: string): Promise<unknown> {
  let observed = await resource.read(desired, id);
  let updates = 0;
  while (resource.drift(desired, observed).length > 0) {
    updates++;
    assert.ok(updates <= MAX_UPDATES, `${what}: at rest after ${MAX_UPDATES} updates`);
    const before = (await mutations(world)).length;
    observed = await resource.update(desired, observed);
    assert.equal((await mutations(world)).length - before, 1, `${what}: one mutating call per update`);
  }
  const read = await resource.read(desired, id);
  assert.deepEqual(resource.drift(desired, read), [], `${what}: a read finds it back as desired`);
  return read;
}

async function mutations(world: World): Promise<Call[]> {
  return (await world.calls()).filter(call => MUTATING.test(call.operation));
}
