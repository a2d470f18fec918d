// The API as API Gateway calls it: the real handlers on their middy chain, the real SDK clients, DynamoDB (dynalite)
// and Step Functions on their wire. No Lambda of the machine is to be had, so that a job stays as it was accepted.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { createGateway } from '@gatehouse/local/api-gateway/gateway';
import type { Handler } from '@gatehouse/local/lambda/lambdas';
import { createStepFunctions } from '@gatehouse/local/step-functions/host';
import { signedFor, type WireService } from '@gatehouse/twins/http/wire';
import { bench, member } from '../local/event-bus-bench.ts';
import { AS_YAML, REQUEST } from './api-cases.ts';
import { ACCOUNT, loadRoute, REGION, routeFunctions } from './route-functions.ts';
import { startDatabase } from './table.ts';

const TABLE = 'gatehouse-api';

const states = createStepFunctions({
  region: REGION,
  account: ACCOUNT,
  timeScale: 1,
  now: Date.now,
  invoke: async () => {
    throw Object.assign(new Error('no such function'), { name: 'ResourceNotFoundException' });
  },
  machines: [
    {
      name: 'gatehouse',
      definition: {
        StartAt: 'Begin',
        States: {
          Begin: { Type: 'Task', Resource: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:begin`, End: true },
        },
      },
    },
  ],
});

const { bus, events } = bench();

let database: Awaited<ReturnType<typeof startDatabase>>;
let gateway: WireService;

before(async () => {
  database = await startDatabase(request =>
    signedFor(request.headers)?.service === 'events' ? bus.request(request) : states.request(request),
  );
  const lambdas = routeFunctions({ url: database.url, table: await database.createTable(TABLE) });
  gateway = createGateway({ routes: ROUTES, defaultRoute: DEFAULT_ROUTE, lambdas, account: ACCOUNT });
});

after(async () => {
  states.stop();
  // A setup that failed has none, or one that would keep this process alive.
  await database?.close();
});

async function call(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const answer = await gateway({ method, path, headers, body });
  assert.ok(answer !== 'dropped');
  return { ...answer, json: answer.body === '' ? undefined : JSON.parse(answer.body) };
}

function submit(key: string, changes: object = {}) {
  const headers = { 'idempotency-key': key, 'content-type': 'application/json' };
  return call('POST', '/v1/jobs', headers, JSON.stringify({ ...REQUEST, ...changes }));
}

test('a request goes through the whole chain: 202, then its job, then a 304', async () => {
  const accepted = await submit('wire-1');
  assert.equal(accepted.status, 202, accepted.body);
  assert.equal(accepted.headers['content-type'], 'application/json');
  assert.equal(accepted.headers['cache-control'], 'no-store');
  const location = accepted.headers['location'] ?? '';
  assert.equal(location, `/v1/jobs/${accepted.json.id}`);
  assert.ok(Number(accepted.headers['retry-after']) >= 1);

  const job = await call('GET', location);
  assert.equal(job.status, 200);
  assert.equal(job.json.id, accepted.json.id);
  assert.equal(job.json.steps.length, 3);
  const unchanged = await call('GET', location, { 'if-none-match': job.headers['etag'] ?? '' });
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.body, '');
});

test('50 simultaneous calls with one key make one job in DynamoDB', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => submit('wire-50', { entryPoint: 'fifty-edge' })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(() => 202),
  );
  assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  assert.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 49);
  const found = await call('GET', '/v1/jobs?entryPoint=fifty-edge');
  assert.equal(found.json.items.length, 1);
  const told = (await events()).filter(
    ({ event }) => member(event, 'detail', 'data', 'jobId') === found.json.items[0].id,
  );
  assert.deepEqual(
    told.map(({ event }) => member(event, 'detail', 'data', 'sequence')),
    [1],
  );
});

test('YAML of a request that came as JSON is its replay, and another request under its key a 422', async () => {
  const first = await submit('wire-yaml');
  const headers = { 'idempotency-key': 'wire-yaml', 'content-type': 'application/yaml' };
  const again = await call('POST', '/v1/jobs', headers, AS_YAML);
  assert.equal(again.status, 202, again.body);
  assert.equal(again.json.id, first.json.id);
  assert.equal(again.headers['idempotent-replayed'], 'true');
  assert.equal((await submit('wire-yaml', { endpointGroups: [] })).status, 422);
});

test('jobs are listed over DynamoDB, newest first, by opaque pages that are bound to their filters', async () => {
  const ids: string[] = [];
  for (const key of ['wire-a', 'wire-b', 'wire-c'])
    ids.push((await submit(key, { entryPoint: 'list-edge' })).json.id);
  const found: string[] = [];
  let token = '';
  for (let page = 0; page < 10; page++) {
    const answer = await call('GET', `/v1/jobs?entryPoint=list-edge&pageSize=1${token}`);
    assert.equal(answer.status, 200, answer.body);
    found.push(...answer.json.items.map(({ id }: { id: string }) => id));
    if (!answer.json.nextPageToken) break;
    token = `&pageToken=${answer.json.nextPageToken}`;
  }
  assert.deepEqual(new Set(found), new Set(ids));
  assert.equal(found.length, 3);
  const times = await call('GET', '/v1/jobs?entryPoint=list-edge');
  const created = times.json.items.map(({ createdAt }: { createdAt: string }) => createdAt);
  assert.deepEqual(created, created.toSorted().reverse());
  assert.equal((await call('GET', `/v1/jobs?entryPoint=other-edge${token}`)).status, 400);
});

test('a forged page token is a 400, however well it was forged', async () => {
  for (const entryPoint of ['forged-one', 'forged-two']) {
    const body = JSON.stringify({ ...REQUEST, entryPoint });
    assert.equal((await call('POST', '/v1/jobs', { 'idempotency-key': entryPoint }, body)).status, 202);
  }
  const genuine = (await call('GET', '/v1/jobs?pageSize=1')).json.nextPageToken;
  const read = JSON.parse(Buffer.from(genuine, 'base64url').toString());
  const places = [
    'x',
    '{}',
    '[]',
    '1',
    'null',
    '{"pk":"JOB#1"}',
    '{"pk":"JOB#1","sk":"JOB","inList":"others","order":"1"}',
    '{"pk":{"S":"JOB#1"}}',
    '{"pk":"","sk":"","inList":"","order":""}',
    '{"pk":9007199254740993}',
    '{"pk":1e400}',
    '{"pk":"JOB#1","sk":"JOB","inList":"jobs","order":["1"]}',
    '{"pk":"JOB#1","sk":"JOB","inList":"jobs","order":null}',
  ];
  for (const next of places) {
    const pageToken = Buffer.from(JSON.stringify({ ...read, next })).toString('base64url');
    const answer = await call('GET', `/v1/jobs?pageToken=${pageToken}`);
    assert.equal(answer.status, 400, `${next}: ${answer.body}`);
    assert.equal(answer.json.errors[0].pointer, '/pageToken');
  }
});

const ERRORS: [method: string, path: string, body: string, status: number, code: string][] = [
  ['GET', '/v1/jobs/job-none', '', 404, 'JobNotFound'],
  ['GET', '/v1/jobs/%E0%A4%A', '', 404, 'JobNotFound'],
  ['GET', '/v1/jobs/', '', 404, 'RouteNotFound'],
  ['GET', '/v2', '', 404, 'RouteNotFound'],
  ['DELETE', '/v1/jobs', '', 405, 'MethodNotAllowed'],
  ['POST', '/v1/jobs', '{', 400, 'InvalidRequest'],
  ['POST', '/v1/jobs', ' '.repeat(200 * 1024 + 1), 413, 'BodyTooLarge'],
  ['GET', '/v1/jobs?pageSize=0', '', 400, 'InvalidRequest'],
];

test('errors leave as problems, with their content type and an Allow where a method is wrong', async () => {
  for (const [method, path, body, status, code] of ERRORS) {
    const headers = { 'idempotency-key': 'wire-errors', 'content-type': 'application/json' };
    const answer = await call(method, path, headers, body);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.body}`);
    assert.equal(answer.json.code, code);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(answer.headers['allow'], status === 405 ? 'POST, GET' : undefined);
  }
});

test('a base64 body is decoded', async () => {
  const handler = await loadRoute('submit-job');
  const answer = await handler(
    event({ body: Buffer.from(JSON.stringify(REQUEST)).toString('base64') }),
    CONTEXT,
  );
  assert.equal(statusOf(answer), 202);
});

test('two sessions of one role are one caller, and a call without an identity is a 401', async () => {
  const handler = await loadRoute('submit-job');
  const body = Buffer.from(JSON.stringify(REQUEST)).toString('base64');
  const ids = [];
  for (const session of ['monday', 'tuesday']) {
    const userArn = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/${session}`;
    const answer = await handler(event({ body, userArn }), CONTEXT);
    assert.equal(statusOf(answer), 202);
    ids.push(JSON.parse(String(Reflect.get(Object(answer), 'body'))).id);
  }
  assert.equal(new Set(ids).size, 1);
  assert.equal(statusOf(await handler(event({ body, userArn: '' }), CONTEXT)), 401);
});

test('locally a header names the caller; an invalid one is no caller, and a deployment ignores the header', async () => {
  const job = await call(
    'POST',
    '/v1/jobs',
    {
      'idempotency-key': 'wire-caller',
      'gatehouse-caller': '210987654321/role/teams/deployer',
    },
    JSON.stringify({ ...REQUEST, entryPoint: 'caller-edge' }),
  );
  assert.equal(job.json.requester, '210987654321/role/teams/deployer');
  for (const nobody of ['alice', '', '210987654321/policy/x', '210987654321/role/a:b', 'x'.repeat(9000)]) {
    assert.equal((await call('GET', '/v1/jobs', { 'gatehouse-caller': nobody })).status, 401, nobody);
  }
  const handler = await loadRoute('list-jobs');
  const headers = { 'gatehouse-caller': '210987654321/role/deployer' };
  assert.equal(statusOf(await handler({ ...event({ body: '', userArn: '' }), headers }, CONTEXT)), 401);
});

type Context = Parameters<Handler>[1];
const CONTEXT = { functionName: 'submit-job', awsRequestId: 'request-1' } as Context;

function event({ body, userArn = `arn:aws:iam::${ACCOUNT}:user/alice` }: { body: string; userArn?: string }) {
  return {
    version: '2.0',
    routeKey: 'POST /v1/jobs',
    rawPath: '/v1/jobs',
    rawQueryString: '',
    headers: { 'idempotency-key': 'wire-base64', 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST' }, authorizer: { iam: { userArn } } },
    body,
    isBase64Encoded: true,
  };
}

function statusOf(answer: unknown): unknown {
  return Reflect.get(Object(answer), 'statusCode');
}

test('health is 200, and a retryable 503 once the table cannot be reached', async () => {
  assert.deepEqual((await call('GET', '/v1/health')).json, { status: 'ok' });
  await database.close();
  const answer = await call('GET', '/v1/health');
  assert.equal(answer.status, 503);
  assert.equal(answer.json.code, 'ServiceUnavailable');
  assert.equal(answer.json.retryable, true);
  assert.equal(answer.headers['retry-after'], '2');
});
