// The local gateway's own limits, with time as an argument.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGateway } from '@gatehouse/local/api-gateway/gateway';
import type { WireRequest } from '@gatehouse/twins/http/wire';

function gatewayOf(events: unknown[]) {
  let now = 0;
  const gateway = createGateway({
    routes: { 'GET /v1/jobs': 'list-jobs' },
    defaultRoute: 'no-route',
    lambdas: {
      async invoke(_name, event) {
        events.push(event);
        return { statusCode: 200, headers: {}, body: '' };
      },
    },
    account: '123456789012',
    throttle: { perSecond: 2, burst: 3 },
    nowMs: () => now,
  });
  return {
    send: (request: Partial<WireRequest>) =>
      gateway({ method: 'GET', path: '/v1/jobs', headers: {}, body: '', ...request }),
    get: (path = '/v1/jobs') => gateway({ method: 'GET', path, headers: {}, body: '' }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a request above the rate limit is a 429 in the words of API Gateway, reaches no function, and succeeds a little later', async () => {
  const events: unknown[] = [];
  const { get, pass } = gatewayOf(events);
  const statuses = async (count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, () => get()));
    return answers.map(answer => (answer === 'dropped' ? answer : answer.status));
  };
  assert.deepEqual(await statuses(5), [200, 200, 200, 429, 429]);
  assert.equal(events.length, 3);
  const answer = await get();
  assert.ok(answer !== 'dropped');
  const { 'apigw-requestid': id, ...headers } = answer.headers;
  assert.match(id ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(
    { ...answer, headers },
    { status: 429, headers: { 'content-type': 'application/json' }, body: '{"message":"Too Many Requests"}' },
  );
  pass(1000);
  assert.deepEqual(await statuses(3), [200, 200, 429]);
  pass(60_000);
  assert.deepEqual(await statuses(4), [200, 200, 200, 429], 'never more than the burst at once');
});

test('a parameter that comes twice reaches the function as API Gateway joins it', async () => {
  const events: unknown[] = [];
  await gatewayOf(events).get('/v1/jobs?status=RUNNING&status=FAILED&entryPoint=a%2Cb');
  const query = Reflect.get(Object(events[0]), 'queryStringParameters');
  assert.deepEqual(query, { status: 'RUNNING,FAILED', entryPoint: 'a,b' });
});

for (const [type, isBase64Encoded] of [
  ['application/json', false],
  ['application/json; charset=utf-8', false],
  ['text/yaml', false],
  ['application/yaml', true],
  ['application/json-seq', true],
  [undefined, true],
] as const) {
  test(`a body of ${type ?? 'no type'} reaches the function ${isBase64Encoded ? 'in base64' : 'as text'}`, async () => {
    const events: unknown[] = [];
    const body = 'entryPoint: ä';
    const headers = type === undefined ? {} : { 'content-type': type };
    await gatewayOf(events).send({ method: 'POST', body, headers });
    assert.partialDeepStrictEqual(events[0], {
      body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
      isBase64Encoded,
    });
  });
}

test('a clock that is set back refuses no request', async () => {
  const { get, pass } = gatewayOf([]);
  pass(-3_600_000);
  const answer = await get();
  assert.equal(answer === 'dropped' ? answer : answer.status, 200);
});
