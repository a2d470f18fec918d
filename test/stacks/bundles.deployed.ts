// Each function as a bundle: small, quick to load, with the code of its own cloud only, and able to call what its role
// allows and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERMISSIONS } from '@gatehouse/clouds/every-permission';
import { ROUTES } from '@gatehouse/functions/api/routes';
import { type Handler, NEEDS } from '@gatehouse/functions/permissions';
import { type Bundle, bundleAll } from './bundles.ts';
import { deployment } from './deployment.ts';

const MOST_BYTES = 500 * 1024;

/** What may be larger, and why. */
const LARGER: { which: (handler: string) => boolean; mostBytes: number; because: string }[] = [
  {
    which: handler => NEEDS[handler as Handler].looks === true,
    mostBytes: 1_500_000,
    because:
      'it checks requests, and looks at every cloud with its client; half of it is that of Alibaba Cloud',
  },
  {
    which: handler => /^steps\/(targets?|target-group)$/.test(handler),
    mostBytes: 530_000,
    because:
      'the client of VPC Lattice is the largest of AWS, and every function reads the access rules with zod',
  },
  {
    which: handler => ALICLOUD.test(handler),
    mostBytes: 1_300_000,
    because: 'the client of Alibaba Cloud has 700 kB; it is loaded when a function first calls it',
  },
  {
    which: handler => READS_BODIES.includes(handler) || handler === 'events/request',
    mostBytes: 700_000,
    because: 'it reads requests, as JSON and as YAML, and checks them',
  },
];

/** Functions that walk steps of Alibaba Cloud. */
const ALICLOUD = /^steps\/(alicloud-|additional-certificate$|forwarding-rule$)/;

const READS_BODIES = Object.entries(ROUTES).flatMap(([route, file]) =>
  route.startsWith('POST ') ? [`api/${file}`] : [],
);

/** Which client speaks to which service. */
const CLIENTS: Record<string, string> = {
  'client-global-accelerator': 'globalaccelerator',
  'client-vpc-lattice': 'vpc-lattice',
  'client-elastic-load-balancing': 'elasticloadbalancing',
};

const bundles = await bundleAll();

test('every function has a bundle', () => {
  assert.deepEqual(
    bundles.map(({ handler }) => handler).toSorted(),
    deployment('prod', { alicloud: true })
      .functions.map(({ handler }) => handler)
      .toSorted(),
  );
});

test('a bundle has at most 500 KB, but for those that say why not', t => {
  for (const { handler, bytes, zippedBytes, packages } of bundles) {
    const largest = [...packages].toSorted(([, a], [, b]) => b - a).slice(0, 3);
    t.diagnostic(
      `${handler}: ${kB(bytes)} (${kB(zippedBytes)} zipped); most of it ${largest.map(([name]) => name).join(', ')}`,
    );
    const { mostBytes } = LARGER.find(({ which }) => which(handler)) ?? { mostBytes: MOST_BYTES };
    assert.ok(bytes <= mostBytes, `${handler} has ${bytes} bytes, and may have ${mostBytes}`);
  }
});

test('no bundle has code of the tests, of the local house or of a twin', () => {
  for (const { handler, sources } of bundles)
    assert.deepEqual(
      sources.filter(path => /(^|\/)(test|packages\/local|stacks)\//.test(path)),
      [],
      handler,
    );
});

test('only functions that look at a cloud or walk its steps have its client', () => {
  for (const { handler, calls, packages } of bundles) {
    const clients = Object.keys(CLIENTS).filter(
      client => calls.has(client) || packages.has(`@aws-sdk/${client}`),
    );
    assert.deepEqual(clients.map(client => CLIENTS[client]).toSorted(), servicesOf(handler), handler);
  }
});

test('the client of Alibaba Cloud is only where a step of its own is walked, or every cloud is looked at', () => {
  for (const { handler, packages } of bundles) {
    const allowed = NEEDS[handler as Handler].looks === true || ALICLOUD.test(handler);
    assert.equal(
      [...packages.keys()].some(name => name.startsWith('@alicloud/')),
      allowed,
      handler,
    );
  }
});

test('what walks steps can call what its resource declares, and nothing else', () => {
  const walking = bundles.filter(({ handler }) => NEEDS[handler as Handler].kind);
  assert.ok(walking.length >= 7);
  for (const bundle of walking)
    assert.deepEqual(callsOf(bundle), declaredFor(bundle.handler), bundle.handler);
});

test('what only looks at the clouds carries their resources whole: its role alone keeps it from changing them', () => {
  for (const { handler, calls } of bundles.filter(each => NEEDS[each.handler as Handler].looks)) {
    assert.ok(calls.get('client-global-accelerator')?.has('CreateListener'), handler);
    const { statements } = deployment('prod', { alicloud: true }).functions.find(
      each => each.handler === handler,
    ) ?? {
      statements: [],
    };
    const cloud = statements
      .flatMap(({ Action }) => Action)
      .filter(action => Object.values(CLIENTS).includes(service(action)));
    assert.ok(cloud.length > 0);
    for (const action of cloud) assert.match(action, /:(Describe|Get|List)/, handler);
  }
});

function servicesOf(handler: string): string[] {
  const { kind, looks } = NEEDS[handler as Handler];
  if (looks) return Object.values(CLIENTS).toSorted();
  return kind ? [...new Set(PERMISSIONS[kind].filter(each => !each.onBehalf).map(each => each.service))] : [];
}

function callsOf({ calls }: Bundle): string[] {
  return Object.entries(CLIENTS)
    .flatMap(([client, name]) => [...(calls.get(client) ?? [])].map(operation => `${name}:${operation}`))
    .toSorted();
}

function declaredFor(handler: string): string[] {
  const { kind } = NEEDS[handler as Handler];
  const permissions = kind ? PERMISSIONS[kind].filter(each => !each.onBehalf) : [];
  return permissions.flatMap(each => each.operations.map(name => `${each.service}:${name}`)).toSorted();
}

function service(action: string): string {
  return action.split(':')[0] ?? '';
}

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
