// The part of the resource contract that updates, plans and forced removals stand on: what stands is said as plain data;
// an update is taken back member by member, from wherever it got to; what cannot change in place is named; what others
// hung on a resource can be taken off it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../world/world.ts';
import { correct, type Fixture, mutations, type Subject } from './contract.ts';

const TOKEN = 'a'.repeat(64);
const MAX_CALLS = 10;

type Image = Record<string, unknown>;

export function updateContract(subject: Subject): void {
  const { name, traits = {} } = subject;
  const { immutable = false, indivisible = false, bare = false, settlesSeconds = 0 } = traits;
  const { madeInParts = false } = traits;
  const a = /^[aeiou]/.test(name) ? 'an' : 'a';

  async function started() {
    const world = createWorld();
    const fixture = await subject.fixture(world);
    const { create, remove, snapshot } = fixture.resource;
    assert.ok(create && remove && snapshot, `${a} ${name} says what stands`);
    const made = await create(fixture.desired, TOKEN);
    world.pass(settlesSeconds);
    const id = fixture.resource.idOf(made);
    const look = async () => {
      const read = await fixture.resource.read(fixture.desired, id);
      assert.ok(read);
      return read;
    };
    return { world, ...fixture, resource: { ...fixture.resource, remove, snapshot }, made, id, look };
  }

  type Bench = Awaited<ReturnType<typeof started>>;

  /** As a ledger keeps it. */
  async function snapshotOf({ resource, look }: Bench): Promise<Image> {
    return JSON.parse(JSON.stringify(resource.snapshot(await look())));
  }

  async function restore(bench: Bench, wanted: object, before: Image): Promise<void> {
    const { resource, look } = bench;
    const back = resource.reverted?.(wanted, before, await look());
    assert.ok(back);
    await correct({ ...bench, desired: JSON.parse(JSON.stringify(back)) }, 'back');
  }

  /** So many calls of an update; says whether it was at rest before. */
  async function updateBy(bench: Bench, wanted: object, calls: number): Promise<boolean> {
    for (let call = 0; call < calls; call++) {
      const observed = await bench.look();
      if (bench.resource.drift(wanted, observed).length === 0) return true;
      await bench.resource.update?.(wanted, observed);
    }
    return false;
  }

  test(`the image of ${a} ${name} is plain data, the same in every read, and as its create answered`, async () => {
    const bench = await started();
    const snapshot = await snapshotOf(bench);
    assert.deepEqual(bench.resource.snapshot(await bench.look()), snapshot, 'nothing in it is lost as JSON');
    bench.world.pass(3600);
    assert.equal(
      JSON.stringify(await snapshotOf(bench)),
      JSON.stringify(snapshot),
      'time changes nothing in it',
    );
    for (const [member, value] of Object.entries(bench.resource.snapshot(bench.made))) {
      assert.deepEqual(value, snapshot[member], member);
    }
  });

  if (!indivisible) {
    test(`a drifted member of ${a} ${name} has another value in its snapshot, under the same name`, async () => {
      for (const { what, at } of (await subject.fixture(createWorld())).changes.map((each, at) => ({
        ...each,
        at,
      }))) {
        const bench = await started();
        const before = await snapshotOf(bench);
        await bench.changes[at]?.by(bench.id);
        for (const member of bench.changes[at]?.drift ?? []) {
          const path = member.split('.');
          assert.notDeepEqual(
            valueAt(await snapshotOf(bench), path),
            valueAt(before, path),
            `${what}: ${member}`,
          );
        }
      }
    });

    test(`a create-only member of ${a} ${name} is drift, and named as create-only`, async () => {
      const { resource, elsewhereInPlace = [], look } = await started();
      const read = await look();
      assert.equal(elsewhereInPlace.length > 0, (resource.createOnly ?? []).length > 0);
      for (const { what, desired } of elsewhereInPlace) {
        const drift = resource.drift(desired, read);
        assert.ok(drift.length > 0, what);
        for (const member of drift)
          assert.ok(resource.createOnly?.includes(member), `${what}: ${member} is fixed`);
      }
    });
  }

  if (!immutable && !madeInParts) {
    test(`the undo of an update of ${a} ${name}, from any of its calls, restores it`, async () => {
      const { updates = [] } = await started();
      assert.ok(updates.length > 0);
      const alone = updates.map((update, at) => ({ ...update, at, hung: false }));
      const beside = bare ? [] : alone.map(update => ({ ...update, hung: true }));
      for (const { what, at, hung } of [...alone, ...beside]) {
        let atRest = false;
        for (let calls = 0; !atRest; calls++) {
          assert.ok(calls < MAX_CALLS, `${what}: at rest after some calls`);
          const bench = await started();
          if (hung) await bench.hang?.(bench.id);
          const { desired: wanted = {} } = bench.updates?.[at] ?? {};
          const [before, standing] = [await snapshotOf(bench), await strangersOf(bench, bench.desired)];
          atRest = await updateBy(bench, wanted, calls);
          await restore(bench, wanted, before);
          bench.world.pass(settlesSeconds);
          assert.deepEqual(await snapshotOf(bench), before, `${what}, after ${calls} calls`);
          assert.deepEqual(await strangersOf(bench, bench.desired), standing, what);
        }
      }
    });

    test(`foreign changes of ${a} ${name} after its update stay when the update is undone`, async () => {
      const { meanwhile = [] } = await started();
      assert.ok(meanwhile.length > 0);
      for (const [at, { what, member }] of meanwhile.entries()) {
        const bench = await started();
        const { desired: wanted = {} } = bench.updates?.[0] ?? {};
        const before = await snapshotOf(bench);
        await updateBy(bench, wanted, MAX_CALLS);
        await bench.meanwhile?.[at]?.by(bench.id);
        const theirs = valueAt(await snapshotOf(bench), member);
        assert.notDeepEqual(theirs, valueAt(before, member), `${what} is a change`);
        await restore(bench, wanted, before);
        assert.deepEqual(valueAt(await snapshotOf(bench), member), theirs, what);
      }
    });
  }

  if (!bare) {
    test(`foreign dependents of ${a} ${name} can be deleted by their names, in one call, and only these`, async () => {
      const bench = await started();
      const { resource, desired, hang, id, look, world } = bench;
      const before = await snapshotOf(bench);
      await hang?.(id);
      if (!resource.deleteForeign) return removesAlong(bench);
      const theirs = await strangersOf(bench, desired);
      assert.equal(theirs.length, 1);
      const sent = (await mutations(world)).length;
      await resource.deleteForeign(desired, await look(), theirs);
      assert.equal((await mutations(world)).length - sent, 1);
      world.pass(settlesSeconds);
      assert.deepEqual(await strangersOf(bench, desired), []);
      assert.deepEqual(await snapshotOf(bench), before);
      world.pass(settlesSeconds);
      await removesAlong(bench);
    });
  }

  async function removesAlong({ resource, desired, id, world }: Bench): Promise<void> {
    await resource.remove(id, desired, null);
    world.pass(settlesSeconds);
    assert.equal(await resource.read(desired, id), undefined);
  }
}

async function strangersOf({ resource, id }: Pick<Fixture, 'resource'> & { id: string }, desired: object) {
  return (await resource.foreignDependents?.(desired, await resource.read(desired, id))) ?? [];
}

function valueAt(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((inner, member) => Reflect.get(Object(inner), member), value);
}
