// The contract of every member table with its resource: each member reaches the wire of the create and of an update, is
// compared, and is in the image. A member that nothing here has a value for fails the last test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isObject } from '@gatehouse/core/json/plain-value';
import { createOnlyMembers, type Member, type MemberTable } from '@gatehouse/core/request/member-table';
import { createWorld } from '../world/world.ts';
import { mutations } from './contract.ts';
import { settled, TABLED, type TabledResource } from './tabled-resources.ts';

type Members = Record<string, unknown>;

const MAX_CALLS = 10;

async function started({ kind, start, members, settlesSeconds = 0 }: TabledResource) {
  const world = createWorld();
  await world.switches(settled);
  const desired = { ...members, ...(await start?.(world)) };
  const before = (await mutations(world)).length;
  const resource = world.ports().resource(kind);
  const made = await resource.create?.(desired, 'a'.repeat(64));
  world.pass(settlesSeconds);
  const [create] = (await mutations(world)).slice(before);
  assert.ok(create);
  const look = async () => {
    const read = await resource.read(desired, resource.idOf(made));
    assert.ok(read);
    return read;
  };
  return { world, resource, desired, create, look };
}

/** Paths of the members of the table that the spec has, as drift names them, in which a value can differ. */
function comparedIn(table: MemberTable, spec: Members): string[] {
  return Object.entries(table).flatMap(([name, { compare, unread, members = {} }]) => {
    const value = spec[name];
    if (value === undefined || unread) return [];
    if (compare !== 'memberwise') return [name];
    return comparedIn(members, value as Members).map(inner => `${name}.${inner}`);
  });
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function setAt(value: Members, path: string, to: unknown): Members {
  const [name = '', ...rest] = path.split('.');
  return { ...value, [name]: rest.length === 0 ? to : setAt(value[name] as Members, rest.join('.'), to) };
}

function assertSent(table: MemberTable, spec: Members, request: unknown, path: string): void {
  assert.ok(isObject(request), path);
  for (const [name, { wire, members, items }] of Object.entries(table)) {
    const value = spec[name];
    if (value === undefined || wire === undefined || isEmpty(value)) continue;
    const sent = request[wire];
    assert.notEqual(sent, undefined, `${path}.${wire}`);
    if (members) assertSent(members, value as Members, sent, `${path}.${wire}`);
    for (const [index, item] of items ? (value as Members[]).entries() : [])
      assertSent(items ?? {}, item, (sent as unknown[])[index], `${path}.${wire}[${index}]`);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Names on the wire of all that the spec has and a call can change, nested ones too. */
function wireNames(table: MemberTable, spec: Members): string[] {
  return Object.entries(table).flatMap(([name, { wire, createOnly, members, items }]) => {
    const value = spec[name];
    if (value === undefined || createOnly) return [];
    const inner = [members ? [value] : [], items ? (value as unknown[]) : []].flat();
    return [
      ...(wire === undefined || members ? [] : [wire]),
      ...inner.flatMap(each => wireNames(members ?? items ?? {}, each as Members)),
    ];
  });
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : [];
}

for (const subject of TABLED) {
  const { name, table, within = request => request, others, not = [], renamed = {} } = subject;

  test(`every member of ${name} is sent when it is made`, async () => {
    const { desired, create } = await started(subject);
    assertSent(table, desired, within(create.request), create.operation);
  });

  test(`every member of ${name} that an answer shows is compared, and is in the image`, async () => {
    const { resource, desired, look } = await started(subject);
    const read = await look();
    assert.deepEqual(resource.drift(desired, read), []);
    const image = resource.snapshot?.(read) ?? {};
    for (const path of comparedIn(table, desired)) {
      assert.notEqual(valueAt(image, path), undefined, `${path} is in the image`);
      const other = valueAt(others, path);
      if (other === undefined) continue;
      const drift = resource.drift(setAt(desired, path, other), read);
      assert.ok(drift.includes(path), `${path}: ${drift.join(', ')}`);
      assert.equal(
        resource.createOnly?.includes(path),
        createOnlyMembers(table).includes(path),
        `${path} is fixed where the table says so`,
      );
    }
  });

  test(`every member of ${name} that can change is sent when it does`, async () => {
    const { world, resource, desired, look } = await started(subject);
    const changed = changeable(table, others, not);
    const wanted = merged(desired, changed);
    const since = (await mutations(world)).length;
    for (let calls = 0; resource.drift(wanted, await look()).length > 0; calls++) {
      assert.ok(calls < MAX_CALLS, resource.drift(wanted, await look()).join(', '));
      await resource.update?.(wanted, await look());
      world.pass(subject.settlesSeconds ?? 0);
    }
    const sent = new Set((await mutations(world)).slice(since).flatMap(({ request }) => namesIn(request)));
    const missing = wireNames(table, changed).filter(wire => !sent.has(renamed[wire] ?? wire));
    assert.deepEqual(missing, []);
  });
}

/** Of other members those that a call can set. */
function changeable(table: MemberTable, others: Members, not: string[]): Members {
  return Object.fromEntries(
    Object.entries(others).flatMap(([name, value]) => {
      const member: Member = table[name] ?? {};
      if (member.createOnly || not.includes(name)) return [];
      if (member.compare !== 'memberwise') return [[name, value]];
      return [[name, changeable(member.members ?? {}, value as Members, [])]];
    }),
  );
}

function merged(members: Members, changed: Members): Members {
  const both = Object.entries(changed).map(([name, value]): [string, unknown] => {
    const before = members[name];
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  return { ...members, ...Object.fromEntries(both) };
}

test('every member of every table has a value above', () => {
  const tables = new Set(TABLED.map(({ table }) => table));
  for (const table of tables) {
    const all = TABLED.filter(each => each.table === table).map(({ members }) => members);
    assertCovered(table, all);
  }
});

function assertCovered(table: MemberTable, specs: unknown[]): void {
  for (const [name, { carriedBy, members, items }] of Object.entries(table)) {
    if (carriedBy !== undefined || name === 'listenerArn' || name === 'listenerId') continue;
    const values = specs.flatMap(spec => (isObject(spec) && spec[name] !== undefined ? [spec[name]] : []));
    assert.ok(values.length > 0, `${name} has a value`);
    if (members) assertCovered(members, values);
    if (items) assertCovered(items, values.flat());
  }
}
