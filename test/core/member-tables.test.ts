// A member table: what the compiler refuses, what each comparison takes for equal, and what an absent member has.
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  CreateEndpointGroupCommandInput,
  CreateListenerCommandInput,
} from '@aws-sdk/client-global-accelerator';
import { listOf, type Members, membersOf } from '@gatehouse/core/json/plain-members';
import { isObject } from '@gatehouse/core/json/plain-value';
import { KINDS } from '@gatehouse/core/kinds/kinds';
import type { KindTraits } from '@gatehouse/core/kinds/traits';
import { ENDPOINT_GROUP } from '@gatehouse/core/request/aws/endpoint-group-members';
import type { ListenerSpec } from '@gatehouse/core/request/aws/global-accelerator';
import { LISTENER } from '@gatehouse/core/request/aws/listener-members';
import { comparedBy, differing, snapshotOf } from '@gatehouse/core/request/compared-members';
import { objectByTable } from '@gatehouse/core/request/member-schema';
import {
  createOnlyMembers,
  defaultsOf,
  type MemberTable,
  type TableOn,
} from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput } from '@gatehouse/core/request/member-values';
import { alicloudRequestSchema, awsRequestSchema } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { inlined } from './inlined.ts';

const SPEC: ListenerSpec = {
  acceleratorArn: 'arn',
  protocol: 'TCP',
  portRanges: [
    { fromPort: 443, toPort: 444 },
    { fromPort: 80, toPort: 80 },
  ],
  clientAffinity: 'NONE',
};

test('a member that is in the schema and not in the table is a type error', () => {
  const { protocol: _, ...without } = LISTENER;
  const shape = { acceleratorArn: z.string(), protocol: z.string() };
  // @ts-expect-error: the table has no `protocol`
  objectByTable('a listener', without, shape);
  objectByTable('a listener', LISTENER, shape);
});

/** The members of every object in the schema of a request; objects in one place count as one. */
function objectsIn(schemas: readonly unknown[]): Set<string>[] {
  const all = schemas.map(membersOf).flatMap(optionsOf);
  const properties = all.flatMap(({ properties }) => Object.entries(membersOf(properties)));
  const byName = Map.groupBy(properties, ([name]) => name);
  const inner = [...byName.values()].flatMap(same => objectsIn(same.map(([, schema]) => schema)));
  const items = all.flatMap(schema => (schema['items'] === undefined ? [] : [schema['items']]));
  return [new Set(byName.keys()), ...inner, ...(items.length > 0 ? objectsIn(items) : [])];
}

function optionsOf(schema: Members): Members[] {
  const options = schema['anyOf'] ?? schema['oneOf'];
  return options === undefined ? [schema] : listOf(options).flatMap(optionsOf);
}

/** An exported table, or each of a record of tables. */
function tablesIn([name, value]: [string, unknown]): [string, unknown][] {
  if (!isObject(value)) return [];
  const isOfTables = Object.values(value).every(each => Object.values(membersOf(each)).every(isObject));
  return isOfTables ? Object.entries(value).map(([key, each]) => [`${name}.${key}`, each]) : [[name, value]];
}

/** A resource has them of another resource, or of the part of the request that it belongs to. */
const INHERITED = [
  'acceleratorId',
  ...Object.values<KindTraits>(KINDS).flatMap(({ parents, references }) =>
    Object.keys({ ...parents, ...references }),
  ),
];

test('a member that is in a table and in no schema of a request is found, nested ones too', async () => {
  const objects = [awsRequestSchema, alicloudRequestSchema].flatMap(request => objectsIn([inlined(request)]));
  const files = globSync('packages/core/src/request/*/*-members.ts');
  assert.ok(files.length > 0);
  for (const file of files) {
    const tables: Record<string, unknown> = await import(pathToFileURL(file).href);
    for (const [name, table] of Object.entries(tables).flatMap(tablesIn)) {
      const missing = objects.map(members =>
        Object.keys(membersOf(table)).filter(member => !members.has(member) && !INHERITED.includes(member)),
      );
      const [fewest] = missing.toSorted((one, other) => one.length - other.length);
      assert.deepEqual(fewest, [], `${file}: ${name}`);
    }
  }
});

test('a name that the input of the call does not have is a type error, nested ones too', () => {
  LISTENER satisfies TableOn<CreateListenerCommandInput>;
  ENDPOINT_GROUP satisfies TableOn<CreateEndpointGroupCommandInput>;
  const misspelled = { ...LISTENER, protocol: { wire: 'Protocoll' } } as const;
  // @ts-expect-error: the API calls it `Protocol`
  misspelled satisfies TableOn<CreateListenerCommandInput>;
  const nested = {
    ...LISTENER,
    portRanges: { wire: 'PortRanges', items: { fromPort: { wire: 'From' } } },
  } as const;
  // @ts-expect-error: the API calls it `FromPort`
  nested satisfies TableOn<CreateListenerCommandInput>;
});

test('a value that the input of the call does not take is a type error, and so is a required one that is missing', () => {
  const { clientAffinity: _, ...others } = SPEC;
  createInput(LISTENER, SPEC) satisfies CreateListenerCommandInput;
  // @ts-expect-error: affinity is no number
  createInput(LISTENER, { ...others, clientAffinity: 1 }) satisfies CreateListenerCommandInput;
  const { portRanges: __, ...noPorts } = SPEC;
  // @ts-expect-error: a listener has ports
  createInput(LISTENER, noPorts) satisfies CreateListenerCommandInput;
});

test('a member that others share has to be compared by its resource', () => {
  // @ts-expect-error: endpoints are shared
  comparedBy(ENDPOINT_GROUP, (group: object) => group, {});
});

test('create sends every member of the spec, update all but create-only ones, and responses are read by the same names', () => {
  const PortRanges = [
    { FromPort: 443, ToPort: 444 },
    { FromPort: 80, ToPort: 80 },
  ];
  const changeable = { Protocol: 'TCP', PortRanges, ClientAffinity: 'NONE' };
  assert.deepEqual(createInput(LISTENER, SPEC), { AcceleratorArn: 'arn', ...changeable });
  assert.deepEqual(updateInput(LISTENER, SPEC), changeable);
  const answer = { ListenerArn: 'arn/listener/1', ...changeable };
  const acceleratorArn = ({ ListenerArn }: typeof answer) => ListenerArn.split('/')[0];
  assert.deepEqual(fromWire(LISTENER, answer, { acceleratorArn }), SPEC);
});

const TABLE = {
  type: { wire: 'Type', createOnly: true, default: 'plain' },
  list: { wire: 'List', compare: 'unordered', default: [] },
  ordered: { wire: 'Ordered' },
  ports: { wire: 'Ports', compare: 'mergedPorts' },
  overrides: { wire: 'Overrides', compare: 'portOverrides' },
  dial: { wire: 'Dial', compare: 'float32' },
  path: { wire: 'Path', default: '/', when: { type: ['http'] } },
  timeout: { wire: 'Timeout', defaultBy: { member: 'type', values: { plain: 900, http: 15 } } },
  flag: { wire: 'Flag', default: false },
  secret: { wire: 'Secret', unread: true },
  apart: {
    wire: 'Apart',
    compare: 'memberwise',
    members: {
      port: { wire: 'Port', createOnly: true },
      check: { wire: 'Check', members: { port: { wire: 'Port', sameAs: 'apart.port' } } },
    },
  },
} as const satisfies MemberTable;

const range = (fromPort: number, toPort: number) => ({ fromPort, toPort });
const override = (listenerPort: number, endpointPort: number) => ({ listenerPort, endpointPort });

const COMPARED: { reason: string; wanted: object; found: object; differs: string[] }[] = [
  {
    reason: 'the order of a list means nothing where the table says so',
    wanted: { list: ['b', 'a'], ordered: [1, 2] },
    found: { list: ['a', 'b'], ordered: [1, 2] },
    differs: [],
  },
  {
    reason: 'it does mean something where the table does not say so',
    wanted: { list: ['b', 'a'], ordered: [1, 2] },
    found: { list: ['a', 'c'], ordered: [2, 1] },
    differs: ['list', 'ordered'],
  },
  {
    reason: 'ranges that touch are one',
    wanted: { ports: [range(81, 90), range(80, 80)] },
    found: { ports: [range(80, 90)] },
    differs: [],
  },
  {
    reason: 'ranges with a gap are two',
    wanted: { ports: [range(80, 80), range(82, 90)] },
    found: { ports: [range(80, 90)] },
    differs: ['ports'],
  },
  {
    reason: 'an override that leads a port to itself is none',
    wanted: { overrides: [override(80, 80), override(443, 8443)] },
    found: { overrides: [override(443, 8443)] },
    differs: [],
  },
  {
    reason: 'the same 32-bit float is the same number',
    wanted: { dial: 33.3 },
    found: { dial: Math.fround(33.3) },
    differs: [],
  },
  {
    reason: 'another float is another number',
    wanted: { dial: 33.3 },
    found: { dial: 33 },
    differs: ['dial'],
  },
  {
    reason: 'what an answer leaves out has its documented value, which may depend on another member',
    wanted: { list: [], timeout: 900, flag: false, type: 'plain' },
    found: { type: 'plain' },
    differs: [],
  },
  {
    reason: 'another value than the documented one is a difference to an answer that leaves it out',
    wanted: { list: ['a'], timeout: 900, flag: true, type: 'other' },
    found: { type: 'http' },
    differs: ['type', 'list', 'timeout', 'flag'],
  },
  { reason: 'what the request leaves out is the cloud’s', wanted: {}, found: { flag: true }, differs: [] },
  {
    reason: 'a member without a meaning is not compared',
    wanted: { type: 'plain', path: '/up' },
    found: { type: 'plain', path: '/' },
    differs: [],
  },
  {
    reason: 'it is compared where it has one',
    wanted: { type: 'http', path: '/up' },
    found: { type: 'http' },
    differs: ['path'],
  },
  { reason: 'no answer shows it', wanted: { secret: 'a' }, found: {}, differs: [] },
  {
    reason: 'members of such an object differ each under its own name, and an object in it as a whole',
    wanted: { apart: { port: 80, check: { port: 90 } } },
    found: { apart: { port: 81, check: { port: 91 } } },
    differs: ['apart.port', 'apart.check'],
  },
  {
    reason: 'an absent member may have the value of another one',
    wanted: { apart: { check: { port: 81 } } },
    found: { apart: { port: 81, check: {} } },
    differs: [],
  },
];

for (const { reason, wanted, found, differs } of COMPARED) {
  test(`desired and observed are compared by the table: ${reason}`, () => {
    assert.deepEqual(differing(TABLE, { ...wanted }, { ...found }), differs);
  });
}

test('an image is in order, has what an answer leaves out because it is off or empty, and not what another member says', () => {
  const spec = {
    list: ['b', 'a'],
    ports: [range(81, 90), range(80, 80)],
    apart: { port: 81, check: { port: 81 } },
    secret: 'a',
  };
  assert.deepEqual(snapshotOf(TABLE, spec), {
    list: ['a', 'b'],
    ports: [range(80, 90)],
    flag: false,
    apart: { port: 81, check: {} },
  });
  assert.deepEqual(snapshotOf(TABLE, {}), { list: [], flag: false });
});

test('create-only members have the names that drift gives them', () => {
  assert.deepEqual(createOnlyMembers(TABLE), ['type', 'apart.port']);
});

test('documented values are those that have a meaning beside the other members', () => {
  assert.deepEqual(defaultsOf(TABLE, { type: 'http' }), {
    type: 'plain',
    list: [],
    path: '/',
    timeout: 15,
    flag: false,
  });
  assert.equal('path' in defaultsOf(TABLE, { type: 'plain' }), false);
});

test('an update is reverted member by member; a member that no response had gets its documented value', () => {
  const { snapshot, reverted } = comparedBy<typeof TABLE, object, object>(TABLE, spec => spec, {});
  const before = snapshot({ type: 'http', dial: 5, apart: { port: 80, check: {} } });
  const ours = { type: 'http', dial: 6, path: '/up', timeout: 60, apart: { check: { port: 90 } } };
  const standing = { ...ours, apart: { port: 80, check: { port: 90 } } };
  const back = { type: 'http', dial: 5, path: '/', timeout: 15, list: [], flag: false };
  assert.deepEqual(reverted(ours, before, standing), { ...back, apart: { port: 80, check: { port: 80 } } });
  const theirs = { ...standing, dial: 7, path: '/theirs' };
  assert.deepEqual(reverted(ours, before, theirs), {
    ...back,
    dial: 7,
    path: '/theirs',
    apart: { port: 80, check: { port: 80 } },
  });
});

test('a member that our update hides gets its former value back with the member that hides it', () => {
  const { snapshot, reverted } = comparedBy<typeof TABLE, object, object>(TABLE, spec => spec, {});
  const before = snapshot({ type: 'http', dial: 5, path: '/up' });
  const ours = { type: 'plain', dial: 6, path: '/' };
  const back = { list: [], flag: false, type: 'http', path: '/up' };
  assert.deepEqual(reverted(ours, before, { type: 'plain', dial: 6 }), { ...back, dial: 5 });
  assert.deepEqual(reverted(ours, before, { type: 'plain', dial: 7 }), { ...back, dial: 7 });
  const shown = { type: 'plain', dial: 6, path: '/theirs' };
  assert.deepEqual(reverted(ours, before, shown), { ...back, dial: 5, path: '/theirs' });
});
