// Alibaba Cloud's RPC on the wire: the place of parameters, their nesting, both signatures, the forms of answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parametersOf } from '@gatehouse/twins/alicloud-global-accelerator/parameters';
import { signatureOf } from '@gatehouse/twins/alicloud-global-accelerator/signatures';
import type { WireRequest } from '@gatehouse/twins/http/wire';
import { type Signed, secondsOf, v1, v3 } from './alicloud-raw.ts';
import {
  callWith,
  clientOn,
  foreignListener,
  host,
  listenerOn,
  port,
  RegionId,
  refused,
  shop,
  startGa,
} from './alicloud-start.ts';
import { startedAt, startTwins } from './start.ts';

/** Without a socket, and by one clock: a signature is made at the time of the twins. */
function startRaw() {
  const started = startTwins();
  const send = async (request: WireRequest) => {
    const answer = await started.twins.request(request);
    if (answer === 'dropped') throw new Error('no fault was asked for');
    return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) };
  };
  const now: Signed = { at: secondsOf(startedAt) };
  return { ...started, send, now };
}

const read = { RegionId, ListenerId: foreignListener };

test('the published vector of each signature is computed', () => {
  const older: WireRequest = {
    method: 'GET',
    path: '/?Action=DescribeRegions&Version=2014-05-26&Format=XML&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Timestamp=2016-02-23T12%3A46%3A24Z&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D',
    headers: {},
    body: '',
  };
  const first = signatureOf(older, parametersOf(older));
  assert.ok('nonce' in first);
  assert.equal(first.rightFor('testsecret'), 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  assert.equal(first.given, 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=');

  const signature = '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0';
  const newer: WireRequest = {
    method: 'POST',
    path: '/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
      authorization: `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=${signature}`,
    },
    body: '',
  };
  const second = signatureOf(newer, parametersOf(newer));
  assert.ok('nonce' in second);
  assert.equal(second.rightFor('YourAccessKeySecret'), signature);
});

test('the SDK is understood with either signature, with parameters in the query or in a form', async context => {
  const { port: at } = await startGa(context);
  for (const signatureAlgorithm of ['ACS3-HMAC-SHA256', 'v2']) {
    for (const place of ['query', 'body'] as const) {
      const client = clientOn(at, { signatureAlgorithm });
      const answer = await callWith(client, 'DescribeListener', read, place);
      assert.equal(answer['Name'], 'legacy-api', `${signatureAlgorithm} ${place}`);
    }
  }
});

test('temporary credentials are taken with their token only, with either signature', async context => {
  const { port: at } = await startGa(context);
  const temporary = { key: 'temporary', secret: 'temporary-secret' };
  for (const signatureAlgorithm of ['ACS3-HMAC-SHA256', 'v2']) {
    const call = (securityToken: string) =>
      callWith(clientOn(at, { ...temporary, securityToken, signatureAlgorithm }), 'DescribeListener', read);
    assert.equal((await call('temporary-token'))['Name'], 'legacy-api');
    for (const wrong of ['another-token', '']) {
      await assert.rejects(call(wrong), refused('InvalidSecurityToken.MismatchWithAccessKey'));
    }
  }
});

test('a list of thirty ranges and a name with signs of the URL come over as they are', async context => {
  const { call, createActive, listener } = await startGa(context);
  const PortRanges = Array.from({ length: 30 }, (_, index) => port(1001 + 3 * index));
  const Description = "a+b=c & d? 100% ~!*'() ünï";
  const id = await createActive({ PortRanges, Description });
  const shown = await listener(id);
  assert.deepEqual([shown['PortRanges'], shown['Description']], [PortRanges, Description]);
  await call('DeleteListener', { ListenerId: id });
});

test('query and form parameters are equivalent; lists are ordered by the number of their index', async () => {
  const { send, now } = startRaw();
  const query = {
    RegionId,
    AcceleratorId: shop,
    'PortRanges.10.FromPort': '90',
    'PortRanges.9.ToPort': '80',
  };
  const form = { Protocol: 'tcp', 'PortRanges.9.FromPort': '80', 'PortRanges.10.ToPort': '90' };
  const { body } = await send(v3('CreateListener', { query, form }, now));
  const { body: shown } = await send(
    v3('DescribeListener', { query: { RegionId, ListenerId: body.ListenerId } }, now),
  );
  assert.deepEqual(shown.PortRanges, [port(80), port(90)]);
});

test('names of parameters are case-sensitive, and unknown ones are ignored', async () => {
  const { send, now } = startRaw();
  const { status, body } = await send(v1('DescribeListener', { RegionId, listenerId: foreignListener }, now));
  assert.deepEqual([status, body.Code], [400, 'MissingListenerId']);
  const answered = await send(v1('DescribeListener', { ...read, Colour: 'blue', PageSize: 'x' }, now));
  assert.equal(answered.status, 200);
});

test('a name of a hundred thousand dots is one that is not known', async () => {
  const { send, now } = startRaw();
  const form = { ...read, [`${'a.'.repeat(100_000)}b`]: '1' };
  assert.equal((await send(v3('DescribeListener', { form }, now))).status, 200);
});

test('jsonLists: a list as one JSON text is accepted only where it is documented', async () => {
  const { control, send, now } = startRaw();
  const members = { RegionId, AcceleratorId: shop, PortRanges: '[{"FromPort":80,"ToPort":81}]' };
  const refusal = await send(v1('CreateListener', members, now));
  assert.equal(refusal.body.Code, 'InvalidPortRanges.Malformed');
  await control('PUT', 'switches', { ga: { jsonLists: 'all' } });
  assert.equal((await send(v1('CreateListener', members, now))).status, 200);
});

test('an error has its code, a message, the host that was called and a request id', async () => {
  const { send, now } = startRaw();
  const { status, headers, body } = await send(
    v1('DescribeListener', { RegionId, ListenerId: 'lsr-gone' }, now),
  );
  assert.deepEqual([status, headers['content-type']], [400, 'application/json;charset=utf-8']);
  assert.deepEqual(Object.keys(body), ['RequestId', 'HostId', 'Code', 'Message', 'Recommend']);
  assert.deepEqual([body.HostId, body.Code], [host, 'NotExist.Listener']);
  assert.match(body.RequestId, /^[0-9A-F-]{36}$/);
});

const refusals: [why: string, request: (now: Signed) => WireRequest, status: number, code: string][] = [
  ['an unknown operation', now => v1('MakeListener', {}, now), 404, 'InvalidAction.NotFound'],
  [
    'another version',
    now => v3('DescribeListener', {}, { ...now, version: '2014-05-26' }),
    400,
    'InvalidVersion',
  ],
  [
    'an unknown key',
    now => v1('DescribeListener', read, { ...now, key: 'nobody' }),
    404,
    'InvalidAccessKeyId.NotFound',
  ],
  [
    'a wrong secret',
    now => v1('DescribeListener', read, { ...now, secret: 'wrong' }),
    400,
    'SignatureDoesNotMatch',
  ],
  [
    'a wrong secret, newer',
    now => v3('DescribeListener', { query: read }, { ...now, secret: 'wrong' }),
    400,
    'SignatureDoesNotMatch',
  ],
  [
    'a date of another form',
    now => v1('DescribeListener', read, { ...now, at: '2026-06-01 12:00:00' }),
    400,
    'InvalidTimeStamp.Format',
  ],
  [
    'a date sixteen minutes old',
    () => v3('DescribeListener', { query: read }, { at: secondsOf(startedAt - 960_000) }),
    400,
    'InvalidTimeStamp.Expired',
  ],
  [
    'a date sixteen minutes ahead',
    () => v1('DescribeListener', read, { at: secondsOf(startedAt + 960_000) }),
    400,
    'InvalidTimeStamp.Expired',
  ],
  [
    'no key',
    () => ({
      method: 'GET',
      path: '/?Action=DescribeListener&Version=2019-11-20',
      headers: { host },
      body: '',
    }),
    400,
    'MissingAccessKeyId',
  ],
];

for (const [why, request, status, code] of refusals) {
  test(`refused before the product: ${why}`, async () => {
    const { calls, send, now } = startRaw();
    const answer = await send(request(now));
    assert.deepEqual([answer.status, answer.body.Code], [status, code]);
    assert.deepEqual(
      (await calls()).map((row: { error?: string }) => row.error),
      [code],
    );
  });
}

test('the error of a wrong signature repeats the string to sign after a colon, and recommends an address', async () => {
  const { send, now } = startRaw();
  const old = await send(v1('DescribeListener', read, { ...now, secret: 'wrong' }));
  const begin = 'Specified signature is not matched with our calculation. server string to sign is:';
  const at = String(old.body.Message);
  assert.ok(at.startsWith(`${begin}GET&%2F&AccessKeyId%3Dtwin%26Action%3DDescribeListener%26`), at);
  // As aliyun-python-sdk-core takes it apart.
  assert.equal(at.split(':').length, 2);
  const recent = await send(v3('DescribeListener', { query: read }, { ...now, secret: 'wrong' }));
  assert.match(String(recent.body.Message), /is:ACS3-HMAC-SHA256\n[0-9a-f]{64}$/);
  assert.match(String(recent.body.Recommend), /^https:.*SignatureDoesNotMatch/);
});

test('a changed parameter, header or body breaks the signature', async () => {
  const { send, now } = startRaw();
  const changes: ((request: WireRequest) => WireRequest)[] = [
    request => ({ ...request, path: request.path.replace(shop, 'ga-bp1other') }),
    request => ({ ...request, body: request.body.replace('443', '444') }),
    request => ({ ...request, headers: { ...request.headers, 'x-acs-action': 'ListListeners' } }),
  ];
  for (const change of changes) {
    const form = { 'PortRanges.1.FromPort': '443', 'PortRanges.1.ToPort': '443' };
    const request = v3('CreateListener', { query: { RegionId, AcceleratorId: shop }, form }, now);
    assert.equal((await send(change(request))).body.Code, 'SignatureDoesNotMatch');
  }
});

test('a nonce serves once, within half an hour; a refused signature does not use it up', async () => {
  const { clock, send } = startRaw();
  const nonce = 'a-nonce-of-mine';
  const signed = (at = clock.now): Signed => ({ nonce, at: secondsOf(at) });
  await send(v1('DescribeListener', read, { ...signed(), secret: 'wrong' }));
  assert.equal((await send(v1('DescribeListener', read, signed()))).status, 200);
  const again = v3('DescribeListener', { query: read }, signed());
  assert.equal((await send(again)).body.Code, 'SignatureNonceUsed');
  clock.now += 29 * 60_000;
  assert.equal((await send(v1('DescribeListener', read, signed()))).body.Code, 'SignatureNonceUsed');
  clock.now += 91 * 60_000;
  assert.equal((await send(v1('DescribeListener', read, signed()))).status, 200);
});

test('a request that is neither signed for AWS nor an RPC call is refused', async () => {
  const { twins } = startRaw();
  const request = { method: 'GET', path: '/', headers: { host }, body: '' };
  assert.equal(twins.takes(request), false);
  assert.equal(twins.takes({ ...request, path: '/v1/jobs?Action=DescribeListener' }), false);
  assert.equal(twins.takes({ ...request, path: '/?Action=DescribeListener' }), true);
});

test('the log has the nested request, and nothing of the signature', async context => {
  const { calls, createListener } = await startGa(context);
  await createListener({ ClientToken: 'job-1' });
  const [row] = await calls();
  assert.deepEqual(row, {
    n: 1,
    at: new Date(startedAt).toISOString(),
    service: 'ga',
    region: 'cn-hangzhou',
    operation: 'CreateListener',
    request: {
      AcceleratorId: shop,
      ClientToken: 'job-1',
      PortRanges: [{ FromPort: '443', ToPort: '443' }],
      Protocol: 'TCP',
      RegionId,
    },
    status: 200,
    changed: true,
  });
});

test('throttling: the code, status and wait are as switched', async context => {
  const { call, clock, port: at, set } = await startGa(context);
  await set({ callsPerSecond: 1, throttleCode: 'Throttling.Api', throttleStatus: '429', retryAfterMs: 300 });
  const client = clientOn(at);
  await callWith(client, 'DescribeListener', read);
  const error = await callWith(client, 'DescribeListener', read).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof Error);
  assert.deepEqual(
    ['name', 'code', 'statusCode', 'retryAfter'].map(name => Reflect.get(error, name)),
    ['ThrottlingError', 'Throttling.Api', 429, 300],
  );
  clock.now += 1000;
  await call('ListListeners', { ...listenerOn(shop) });
});
