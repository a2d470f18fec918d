// Generated requests at every route, through the gateway, the real handlers and SDK clients, a real database and the
// twins: valid ones, nearly valid ones, and ones that were made to hurt. Never a 5xx, never a hang, never a write after
// a refusal, and never an answer that the API's document does not tell.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Job, jobIndex } from '@gatehouse/core/record/job';
import { entryPointIndex, entryPointKey, jobKey } from '@gatehouse/core/record/records';
import { OPERATIONS } from '@gatehouse/functions/api/operations';
import { REQUEST_EXAMPLES } from '@gatehouse/functions/api/request-examples';
import { type ApiRoute, DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { createGateway } from '@gatehouse/local/api-gateway/gateway';
import { createSecrets } from '@gatehouse/local/secrets-manager/secrets';
import { ALICLOUD_KEY } from '@gatehouse/local/settings';
import { signedFor, type WireService } from '@gatehouse/twins/http/wire';
import { createTwins } from '@gatehouse/twins/twins';
import fc from 'fast-check';
import { bench } from '../local/event-bus-bench.ts';
import { assertDocumented } from './documented.ts';
import { body, bodyOf, encoded, headers, pathOf, queryOf } from './generated.ts';
import { ACCOUNT, routeFunctions } from './route-functions.ts';
import { startDatabase } from './table.ts';

const WRITES = ['PutItem', 'DeleteItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems'];
/** The routes that read most of what they are sent. */
const RUNS: Record<string, number> = {
  'POST /v1/jobs': 300,
  'POST /v1/plans': 100,
  'GET /v1/jobs': 120,
  'POST /v1/jobs/{id}/cancel': 120,
  'POST /v1/jobs/{id}/retry': 120,
  'POST /v1/jobs/{id}/skip': 120,
  'POST /v1/jobs/{id}/forget': 120,
};
/** Far above what any takes here, and under what a caller's own patience would be. */
const HANG_MS = 15_000;

let database: Awaited<ReturnType<typeof startDatabase>>;
let gateway: WireService;
let writes = 0;
let jobId = '';
let accepted: Job;
let store: ReturnType<typeof dynamoDbStore>;
/** Statuses, by route. */
const seen = new Map<string, Set<number>>();

before(async () => {
  const twins = createTwins({ seed: 'every-route', timeScale: 1000, now: Date.now, sleep: async () => {} });
  // Step Functions takes every start, and runs nothing: what the API does is seen alone.
  const states: WireService = async () => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: '{"executionArn":"arn:aws:states:eu-west-1:123456789012:execution:gatehouse:x","startDate":1}',
  });
  const key = JSON.stringify(ALICLOUD_KEY);
  const secretsmanager = createSecrets({ 'gatehouse-alicloud': key }, name => name);
  const services: Record<string, WireService> = { states, events: bench().bus.request, secretsmanager };
  const service: WireService = request =>
    (services[signedFor(request.headers)?.service ?? ''] ?? twins.request)(request);
  database = await startDatabase(service, operation => {
    if (WRITES.includes(operation)) writes++;
  });
  const table = await database.createTable('every-route');
  const lambdas = routeFunctions({ url: database.url, table });
  const throttle = { perSecond: 1e6, burst: 1e6 };
  gateway = createGateway({
    routes: ROUTES,
    defaultRoute: DEFAULT_ROUTE,
    lambdas,
    account: ACCOUNT,
    throttle,
  });

  const standing = {
    name: 'stands-edge',
    cloud: 'aws',
    owner: `${ACCOUNT}/user/local`,
    since: '2026-03-01T12:00:00.000Z',
    jobId: 'job-0',
    spec: REQUEST_EXAMPLES.listener,
    resources: [],
  };
  store = dynamoDbStore(database.client, table);
  // Of the second, nobody asks for a change, so that its name stays taken.
  for (const each of [standing, { ...standing, name: 'kept-edge' }])
    await store.put(entryPointKey(each.name), each, 0, entryPointIndex(each));
  const body = JSON.stringify(REQUEST_EXAMPLES.listener);
  const { json } = await call({
    method: 'POST',
    path: '/v1/jobs',
    headers: { 'idempotency-key': 'one' },
    body,
  });
  jobId = String(Reflect.get(Object(json), 'id'));
  const found = await store.get(jobKey(jobId));
  assert.ok(found);
  accepted = found.value;
});

after(() => database.close());

interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

async function call(sent: Call) {
  const answer = await gateway(sent);
  assert.ok(answer !== 'dropped');
  const isJson = answer.headers['content-type']?.includes('json') && answer.body !== '';
  return { ...answer, json: isJson ? (JSON.parse(answer.body) as unknown) : undefined };
}

/** What the ways out of a stuck job are for: the job as if it had just got stuck. */
async function stick(): Promise<void> {
  const problem = { code: 'AccessDenied', message: 'not allowed', retryable: false };
  const leftovers = [{ step: 'listener', title: 'listener TCP 443', problem }];
  const stuck: Job = {
    ...accepted,
    status: 'ROLLBACK_FAILED',
    endedAt: accepted.createdAt,
    open: false,
    leftovers,
  };
  const standing = await store.get(jobKey(jobId));
  await store.put(jobKey(jobId), stuck, standing?.version ?? 0, jobIndex(stuck));
}

/** What an answer has to be, whatever was asked. */
async function assertSound(route: string, sent: Call): Promise<void> {
  const written = writes;
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), HANG_MS);
  });
  const answer = await Promise.race([call(sent), hang]).finally(() => clearTimeout(timer));
  const about = `${sent.method} ${sent.path}: ${answer.status} ${answer.body.slice(0, 300)}`;
  seen.set(route, (seen.get(route) ?? new Set()).add(answer.status));
  assert.ok(answer.status < 500, about);
  if (answer.status >= 400) assert.equal(writes, written, `nothing is written after a refusal: ${about}`);
  const code = Reflect.get(Object(answer.json), 'code');
  const isOther = code === 'RouteNotFound' || code === 'MethodNotAllowed';
  if (route in OPERATIONS && !isOther)
    assertDocumented(route as ApiRoute, { status: answer.status, body: answer.json });
  if (answer.status >= 400) assert.equal(answer.headers['content-type'], 'application/problem+json', about);
}

for (const route of Object.keys(ROUTES)) {
  test(`${route} answers whatever is asked of it, and writes nothing after a refusal`, async () => {
    const [method = '', template = ''] = route.split(' ');
    await fc.assert(
      fc.asyncProperty(
        pathOf(template),
        queryOf(route),
        headers,
        bodyOf(route),
        async (path, query, sent, text) => {
          if (/retry|skip|forget/.test(route)) await stick();
          await assertSound(route, {
            method,
            path: path.replace('THE-JOB', jobId) + query,
            headers: sent,
            body: text,
          });
        },
      ),
      { numRuns: RUNS[route] ?? 40, seed: 20260301 },
    );
  });
}

test('an unknown route is a 404 or a 405', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'X');
  const path = fc.oneof(
    fc.constantFrom(...Object.keys(ROUTES).map(route => route.split(' ')[1] ?? '')),
    fc.array(encoded, { maxLength: 4 }).map(parts => `/${parts.join('/')}`),
    fc.constantFrom(
      '/v1/jobs/',
      '//',
      '/v1/../v1/jobs',
      '/%2e%2e/%2e%2e',
      '/v1/jobs?',
      '/v1%2Fjobs',
      '/V1/JOBS',
    ),
  );
  await fc.assert(
    fc.asyncProperty(method, path, headers, body, (asked, where, sent, text) =>
      assertSound('', { method: asked, path: where, headers: sent, body: text }),
    ),
    { numRuns: 150, seed: 20260301 },
  );
});

test('the requests covered every documented status of each route', () => {
  const expected: Record<string, number[]> = {
    'POST /v1/jobs': [202, 400, 401, 403, 404, 409, 413, 415, 422],
    'POST /v1/plans': [200, 400, 401, 404, 409, 413, 415],
    'GET /v1/jobs': [200, 400, 401],
    'GET /v1/jobs/{id}': [200, 304, 401, 404],
    'GET /v1/jobs/{id}/events': [200, 400, 401, 404],
    'POST /v1/jobs/{id}/cancel': [202, 400, 401, 403, 404],
    'POST /v1/jobs/{id}/retry': [202, 400, 401, 403, 404],
    'POST /v1/jobs/{id}/skip': [202, 400, 401, 403, 404],
    'POST /v1/jobs/{id}/forget': [202, 400, 401, 403, 404],
    'GET /v1/entry-points': [200, 400, 401],
    'GET /v1/entry-points/{name}': [200, 401, 404],
    'GET /v1/entry-points/{name}/drift': [200, 401, 404],
    'GET /v1/entry-points/{name}/health': [200, 401, 404],
    'GET /v1/schemas/{schema}': [200, 404],
    'GET /v1/openapi.json': [200],
    'GET /v1/health': [200],
    'GET /docs': [200],
    'GET /docs/{file}': [200, 404],
    '': [401, 404, 405],
  };
  for (const [route, statuses] of Object.entries(expected)) {
    const missing = statuses.filter(status => !seen.get(route)?.has(status));
    assert.deepEqual(missing, [], route);
  }
});
