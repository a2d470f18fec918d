// Each function as a bundle: small, quick to load, with the code of its own cloud only, and able to call what its role
// allows and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { OPERATIONS } from '@gatehouse/clouds/alicloud-global-accelerator/permissions';
import { PERMISSIONS } from '@gatehouse/clouds/every-permission';
import { ROUTES } from '@gatehouse/functions/api/routes';
import { type Handler, NEEDS, ramActionsOf } from '@gatehouse/functions/permissions';
import { type Bundle, bundleAll } from './bundles.ts';
import { deployment } from './deployment.ts';

const MAX_BYTES = 500 * 1024;

/** What may be larger, and why. */
const LARGER: { which: (handler: string) => boolean; mostBytes: number; reason: string }[] = [
  {
    which: handler => NEEDS[handler as Handler].looks === true,
    mostBytes: 760_000,
    reason: 'it looks at every cloud of AWS, with three clients and the code of all resources',
  },
  {
    which: handler => handler === 'api/submit-job' || handler === 'events/request',
    mostBytes: 600_000,
    reason: 'it takes requests, with the schemas, rules and traits of every part, and starts their jobs',
  },
  {
    which: handler =>
      ['api/cancel-job', 'api/retry-job', 'api/skip-step', 'api/forget-job'].includes(handler),
    mostBytes: 560_000,
    reason: 'it reads a body in JSON or YAML, and shows and starts jobs, with the traits of every kind',
  },
];

/** Functions that walk steps of Alibaba Cloud. */
const ALICLOUD = /^steps\/(alicloud-|additional-certificate$|forwarding-rule$)/;

/** Functions that read a body, which may be YAML. The one of events has it from the same code, and reads JSON. */
const READS_BODIES = [
  ...Object.entries(ROUTES).flatMap(([route, file]) => (route.startsWith('POST ') ? [`api/${file}`] : [])),
  'events/request',
];

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
  for (const { handler, bytes, laterBytes, zippedBytes, packages } of bundles) {
    const largest = [...packages].toSorted(([, a], [, b]) => b - a).slice(0, 3);
    t.diagnostic(
      `${handler}: ${kB(bytes)}, on demand ${kB(laterBytes)}, zipped ${kB(zippedBytes)}; most of it ${largest.map(([name]) => name).join(', ')}`,
    );
    const larger = LARGER.find(({ which }) => which(handler));
    if (larger) assert.ok(bytes > MAX_BYTES, `${handler} needs no exception any more`);
    const { mostBytes } = larger ?? { mostBytes: MAX_BYTES };
    assert.ok(bytes <= mostBytes, `${handler} has ${bytes} bytes, and may have ${mostBytes}`);
  }
});

test('the guide tells the size of every bundle, to a tenth', () => {
  const table = readFileSync('docs/deploy.md', 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()));
  for (const { handler, bytes, laterBytes, zippedBytes } of bundles) {
    const [, , ...told] = table.find(([, name]) => name === `\`${handler}\``) ?? [];
    for (const [at, measured] of [bytes, laterBytes, zippedBytes].entries()) {
      const off = Math.abs(Number(told[at]) * 1000 - measured);
      assert.ok(off <= Math.max(measured / 10, 1000), `${handler}: ${told[at]} kB, measured ${kB(measured)}`);
    }
  }
});

test('no bundle has code of the tests, of the local stack or of a twin', () => {
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

test('the client of Alibaba Cloud is loaded on demand, and is only where a cloud of its own may be asked', () => {
  for (const { handler, packages, later } of bundles) {
    const ofAlicloud = (names: Map<string, number>) =>
      [...names.keys()].some(each => each.startsWith('@alicloud/'));
    assert.equal(ofAlicloud(packages), false, handler);
    const asks = NEEDS[handler as Handler].looks === true || ALICLOUD.test(handler);
    assert.equal(
      later.some(each => ofAlicloud(each.packages)),
      asks,
      handler,
    );
  }
});

test('the reader of YAML is loaded on demand, and is only where bodies are read', () => {
  for (const { handler, packages, later } of bundles) {
    assert.equal(packages.has('yaml'), false, handler);
    assert.equal(
      later.some(each => each.packages.has('yaml')),
      READS_BODIES.includes(handler),
      handler,
    );
  }
});

test('only functions that change jobs have the clients of Step Functions and EventBridge, and functions without a table have no client of it', () => {
  for (const { handler, calls } of bundles) {
    const { store, executions } = NEEDS[handler as Handler];
    const starts = executions.length > 0;
    assert.deepEqual(
      [...(calls.get('client-sfn') ?? [])].toSorted(),
      // Only the role of recovery allows the list.
      starts ? ['DescribeExecution', 'ListExecutions', 'StartExecution'] : [],
      handler,
    );
    assert.deepEqual([...(calls.get('client-eventbridge') ?? [])], starts ? ['PutEvents'] : [], handler);
    assert.equal(calls.has('client-dynamodb'), store.length > 0, handler);
  }
});

test('a step function contains the calls that its resource declares, and no others', () => {
  const walking = bundles.filter(({ handler }) => NEEDS[handler as Handler].kind);
  assert.ok(walking.length >= 7);
  for (const bundle of walking)
    assert.deepEqual(callsOf(bundle), declaredFor(bundle.handler), bundle.handler);
});

test('a step function of Alibaba Cloud contains the calls that its resource declares, and no others', () => {
  const walking = bundles.filter(({ handler }) => ALICLOUD.test(handler));
  assert.equal(walking.length, 4);
  const known = new Set(Object.values(OPERATIONS).flat());
  // Every bundle has the client, with its two operations that take no region.
  const ofTheClient = /\["DeleteListener","DeleteEndpointGroup"\]/;
  for (const { handler, file } of walking) {
    const text = readFileSync(file, 'utf8');
    assert.match(text, ofTheClient, handler);
    const named = [...text.replace(ofTheClient, '').matchAll(/"([A-Z]\w+)"/g)].map(([, name = '']) => name);
    const calls = new Set(named.filter(name => known.has(name)).map(name => `ga:${name}`));
    assert.deepEqual([...calls].toSorted(), ramActionsOf(handler as Handler), handler);
  }
});

test('functions that only read the clouds contain the complete resources: only their roles prevent changes', () => {
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
