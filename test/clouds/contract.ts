// The one contract of a cloud resource, run against the twins through the real SDK. A resource joins it with one
// line in resources.test.ts and a fixture that says what to want and how others may meddle with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '@gatehouse/core/ports/resource';
import { MAX_UPDATES } from '@gatehouse/core/record/ledger';
import { type Call, createWorld, type World } from '../world/world.ts';

export interface Subject {
  name: string;
  /** SigV4 service name and operation of its create. */
  service: string;
  createOperation: string;
  /** Where its API has a shape of its own. */
  traits?: Traits;
  /** Brings about what it needs in the cloud, and says what to want there. */
  fixture(world: World): Promise<Fixture>;
}

/** Unsaid, a kind has a token, ids that the cloud gives, and settles (if it does) elsewhere. */
export interface Traits {
  /** A second create, where no token tells whose it is: its name is refused, or what stands is set once more. */
  createdAgain?: 'refused' | 'accepted';
  /** The API gives no ids: its natural key is its id, also of another that is made under it later. */
  keyIsId?: true;
  /** The API has no call that changes it: drift is told, and there is nothing to bring it back. */
  immutable?: true;
  /** Its update only goes on with its create: what else is wanted is another step's. */
  madeInParts?: true;
  /** It is there or it is not: nothing of it can be different. */
  indivisible?: true;
  /** Nothing can hang on it. */
  bare?: true;
  /** It is a share of a list in which others have theirs. */
  shared?: true;
  /** Its create and its removal go on by themselves; after so many seconds they are over. */
  settlesSeconds?: number;
}

export interface Fixture {
  resource: Resource;
  desired: object;
  /** The same thing under another natural key: nothing of it stands. */
  elsewhere: { what: string; desired: object }[];
  /** What a stranger may change about it, and the drift that it must make. */
  changes: { what: string; by(id: string): Promise<unknown>; drift: string[] }[];
  /** The same id with something else wanted of it that no call changes. */
  elsewhereInPlace?: { what: string; desired: object }[];
  /** What an update may want of it instead; where it can be changed. */
  updates?: { what: string; desired: object }[];
  /** What a stranger may change after the first of those updates, and where that is in the image. */
  meanwhile?: { what: string; by(id: string): Promise<unknown>; member: string[] }[];
  /** A stranger hangs something of theirs on it; gives its name. Absent where it has nothing to hang on. */
  hang?(id: string): Promise<string>;
  /** Where it is a share of a list: a stranger puts theirs beside it, and what of others stands there. */
  beside?: { put(): Promise<unknown>; standing(): Promise<string[]> };
  /** Somebody removes it, with all that hangs on it. */
  vanish(id: string): Promise<unknown>;
}

const MUTATING = /^(Create|Update|Delete|Add|Remove|Register|Deregister|Set|Tag|Untag|Associate|Dissociate)/;
const TOKEN = 'a'.repeat(64);
const OTHER_TOKEN = 'b'.repeat(64);

export function resourceContract(subject: Subject): void {
  const { name, service, createOperation, traits = {} } = subject;
  const { createdAgain = 'byToken', keyIsId = false, immutable = false, settlesSeconds = 0 } = traits;
  const { indivisible = false, bare = false, shared = false } = traits;
  const a = /^[aeiou]/.test(name) ? 'an' : 'a';

  async function start() {
    const world = createWorld();
    const fixture = await subject.fixture(world);
    const { create, update, remove, foreignDependents } = fixture.resource;
    assert.ok(create && remove, `${a} ${name} can be made and removed`);
    assert.equal(update === undefined, immutable, `${a} ${name} can be changed, or is said to be immutable`);
    assert.equal(foreignDependents === undefined, bare, 'what can hang on it is named');
    assert.equal(fixture.hang === undefined, bare, 'a stranger hangs something on it');
    assert.equal(fixture.beside !== undefined, shared, 'a stranger has something beside it');
    assert.equal(fixture.changes.length === 0, indivisible, 'a stranger changes it');
    const before = await world.picture();
    return { world, before, ...fixture, resource: { ...fixture.resource, create, remove } };
  }

  /** A bench on which it stands already, and has settled. */
  async function started() {
    const bench = await start();
    const made = await bench.resource.create(bench.desired, TOKEN);
    bench.world.pass(settlesSeconds);
    return { ...bench, made, id: bench.resource.idOf(made) };
  }

  async function removeUntilGone(bench: Awaited<ReturnType<typeof started>>) {
    await bench.resource.remove(bench.id, bench.desired, null);
    bench.world.pass(settlesSeconds);
  }

  async function creates(world: World): Promise<Call[]> {
    const calls = await mutations(world);
    return calls.filter(call => call.changed && call.operation === createOperation);
  }

  test(`${a} ${name} that does not exist reads as absent`, async () => {
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

  if (createdAgain === 'byToken') {
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
  }

  if (createdAgain === 'accepted') {
    test(`a retried create of ${a} ${name} changes nothing, under whichever token`, async () => {
      const { world, resource, desired, id } = await started();
      const standing = await world.picture();
      for (const token of [TOKEN, OTHER_TOKEN]) {
        assert.equal(resource.idOf(await resource.create(desired, token)), id);
      }
      assert.equal(await world.picture(), standing);
      assert.equal((await creates(world)).length, 1);
    });
  } else {
    test(`${a} ${name} created with another token is refused as AlreadyExists while the first exists`, async () => {
      const { world, resource, desired } = await started();
      const tokens = createdAgain === 'refused' ? [TOKEN, OTHER_TOKEN] : [OTHER_TOKEN];
      for (const token of tokens) {
        await assert.rejects(() => resource.create(desired, token), {
          name: 'TerminalError',
          code: 'AlreadyExists',
          outcome: 'none',
        });
      }
      assert.equal((await creates(world)).length, 1);
    });
  }

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
    assert.notEqual(resource.owns?.(desired, found), false, 'where it can be proven, it is proven ours');
    if (createdAgain === 'refused') return;
    assert.equal(resource.idOf(await resource.create(desired, TOKEN)), resource.idOf(found));
    assert.equal((await creates(world)).length, 1);
  });

  test(`a create of ${a} ${name} whose request was dropped made nothing`, async () => {
    const { world, before, resource, desired } = await start();
    await world.faults([{ service, operation: createOperation, fault: 'dropRequest', times: 1 }]);
    await assert.rejects(() => resource.create(desired, TOKEN), { outcome: 'unknown' });
    assert.equal(await resource.read(desired, undefined), undefined);
    assert.equal(await world.picture(), before);
    await resource.create(desired, TOKEN);
    assert.equal((await creates(world)).length, 1);
  });

  if (!indivisible) {
    test(`drift of ${a} ${name} names exactly what somebody changed${immutable ? '' : ', and an update brings it back'}`, async () => {
      const bench = await started();
      for (const { what, by, drift } of bench.changes) {
        await by(bench.id);
        const changed = await bench.resource.read(bench.desired, bench.id);
        assert.ok(changed, what);
        assert.deepEqual(bench.resource.drift(bench.desired, changed), drift, what);
        if (!immutable) await correct(bench, what);
      }
    });
  }

  if (!immutable && !bare) {
    test(`an update of ${a} ${name} keeps foreign dependents`, async () => {
      const bench = await started();
      const theirs = await bench.hang?.(bench.id);
      for (const { what, by } of bench.changes) {
        await by(bench.id);
        const corrected = await correct(bench, what);
        const foreignObjects = await bench.resource.foreignDependents?.(bench.desired, corrected);
        assert.deepEqual(foreignObjects, [theirs], what);
      }
    });
  }

  if (!bare) {
    test(`foreign dependents of ${a} ${name} are named, and none if there are none`, async () => {
      const { resource, desired, made, id, hang } = await started();
      assert.deepEqual(await resource.foreignDependents?.(desired, made), []);
      const theirs = await hang?.(id);
      const read = await resource.read(desired, id);
      assert.deepEqual(await resource.foreignDependents?.(desired, read), [theirs]);
      assert.deepEqual(resource.drift(desired, read), [], 'what others hang on it is no drift');
    });
  }

  if (shared) {
    test(`foreign objects beside ${a} ${name} stay, in create, update and removal`, async () => {
      const bench = await start();
      const { world, resource, desired, beside, changes } = bench;
      assert.ok(beside);
      await beside.put();
      const theirs = await beside.standing();
      assert.ok(theirs.length > 0);
      const id = resource.idOf(await resource.create(desired, TOKEN));
      world.pass(settlesSeconds);
      assert.deepEqual(await beside.standing(), theirs, 'after the create');
      for (const { what, by } of changes) {
        await by(id);
        await correct({ ...bench, id }, what);
        assert.deepEqual(await beside.standing(), theirs, what);
      }
      await removeUntilGone({ ...bench, id, made: undefined });
      assert.equal(await resource.read(desired, id), undefined);
      assert.deepEqual(await beside.standing(), theirs, 'after the removal');
    });
  }

  test(`${a} ${name} removed twice is no error, and the cloud is as before`, async () => {
    const { world, before, resource, desired, id } = await started();
    await resource.remove(id, desired, null);
    await resource.remove(id, desired, null);
    world.pass(settlesSeconds);
    await resource.remove(id, desired, null);
    assert.equal(await resource.read(desired, id), undefined);
    assert.equal(await resource.read(desired, undefined), undefined);
    assert.equal(await world.picture(), before);
  });

  test(`a removal of ${a} ${name} whose answer was lost is seen by the next read`, async () => {
    const bench = await started();
    const [removal] = await removalOf(bench, subject);
    const { world, resource, desired, id } = await started();
    await world.faults([{ service, operation: String(removal), fault: 'lostAnswer', times: 1 }]);
    await assert.rejects(() => resource.remove(id, desired, null), { outcome: 'unknown' });
    world.pass(settlesSeconds);
    assert.equal(await resource.read(desired, id), undefined);
    await resource.remove(id, desired, null);
  });

  test(`${a} ${name} that disappeared behind our back reads as absent and is removed without an error`, async () => {
    const { resource, desired, id, vanish } = await started();
    await vanish(id);
    assert.equal(await resource.read(desired, id), undefined);
    assert.equal(await resource.read(desired, undefined), undefined);
    await resource.remove(id, desired, null);
  });

  test(`${a} ${name} that was removed is made anew under another token`, async () => {
    const bench = await started();
    await removeUntilGone(bench);
    const { resource, desired, id } = bench;
    const next = await resource.create(desired, OTHER_TOKEN);
    if (keyIsId) assert.equal(resource.idOf(next), id);
    else assert.notEqual(resource.idOf(next), id);
    assert.deepEqual(resource.drift(desired, next), []);
  });

  test(`${a} ${name} under another natural key is not ours and is not found`, async () => {
    const { resource, elsewhere } = await started();
    assert.ok(elsewhere.length > 0);
    for (const { what, desired } of elsewhere) {
      assert.equal(await resource.read(desired, undefined), undefined, what);
    }
  });

  test(`${a} ${name} declares how it settles, within limits, and is ready once it has settled`, async () => {
    const { world, resource, desired, made, id } = await started();
    const { initialDelaySeconds, maxDelaySeconds, readyLimitSeconds, consecutiveReady } = resource.settles;
    assert.ok(
      initialDelaySeconds > 0 &&
        initialDelaySeconds <= maxDelaySeconds &&
        maxDelaySeconds <= readyLimitSeconds,
    );
    assert.ok(consecutiveReady >= 1);
    assert.equal(resource.ready(made).ready, settlesSeconds === 0, 'as the create answered');
    world.pass(readyLimitSeconds);
    assert.deepEqual(resource.ready(await resource.read(desired, id)), { ready: true });
  });
}

type Bench = Fixture & {
  world: World;
  id: string;
};

/** The operation that takes it away, as the wire shows it. */
async function removalOf({ world, resource, desired, id }: Bench, { name }: Subject): Promise<string[]> {
  const before = (await mutations(world)).length;
  await resource.remove?.(id, desired, null);
  const operations = (await mutations(world)).slice(before).map(call => call.operation);
  assert.equal(operations.length, 1, `one mutating call removes a ${name}`);
  return operations;
}

/** Updates until nothing drifts, each with one mutating call at most. */
export async function correct({ world, resource, desired, id }: Bench, what: string): Promise<unknown> {
  let observed = await resource.read(desired, id);
  let updates = 0;
  while (resource.drift(desired, observed).length > 0) {
    updates++;
    assert.ok(updates <= MAX_UPDATES, `${what}: at rest after ${MAX_UPDATES} updates`);
    const before = (await mutations(world)).length;
    observed = await resource.update?.(desired, observed);
    assert.equal((await mutations(world)).length - before, 1, `${what}: one mutating call per update`);
  }
  const read = await resource.read(desired, id);
  assert.deepEqual(resource.drift(desired, read), [], `${what}: a read finds it back as desired`);
  return read;
}

export async function mutations(world: World): Promise<Call[]> {
  return (await world.calls()).filter(call => MUTATING.test(call.operation));
}
