// The API's routes as functions of their ports: what each answers, and what it writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BODY_BYTES } from '@gatehouse/core/json/body';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { docs } from '@gatehouse/functions/api/docs';
import { getJob } from '@gatehouse/functions/api/get-job';
import { health } from '@gatehouse/functions/api/health';
import { listJobs } from '@gatehouse/functions/api/list-jobs';
import { noRoute } from '@gatehouse/functions/api/no-route';
import { OPEN_ROUTES } from '@gatehouse/functions/api/routes';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import fc from 'fast-check';
import { EDGE, INTERNAL } from '../clouds/fixtures.ts';
import { createWorld } from '../world/world.ts';
import { AS_YAML, apiPorts, apiRequest, got, listed, posted, REQUEST, told } from './api-cases.ts';

/** RFC 9457, as every error is told. */
function assertProblem(answer: ApiAnswer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.headers?.['content-type'], 'application/problem+json');
  assert.equal(told(answer, 'code'), code);
  assert.equal(told(answer, 'status'), status);
  assert.equal(told(answer, 'type'), `urn:gatehouse:problem:${code}`);
  assert.equal(told(answer, 'retryable'), false);
  for (const member of ['title', 'detail']) assert.equal(typeof told(answer, member), 'string');
}

function pointers(answer: ApiAnswer): unknown[] {
  const errors = told(answer, 'errors');
  assert.ok(Array.isArray(errors), JSON.stringify(answer.body));
  return errors.map((error: { pointer: string; detail: string }) => {
    assert.ok(error.detail.length > 0);
    return error.pointer;
  });
}

test('a request is answered 202 with its job, where it is and when to ask', async () => {
  const { ports, counted } = apiPorts();
  const answer = await submitJob(ports, posted(REQUEST));
  assert.equal(answer.status, 202);
  const id = String(told(answer, 'id'));
  assert.match(id, /^job-[0-9a-f]{32}$/);
  assert.equal(answer.headers?.['location'], `/v1/jobs/${id}`);
  assert.equal(answer.headers?.['retry-after'], '1');
  assert.equal(answer.headers?.['idempotent-replayed'], undefined);
  assert.equal(told(answer, 'status'), 'QUEUED');
  assert.equal(told(answer, 'entryPoint'), 'checkout-edge');
  assert.deepEqual(told(answer, 'links'), { self: `/v1/jobs/${id}` });
  assert.deepEqual(
    [0, 1, 2].map(at => told(answer, 'steps', at, 'state')),
    ['waiting', 'waiting', 'waiting'],
  );
  assert.deepEqual(counted.started, [`${id}-1`]);
});

test('the same request with the same key is the same job, marked as a replay', async () => {
  const { ports, counted } = apiPorts();
  const first = await submitJob(ports, posted(REQUEST));
  const writes = counted.writes;
  const again = await submitJob(ports, posted(REQUEST));
  assert.equal(again.status, 202);
  assert.equal(again.headers?.['idempotent-replayed'], 'true');
  assert.equal(again.headers?.['location'], first.headers?.['location']);
  assert.equal(told(again, 'id'), told(first, 'id'));
  assert.equal(counted.writes, writes, 'a replay writes nothing');
  assert.equal(counted.started.length, 1);
});

test('JSON and YAML of one request are the same request', async () => {
  const { ports } = apiPorts();
  const first = await submitJob(ports, posted(REQUEST));
  for (const contentType of ['application/yaml', 'text/yaml; charset=utf-8', 'APPLICATION/X-YAML']) {
    const again = await submitJob(ports, posted(AS_YAML, { 'content-type': contentType }));
    assert.equal(again.status, 202, contentType);
    assert.equal(again.headers?.['idempotent-replayed'], 'true');
    assert.equal(told(again, 'id'), told(first, 'id'));
  }
});

test('one key of two callers names two jobs', async () => {
  const { ports } = apiPorts();
  const alice = await submitJob(ports, posted(REQUEST));
  const bob = await submitJob(ports, { ...posted(REQUEST), caller: '123456789012/user/bob' });
  assert.notEqual(told(bob, 'id'), told(alice, 'id'));
  assert.equal(bob.headers?.['idempotent-replayed'], undefined);
});

test('50 simultaneous calls with one key make one job and one execution', async () => {
  const { ports, counted } = apiPorts();
  const answers = await Promise.all(Array.from({ length: 50 }, () => submitJob(ports, posted(REQUEST))));
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(() => 202),
  );
  assert.equal(new Set(answers.map(answer => told(answer, 'id'))).size, 1);
  const replayed = answers.filter(({ headers }) => headers?.['idempotent-replayed'] === 'true');
  assert.equal(replayed.length, 49);
  assert.equal(new Set(counted.started).size, 1);
  assert.equal(told(await listJobs(ports, listed()), 'items', 'length'), 1);
});

test('50 simultaneous calls with one key and two requests make one job, and the other request is refused', async () => {
  const { ports } = apiPorts();
  const other = { ...REQUEST, endpointGroups: [] };
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => submitJob(ports, posted(at % 2 === 0 ? REQUEST : other))),
  );
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [
    ...Array.from({ length: 25 }, () => 202),
    ...Array.from({ length: 25 }, () => 422),
  ]);
  assert.equal(told(await listJobs(ports, listed()), 'items', 'length'), 1);
});

test('another request under a used key is refused with 422 and writes nothing', async () => {
  const { ports, counted } = apiPorts();
  await submitJob(ports, posted(REQUEST));
  const writes = counted.writes;
  for (const other of [
    { ...REQUEST, entryPoint: 'another-edge' },
    { ...REQUEST, options: { deadlineSeconds: 60 } },
  ]) {
    assertProblem(await submitJob(ports, posted(other)), 422, 'IdempotencyKeyReused');
  }
  assert.equal(counted.writes, writes);
});

test('a missing idempotency key is a 400, and so is one that is too long or not printable', async () => {
  const { ports, counted } = apiPorts();
  const { 'idempotency-key': _, ...headers } = posted(REQUEST).headers;
  assertProblem(await submitJob(ports, { ...posted(REQUEST), headers }), 400, 'IdempotencyKeyMissing');
  assertProblem(
    await submitJob(ports, posted(REQUEST, { 'idempotency-key': '' })),
    400,
    'IdempotencyKeyMissing',
  );
  for (const key of ['k'.repeat(256), 'two words', 'tab\t', 'ünïcode', 'new\nline', '\u0000']) {
    const answer = await submitJob(ports, posted(REQUEST, { 'idempotency-key': key }));
    assertProblem(answer, 400, 'IdempotencyKeyInvalid');
  }
  assert.equal(counted.writes, 0);
  const longest = await submitJob(ports, posted(REQUEST, { 'idempotency-key': 'k'.repeat(255) }));
  assert.equal(longest.status, 202, 'the longest key is taken');
});

test('an invalid request lists every mistake with its place, and writes nothing', async () => {
  const { ports, counted } = apiPorts();
  const answer = await submitJob(
    ports,
    posted({
      operation: 'provision',
      entryPoint: 'Checkout Edge',
      listner: {},
      listener: {
        acceleratorArn: EDGE,
        protocol: 'TCP',
        portRanges: [
          { fromPort: 90, toPort: 80 },
          { fromPort: 443, toPort: 500 },
          { fromPort: 500, toPort: 600 },
        ],
      },
      endpointGroups: [
        { region: 'eu-west-1', portOverrides: [{ listenerPort: 1, endpointPort: 443 }] },
        { region: 'eu-west-1', trafficDialPercentage: 101 },
      ],
    }),
  );
  assertProblem(answer, 400, 'InvalidRequest');
  assert.deepEqual(pointers(answer).toSorted(), [
    '/endpointGroups/0/portOverrides/0/endpointPort',
    '/endpointGroups/1/region',
    '/endpointGroups/1/trafficDialPercentage',
    '/entryPoint',
    '/listener/portRanges/0',
    '/listener/portRanges/2',
    '/listner',
  ]);
  assert.match(JSON.stringify(told(answer, 'errors')), /listener/, 'the nearest known name is told');
  assert.equal(counted.writes, 0);
});

test('a request that fails validation does not use up its key', async () => {
  const { ports, counted } = apiPorts();
  const refusals = [
    posted({ ...REQUEST, entryPoint: 'NO' }),
    posted('{"operation":'),
    posted(REQUEST, { 'content-type': 'text/html' }),
    posted(' '.repeat(MAX_BODY_BYTES + 1)),
  ];
  for (const refused of refusals) assert.ok((await submitJob(ports, refused)).status >= 400);
  assert.equal(counted.writes, 0);
  const mended = await submitJob(ports, posted(REQUEST));
  assert.equal(mended.status, 202);
  assert.equal(mended.headers?.['idempotent-replayed'], undefined);
});

test('a body over 200 KB is a 413, counted in bytes, and one of 200 KB is read', async () => {
  const { ports, counted } = apiPorts();
  const padded = (bytes: number) => JSON.stringify(REQUEST).padEnd(bytes);
  assertProblem(await submitJob(ports, posted(padded(MAX_BODY_BYTES + 1))), 413, 'BodyTooLarge');
  const umlauts = JSON.stringify({ text: 'ü'.repeat(MAX_BODY_BYTES / 2) });
  assertProblem(await submitJob(ports, posted(umlauts)), 413, 'BodyTooLarge');
  assert.equal(counted.writes, 0);
  assert.equal((await submitJob(ports, posted(padded(MAX_BODY_BYTES)))).status, 202);
});

test('a body that is no JSON or YAML is a 400 that says where it breaks', async () => {
  const { ports, counted } = apiPorts();
  const broken: [contentType: string, body: string][] = [
    ['application/json', '{"operation": "provision",}'],
    ['application/json', '{"operation": "provision"'],
    ['application/json', ''],
    ['application/json', 'operation: provision'],
    ['application/yaml', 'operation: [provision'],
    ['application/yaml', 'a: 1\na: 2'],
    ['application/yaml', '   '],
  ];
  for (const [contentType, body] of broken) {
    const answer = await submitJob(ports, posted(body, { 'content-type': contentType }));
    assertProblem(answer, 400, 'InvalidRequest');
    assert.ok(pointers(answer).length > 0, body);
  }
  assert.equal(counted.writes, 0);
});

test('a content type that is not read is a 415 that names those that are', async () => {
  const { ports, counted } = apiPorts();
  for (const contentType of ['text/html', 'application/xml', 'multipart/form-data; boundary=x', 'json']) {
    const answer = await submitJob(ports, posted(REQUEST, { 'content-type': contentType }));
    assertProblem(answer, 415, 'UnsupportedMediaType');
    assert.match(String(told(answer, 'detail')), /application\/json/);
  }
  assert.equal(counted.writes, 0);
});

test('an existing entry point is a 409 with a link to its job, and the key stays free', async () => {
  const world = createWorld();
  const first = await submitJob(world.ports(), posted(REQUEST));
  const id = String(told(first, 'id'));
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
  const writes = world.writes();
  const second = posted(REQUEST, { 'idempotency-key': 'key-2' });
  const answer = await submitJob(world.ports(), second);
  assertProblem(answer, 409, 'EntryPointExists');
  assert.deepEqual(told(answer, 'links'), { job: `/v1/jobs/${id}` });
  assert.equal(world.writes(), writes);
  const free = { ...second, body: JSON.stringify({ ...REQUEST, entryPoint: 'another-edge' }) };
  assert.equal((await submitJob(world.ports(), free)).status, 202, 'the key was not used up');
});

test('the key of an existing entry point still returns its own job', async () => {
  const world = createWorld();
  const first = await submitJob(world.ports(), posted(REQUEST));
  await world.finish(String(told(first, 'id')));
  const again = await submitJob(world.ports(), posted(REQUEST));
  assert.equal(again.status, 202);
  assert.equal(again.headers?.['idempotent-replayed'], 'true');
  assert.equal(told(again, 'status'), 'SUCCEEDED');
  assert.equal(again.headers?.['retry-after'], undefined, 'a job that ended is not to be asked again');
});

test('a job that is not there is a 404', async () => {
  const { ports } = apiPorts();
  for (const id of ['job-0', '', '../..', 'JOB#1', 'x'.repeat(3000)]) {
    assertProblem(await getJob(ports, got(id)), 404, 'JobNotFound');
  }
});

test('a poll with the ETag of an unchanged job is a 304 without a body, and changes after progress', async () => {
  const world = createWorld();
  const { headers, body } = await submitJob(world.ports(), posted(REQUEST));
  const id = String(told({ body }, 'id'));
  await world.finish(id);
  const ended = await getJob(world.ports(), got(id));
  const etag = String(ended.headers?.['etag']);
  assert.match(etag, /^"[\w-]+"$/);
  assert.notEqual(etag, headers?.['etag'], 'the job has gone on since it was accepted');
  assert.equal(ended.headers?.['retry-after'], undefined);

  const unchanged = await getJob(world.ports(), got(id, { 'if-none-match': etag }));
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.body, undefined);
  assert.equal(unchanged.headers?.['etag'], etag);

  const changed = await getJob(world.ports(), got(id, { 'if-none-match': String(headers?.['etag']) }));
  assert.equal(changed.status, 200);
  assert.equal(told(changed, 'status'), 'SUCCEEDED');
});

test('If-None-Match takes a list of tags, weak ones and a star', async () => {
  const { ports } = apiPorts();
  const answer = await submitJob(ports, posted(REQUEST));
  const id = String(told(answer, 'id'));
  const etag = String(answer.headers?.['etag']);
  const matching = [etag, `W/${etag}`, `"other", ${etag}`, '*'];
  for (const tags of matching) {
    assert.equal((await getJob(ports, got(id, { 'if-none-match': tags }))).status, 304, tags);
  }
  for (const tags of ['"other"', '', etag.replaceAll('"', '')]) {
    assert.equal((await getJob(ports, got(id, { 'if-none-match': tags }))).status, 200, tags);
  }
});

test('health is 200 while the table answers', async () => {
  const { ports } = apiPorts();
  assert.deepEqual(await health(ports), { status: 200, body: { status: 'ok' } });
});

const ROUTE_CASES: [method: string, path: string, status: number, allow?: string][] = [
  ['POST', '/', 405, 'GET'],
  ['GET', '/v1', 404],
  ['GET', '/v1/jobs/', 404],
  ['POST', '/v2/jobs', 404],
  ['GET', '/v1/jobs/job-1/steps', 404],
  ['DELETE', '/v1/jobs', 405, 'POST, GET'],
  ['PUT', '/v1/jobs/job-1', 405, 'GET'],
  ['POST', '/v1/health', 405, 'GET'],
];

test('an unknown route is a 404, and a known one with another method a 405 that says which it takes', async () => {
  for (const [method, path, status, allow] of ROUTE_CASES) {
    const answer = await noRoute({}, apiRequest({ method, path }));
    assertProblem(answer, status, status === 404 ? 'RouteNotFound' : 'MethodNotAllowed');
    assert.equal(answer.headers?.['allow'], allow, `${method} ${path}`);
  }
});

test('/ and /docs/ lead to the reference', async () => {
  const answers = [
    await docs({ path: '/', parameters: {} }),
    await noRoute({}, apiRequest({ method: 'GET', path: '/docs/' })),
  ];
  for (const { status, headers } of answers)
    assert.deepEqual([status, headers?.['location']], [302, '/docs']);
});

test('the health needs no identity, as monitors have none', () => {
  assert.ok(OPEN_ROUTES.includes('GET /v1/health'));
});

for (const [method, path, meant] of [
  ['GET', '/v1/job', 'GET /v1/jobs'],
  ['GET', '/v1/jobs/', 'GET /v1/jobs'],
  ['POST', '/jobs', 'POST /v1/jobs'],
  ['GET', '/v1/entrypoints/my-edge', 'GET /v1/entry-points/my-edge'],
  ['POST', '/v1/jobs/job-1/cancell', 'POST /v1/jobs/job-1/cancel'],
  ['GET', '/openapi.json', 'GET /v1/openapi.json'],
] as const) {
  test(`${method} ${path} suggests ${meant}`, async () => {
    const { body } = await noRoute({}, apiRequest({ method, path }));
    const said = `no route matches ${method} ${path}; did you mean ${meant}? The routes are POST /v1/jobs, `;
    assert.ok(Object(body).detail.startsWith(said), Object(body).detail);
  });
}

test('a path that resembles no route gets the list of routes', async () => {
  const { body } = await noRoute({}, apiRequest({ method: 'GET', path: '/admin/login.php' }));
  assert.match(
    Object(body).detail,
    /^no route matches GET \/admin\/login\.php; the routes are POST \/v1\/jobs, /,
  );
});

/** Seven jobs, one after another: three succeed, their names stand; two fail, two are of another name. */
async function worldWithJobs() {
  const world = createWorld();
  const ids: string[] = [];
  const submit = async (changes: object) => {
    const key = `key-${ids.length}`;
    const answer = await submitJob(
      world.ports(),
      posted({ ...REQUEST, ...changes }, { 'idempotency-key': key }),
    );
    ids.push(String(told(answer, 'id')));
    await world.finish(ids.at(-1) ?? '');
    world.pass(1);
  };
  const on = (fromPort: number) => ({
    listener: { ...REQUEST.listener, portRanges: [{ fromPort, toPort: fromPort }] },
  });
  await submit({ entryPoint: 'a-edge', ...on(9000) });
  await submit({ entryPoint: 'a-edge', ...on(9000) });
  await submit({ entryPoint: 'a-edge', ...on(1001) });
  await submit({ entryPoint: 'b-edge', ...on(9000) });
  await submit({ entryPoint: 'b-edge', ...on(1002) });
  await submit({ entryPoint: 'c-edge', ...on(1003) });
  return { world, ids };
}

async function pages(ports: Parameters<typeof listJobs>[0], query: Record<string, string>) {
  const found: string[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < 100; page++) {
    const answer = await listJobs(ports, listed({ ...query, ...(pageToken ? { pageToken } : {}) }));
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const items = told(answer, 'items');
    assert.ok(Array.isArray(items));
    assert.ok(items.length <= Number(query['pageSize'] ?? 20));
    found.push(...items.map((item: { id: string }) => item.id));
    const next = told(answer, 'nextPageToken');
    if (next === undefined) return found;
    pageToken = String(next);
  }
  throw new Error('the list has no end');
}

async function createdAt(world: ReturnType<typeof createWorld>, id: string): Promise<string> {
  return String(told(await getJob(world.ports(), got(id)), 'createdAt'));
}

test('jobs are listed newest first, by pages, and by every filter and several of them', async () => {
  const { world, ids } = await worldWithJobs();
  const [a1 = '', a2 = '', a3 = '', b1 = '', b2 = '', c1 = ''] = ids;
  const table: [query: Record<string, string>, found: string[]][] = [
    [{}, [c1, b2, b1, a3, a2, a1]],
    [{ status: 'SUCCEEDED' }, [c1, b2, a3]],
    [{ status: 'FAILED' }, [b1, a2, a1]],
    [{ status: 'RUNNING' }, []],
    [{ entryPoint: 'a-edge' }, [a3, a2, a1]],
    [{ entryPoint: 'a-edge', status: 'FAILED' }, [a2, a1]],
    [{ entryPoint: 'b-edge', status: 'SUCCEEDED' }, [b2]],
    [{ entryPoint: 'no-such-edge' }, []],
    [{ cloud: 'aws', status: 'FAILED' }, [b1, a2, a1]],
    [{ cloud: 'alicloud' }, []],
    [{ requester: '123456789012/user/alice', entryPoint: 'b-edge' }, [b2, b1]],
    [{ requester: '123456789012/user/bob' }, []],
    [{ createdAfter: await createdAt(world, b1) }, [c1, b2]],
    [{ createdAfter: await createdAt(world, b1), status: 'FAILED' }, []],
    [{ createdAfter: '2000-01-01T00:00:00+02:00', entryPoint: 'a-edge' }, [a3, a2, a1]],
    [{ createdAfter: '2999-01-01T00:00:00Z' }, []],
  ];
  for (const [query, found] of table) {
    for (const pageSize of ['1', '2', '100']) {
      assert.deepEqual(await pages(world.ports(), { ...query, pageSize }), found, JSON.stringify(query));
    }
    assert.deepEqual(await pages(world.ports(), query), found);
  }
});

test('a page token belongs to its filters: with others it is a 400', async () => {
  const { world } = await worldWithJobs();
  const query = { entryPoint: 'a-edge', pageSize: '1' };
  const pageToken = String(told(await listJobs(world.ports(), listed(query)), 'nextPageToken'));
  assert.doesNotMatch(pageToken, /a-edge|job-/, 'it does not show what is in it');
  const others: Record<string, string>[] = [
    { entryPoint: 'b-edge' },
    { entryPoint: 'a-edge', status: 'FAILED' },
    { status: 'FAILED' },
    {},
  ];
  for (const other of others) {
    const answer = await listJobs(world.ports(), listed({ ...other, pageToken }));
    assertProblem(answer, 400, 'InvalidRequest');
    assert.deepEqual(pointers(answer), ['/pageToken']);
  }
  const otherSize = await listJobs(world.ports(), listed({ ...query, pageSize: '2', pageToken }));
  assert.equal(otherSize.status, 200, 'the page size is no filter');
});

test('a bad page size, token, status or parameter is a 400, each with its name', async () => {
  const { ports } = apiPorts();
  const table: [query: Record<string, string>, pointers: string[]][] = [
    [{ pageSize: '0' }, ['/pageSize']],
    [{ pageSize: '101' }, ['/pageSize']],
    [{ pageSize: '-1' }, ['/pageSize']],
    [{ pageSize: '1.5' }, ['/pageSize']],
    [{ pageSize: 'ten' }, ['/pageSize']],
    [{ pageSize: '' }, ['/pageSize']],
    [{ pageSize: ' ' }, ['/pageSize']],
    [{ pageSize: '1e1' }, ['/pageSize']],
    [{ pageSize: '0x10' }, ['/pageSize']],
    [{ status: 'DONE' }, ['/status']],
    [{ status: 'running' }, ['/status']],
    [{ status: '' }, ['/status']],
    [{ entryPoint: '' }, ['/entryPoint']],
    [{ cloud: 'azure' }, ['/cloud']],
    [{ requester: '' }, ['/requester']],
    [{ createdAfter: 'yesterday' }, ['/createdAfter']],
    [{ createdAfter: '2026-03-01' }, ['/createdAfter']],
    [{ pageToken: 'x' }, ['/pageToken']],
    [{ pageToken: '' }, ['/pageToken']],
    [{ stauts: 'RUNNING' }, ['/stauts']],
    [{ pageSize: '0', status: 'DONE', order: 'asc' }, ['/status', '/pageSize', '/order']],
  ];
  for (const [query, wrong] of table) {
    const answer = await listJobs(ports, listed(query));
    assertProblem(answer, 400, 'InvalidRequest');
    assert.deepEqual(pointers(answer), wrong, JSON.stringify(query));
  }
  for (const status of JOB_STATUSES) {
    assert.equal((await listJobs(ports, listed({ status }))).status, 200, status);
  }
});

const SAMPLE = JSON.stringify(REQUEST);

/** Bodies that were built to hurt, and ones that are nearly right. */
const hostileBodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.jsonValue().map(value => JSON.stringify({ ...REQUEST, listener: value })),
  fc
    .tuple(fc.nat(SAMPLE.length), fc.string())
    .map(([at, text]) => SAMPLE.slice(0, at) + text + SAMPLE.slice(at)),
  fc.nat(SAMPLE.length).map(at => SAMPLE.slice(0, at)),
  fc.constantFrom(
    '{"__proto__": {"operation": "provision"}}',
    '{"constructor": {"prototype": {}}}',
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
    '{"operation": 1e400}',
    '{"entryPoint": "\\ud800"}',
    'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]',
    'a: &a\n  b: *a',
    '!!js/function "return 1"',
    '--- \n...\n---\n',
    '? [1, 2]\n: 3',
    'a: .nan\nb: -.inf',
    '\u0000',
    '\uFEFF',
  ),
);
const hostileKeys = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('__proto__', 'JOB#1', 'k'.repeat(256), '"', '%00', '../../'),
  fc.uuid(),
);
const contentTypes = fc.oneof(
  fc.constantFrom('application/json', 'application/yaml', '', 'text/yaml; charset=utf-8', ';', '/'),
  fc.string(),
);

test('no body, key or content type causes a 5xx, and a refusal writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(hostileBodies, hostileKeys, contentTypes, async (body, key, contentType) => {
      const { ports, counted } = apiPorts();
      const answer = await submitJob(
        ports,
        posted(body, { 'idempotency-key': key, 'content-type': contentType }),
      );
      assert.ok(answer.status < 500, JSON.stringify(answer));
      if (answer.status >= 400) assert.equal(counted.writes, 0);
      JSON.stringify(answer.body);
    }),
    { numRuns: 400, seed: 20260301 },
  );
});

test('no query and no path gives a 5xx, and none of them writes', async () => {
  const { ports, counted } = apiPorts();
  const name = fc.oneof(
    fc.constantFrom('status', 'entryPoint', 'pageSize', 'pageToken', '__proto__'),
    fc.string(),
  );
  const forged = fc.jsonValue().map(value => Buffer.from(JSON.stringify(value)).toString('base64url'));
  const value = fc.oneof(fc.string({ unit: 'binary' }), forged, fc.integer().map(String));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, value), fc.string({ unit: 'binary' }), async (query, path) => {
      for (const answer of [
        await listJobs(ports, listed(query)),
        await getJob(ports, got(path, { 'if-none-match': path })),
        await noRoute({}, apiRequest({ path })),
      ]) {
        assert.ok(answer.status < 500, JSON.stringify(answer));
      }
      assert.equal(counted.writes, 0);
    }),
    { numRuns: 400, seed: 20260301 },
  );
});

test('a waiting job shows its position in each queue and the holder', async () => {
  const { ports } = apiPorts();
  const first = await submitJob(ports, posted(REQUEST));
  const other = { ...REQUEST, entryPoint: 'another-edge' };
  const second = await submitJob(ports, posted(other, { 'idempotency-key': 'key-2' }));
  assert.equal(told(second, 'status'), 'QUEUED');
  assert.deepEqual(told(second, 'queues'), [
    { queue: 'entry-point/another-edge', position: 1 },
    {
      queue: `accelerator/${EDGE}`,
      position: 2,
      heldBy: told(first, 'id'),
      holder: { entryPoint: 'checkout-edge', status: 'QUEUED' },
    },
  ]);
  assert.equal(told(second, 'queueUntil'), '2026-03-02T12:00:00.000Z');
  assert.match(String(told(second, 'summary')), /Position 2/);
  const elsewhere = { ...other, listener: { ...REQUEST.listener, acceleratorArn: INTERNAL } };
  const third = await submitJob(ports, posted(elsewhere, { 'idempotency-key': 'key-3' }));
  assert.deepEqual(told(third, 'queues', 0), {
    queue: 'entry-point/another-edge',
    position: 2,
    heldBy: told(second, 'id'),
    holder: { entryPoint: 'another-edge', status: 'QUEUED' },
  });
});
