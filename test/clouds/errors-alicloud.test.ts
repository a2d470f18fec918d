// What every error of Alibaba Cloud Global Accelerator, of its gateway and of the wire means to a step: its class, code and
// outcome. Answered on a real socket and read by the vendor's own client.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { alicloudClient, alicloudResources, fixedKey } from '@gatehouse/clouds/alicloud-global-accelerator';
import { RetryableError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { assertMeans, GONE, thrownBy } from './meaning.ts';

const KEY_ID = 'LTAI5tExampleKeyId';
const SECRET = 'the-secret-of-the-key';
const SECURITY_TOKEN = 'the-token-of-the-session';
const acceleratorId = 'ga-bp1shopw7k2m9q4x1z8t';
const listenerId = 'lsr-bp1abcdefghijklmnop';
const TOKEN = 'a'.repeat(64);

type Reply = (response: ServerResponse) => void;

const listener: DesiredByKind['alicloudListener'] = {
  acceleratorId,
  protocol: 'TCP',
  portRanges: [{ fromPort: 443, toPort: 443 }],
  clientAffinity: 'NONE',
  certificates: [],
};
const group = {
  acceleratorId,
  listenerId,
  type: 'default',
  region: 'cn-hangzhou',
  endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.7', weight: 0 }],
  trafficPercentage: 100,
  healthCheckEnabled: false,
  portOverrides: [],
  tags: {},
};
const rule = {
  acceleratorId,
  listenerId,
  endpointGroupId: 'epg-1',
  name: 'images',
  priority: 1,
  ruleConditions: [{ type: 'Host', values: ['a.example.com'] }],
  ruleActions: [{ type: 'ForwardGroup' }],
};
const certificate = { acceleratorId, listenerId, domain: 'a.example.com', certificateId: '1-cn-hangzhou' };

const standing = (spec: object) => ({ id: 'it', states: ['active'], ruleIds: [], spec });

type Calls = Record<string, (of: Record<string, Resource>) => Promise<unknown> | undefined>;

/** One call of each operation, as the resources make it. */
const CALLS: Calls = {
  CreateListener: of => of['alicloudListener']?.create?.(listener, TOKEN),
  UpdateListener: of =>
    of['alicloudListener']?.update?.(listener, standing({ ...listener, protocol: 'UDP' })),
  DescribeListener: of => of['alicloudListener']?.read(listener, listenerId),
  ListListeners: of => of['alicloudListener']?.read(listener, undefined),
  DeleteListener: of => of['alicloudListener']?.remove?.(listenerId, listener, null),
  CreateEndpointGroup: of => of['alicloudEndpointGroup']?.create?.(group, TOKEN),
  UpdateEndpointGroup: of => of['alicloudEndpointGroup']?.update?.(group, standing(group)),
  TagResources: of =>
    of['alicloudEndpointGroup']?.update?.({ ...group, tags: { team: 'shop' } }, standing(group)),
  UntagResources: of =>
    of['alicloudEndpointGroup']?.update?.(
      { ...group, droppedTags: ['team'] },
      standing({ ...group, tags: { team: 'shop' } }),
    ),
  DescribeEndpointGroup: of => of['alicloudEndpointGroup']?.read(group, 'epg-1'),
  ListEndpointGroups: of => of['alicloudEndpointGroup']?.read(group, undefined),
  DeleteEndpointGroup: of => of['alicloudEndpointGroup']?.remove?.('epg-1', group, null),
  CreateForwardingRules: of => of['forwardingRule']?.create?.(rule, TOKEN),
  UpdateForwardingRules: of => of['forwardingRule']?.update?.(rule, standing(rule)),
  ListForwardingRules: of => of['forwardingRule']?.read(rule, undefined),
  DeleteForwardingRules: of => of['forwardingRule']?.remove?.('frule-1', rule, null),
  AssociateAdditionalCertificatesWithListener: of =>
    of['additionalCertificate']?.create?.(certificate, TOKEN),
  UpdateAdditionalCertificateWithListener: of =>
    of['additionalCertificate']?.update?.(certificate, standing(certificate)),
  ListListenerCertificates: of => of['additionalCertificate']?.read(certificate, undefined),
  DissociateAdditionalCertificatesFromListener: of =>
    of['additionalCertificate']?.remove?.('it', certificate, null),
};

/** Of every operation. */
const EVERYWHERE: Record<string, string> = {
  'StateError.Accelerator': 'Busy',
  'NotActive.Listener': 'Busy',
  'StateError.Listener': 'Busy',
  'StateError.EndPointGroup': 'Busy',
  'StateError.ForwardingRule': 'Busy',
  'StateError.IpSet': 'Busy',
  'NotActive.IpSet': 'Busy',
  'StateError.BandwidthPackage': 'Busy',
  'StateError.Acl': 'Busy',
  'StateError.Something': 'Busy',
  'NotExist.Something': 'NotFound',
  ACL_NOT_STEADY: 'Busy',
  GA_NOT_STEADY: 'Busy',
  SystemBusy: 'Busy',
  Throttling: 'Throttled',
  'Throttling.User': 'Throttled',
  'Throttling.Api': 'Throttled',
  'Throttling.Something': 'Throttled',
  'Rejected.Throttling': 'Throttled',
  ServiceUnavailable: 'ServiceInternalError',
  InternalError: 'ServiceInternalError',
  SignatureNonceUsed: 'Busy',
  'InvalidTimeStamp.Expired': 'Busy',
  'NotExist.BusinessRegion': 'InvalidRequest',
  'NotExist.ListenerPort': 'InvalidRequest',
  'ProtocalIllegal.Listener': 'InvalidRequest',
  'PortRangeIllegal.UDP': 'InvalidRequest',
  'SystemPort.Listener': 'InvalidRequest',
  'PortRanges.MustOne': 'InvalidRequest',
  'QuotaExceeded.Listener': 'ServiceLimitExceeded',
  'QuotaExceeded.ListenerPort': 'ServiceLimitExceeded',
  'QuotaExceeded.EndPoint': 'ServiceLimitExceeded',
  'NoPermission.VpcEndpoint': 'AccessDenied',
  'NoPermission.EnableHealthCheck': 'AccessDenied',
  'Forbidden.RAM': 'AccessDenied',
  NoPermission: 'AccessDenied',
  Forbidden: 'AccessDenied',
  SignatureDoesNotMatch: 'AccessDenied',
  IncompleteSignature: 'AccessDenied',
  'InvalidAccessKeyId.NotFound': 'AccessDenied',
  'InvalidSecurityToken.Expired': 'AccessDenied',
  IdempotentParameterMismatch: 'InvalidRequest',
  MissingAcceleratorId: 'InvalidRequest',
  'IllegalParameter.Weight': 'InvalidRequest',
  'InvalidAction.NotFound': 'InvalidRequest',
  'Never.HeardOf': 'InternalFailure',
};

/** What an operation's own codes mean to the step that gets them. */
const OWN: Record<string, Record<string, string>> = {
  CreateListener: {
    'PortConflict.Listener': 'AlreadyExists',
    'NotExist.Accelerator': 'NotFound',
    'NotExist.BasicBandwidthPackage': 'Busy',
    UnknownError: 'ServiceInternalError',
  },
  UpdateListener: { 'PortConflict.Listener': 'ResourceConflict', 'NotExist.Listener': 'NotFound' },
  DescribeListener: { 'NotExist.Listener': GONE, UnknownError: GONE },
  ListListeners: { 'NotExist.Accelerator': GONE },
  DeleteListener: {
    'NotExist.Listener': GONE,
    'Exist.EndpointGroup': 'Busy',
    'Exist.ForwardingRule': 'Busy',
  },
  CreateEndpointGroup: { 'Exist.EndpointGroup': 'AlreadyExists', 'NotExist.Listener': 'NotFound' },
  UpdateEndpointGroup: { 'NotExist.EndPointGroup': 'NotFound' },
  DescribeEndpointGroup: { 'NotExist.EndPointGroup': GONE, UnknownError: GONE },
  DeleteEndpointGroup: { 'NotExist.EndPointGroup': GONE },
  ListForwardingRules: { 'NotExist.Listener': GONE },
  // An unknown rule has no code that is documented: the list says that there is none.
  DeleteForwardingRules: { 'NotExist.ForwardingRule': GONE, 'NotExist.Listener': GONE },
};

/** What was answered to each operation; whatever is not named succeeds, and nothing stands. */
async function cloud(t: TestContext, replies: Record<string, Reply>) {
  const server = createServer((request, response) => {
    request.resume();
    const action = String(request.headers['x-acs-action']);
    const reply = replies[action] ?? (answer => answer.end(JSON.stringify(success(action))));
    request.on('end', () => reply(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const keys = fixedKey({
    accessKeyId: KEY_ID,
    accessKeySecret: SECRET,
    securityToken: SECURITY_TOKEN,
  });
  return alicloudResources(alicloudClient({ endpoint: `http://127.0.0.1:${port}`, keys })) as Record<
    string,
    Resource
  >;
}

function success(action: string): object {
  const own = action === 'DescribeAccelerator' ? { AcceleratorId: acceleratorId, State: 'active' } : {};
  return { RequestId: 'R-OK', TotalCount: 0, ...own };
}

const refused =
  (code: string, status = 400): Reply =>
  response => {
    const said = { RequestId: 'R-1', HostId: 'ga', Code: code, Message: 'its own words' };
    response
      .writeHead(status, { 'content-type': 'application/json;charset=utf-8' })
      .end(JSON.stringify(said));
  };

for (const [operation, call] of Object.entries(CALLS)) {
  test(`${operation}: what each code means`, async t => {
    const replies: Record<string, Reply> = {};
    const resources = await cloud(t, replies);
    const meanings = Object.entries({ ...EVERYWHERE, ...OWN[operation] });
    assert.ok(meanings.length > 40);
    for (const [code, meaning] of meanings) {
      replies[operation] = refused(code);
      const thrown = await thrownBy(() => call(resources));
      const found = /^Describe|^List/.test(operation) || /^Delete/.test(operation);
      const gone = meaning === GONE || isAbsentRule(operation, meaning) || (found && meaning === 'NotFound');
      if (gone) assert.equal(thrown, undefined, `${code}: ${thrown}`);
      else assertMeans(thrown, meaning, code);
      if (thrown instanceof RetryableError && !code.startsWith('Exist.')) {
        assert.deepEqual(thrown.provider, { service: 'ga', operation, errorCode: code, requestId: 'R-1' });
      }
    }
  });
}

/** Where the list says that it is not there, no refusal of its removal matters. */
function isAbsentRule(operation: string, meaning: string): boolean {
  const heals = ['Busy', 'Throttled', 'ServiceInternalError'].includes(meaning);
  return /^(DeleteForwardingRules|Dissociate)/.test(operation) && !heals;
}

const WIRE: [what: string, reply: Reply, meaning: string][] = [
  ['a connection that is reset', response => response.destroy(), 'NetworkFailure'],
  [
    'headers, and then a reset',
    response => {
      response.writeHead(200, { 'content-length': 100 }).write('{"Req');
      setImmediate(() => response.destroy());
    },
    'NetworkFailure',
  ],
  ['a 502 in HTML', response => response.writeHead(502).end('<html>'), 'ServiceInternalError'],
  ['an empty 500', response => response.writeHead(500).end(), 'ServiceInternalError'],
  ['a 503 in JSON', refused('ServiceUnavailable', 503), 'ServiceInternalError'],
  ['a 500 of an unknown code', refused('Never.HeardOf', 500), 'ServiceInternalError'],
  ['a 429 of an unknown code', refused('Never.HeardOf', 429), 'Throttled'],
  ['a 431 without a body', response => response.writeHead(431).end(), 'ServiceInternalError'],
  ['a 400 in JSON without a code', response => response.writeHead(400).end('{}'), 'ServiceInternalError'],
  ['a 200 in HTML', response => response.end('<html>'), 'ServiceInternalError'],
  ['an empty 200', response => response.end(), 'ServiceInternalError'],
  ['a 204', response => response.writeHead(204).end(), 'ServiceInternalError'],
  ['a 302', response => response.writeHead(302).end('{}'), 'ServiceInternalError'],
  ['a 200 that holds a code', refused('PortConflict.Listener', 200), 'AlreadyExists'],
  ['a 200 that holds a busy code', refused('StateError.Accelerator', 200), 'Busy'],
  ['a 200 without the id', response => response.end('{"RequestId":"R"}'), 'InternalFailure'],
];

for (const [what, reply, meaning] of WIRE) {
  test(`${what} is ${meaning} to a create`, async t => {
    const resources = await cloud(t, { CreateListener: reply });
    const thrown = await thrownBy(() => resources['alicloudListener']?.create?.(listener, TOKEN));
    assertMeans(thrown, meaning, what);
  });
}

for (const [header, seconds] of [
  ['1500', 1.5],
  ['0', undefined],
  ['86400000', undefined],
  ['soon', undefined],
  [undefined, undefined],
] as const) {
  test(`a throttled call with ${header} is repeated after ${seconds ?? 'as long as usual'}`, async t => {
    const throttle: Reply = response => {
      if (header !== undefined) response.setHeader('x-acs-retry-after', header);
      refused('Throttling.User')(response);
    };
    const resources = await cloud(t, { CreateListener: throttle });
    const thrown = await thrownBy(() => resources['alicloudListener']?.create?.(listener, TOKEN));
    assertMeans(thrown, 'Throttled', 'a throttle');
    assert.equal(thrown instanceof RetryableError && thrown.retryAfterSeconds, seconds);
  });
}

test('an endpoint that refuses connections is a network failure', async () => {
  const keys = fixedKey({ accessKeyId: KEY_ID, accessKeySecret: SECRET });
  const { alicloudListener } = alicloudResources(alicloudClient({ endpoint: 'http://127.0.0.1:1', keys }));
  assertMeans(await thrownBy(() => alicloudListener?.create?.(listener, TOKEN)), 'NetworkFailure', 'refused');
});

test('without a key every call is refused, with the setting to set', async () => {
  const { alicloudListener } = alicloudResources(alicloudClient({}));
  const thrown = await thrownBy(() => alicloudListener?.create?.(listener, TOKEN));
  assertMeans(thrown, 'AccessDenied', 'no key');
  assert.match(String(thrown), /GATEHOUSE_ALICLOUD_SECRET/);
});

/** As the gateway words it: it shows what it would have signed. */
const SIGNED_TEXT = `Specified signature is not matched with our calculation. server string to sign is:POST%26%252F%26AccessKeyId%3D${KEY_ID}%26Action%3DCreateListener`;

test('no error contains the key id, not even where the cloud shows what it would have signed', async t => {
  const answer =
    (Code: string): Reply =>
    response => {
      response.statusCode = 400;
      response.end(JSON.stringify({ Code, Message: SIGNED_TEXT, RequestId: 'R' }));
    };
  for (const code of ['SignatureDoesNotMatch', 'InvalidAccessKeyId.NotFound', 'IllegalParameter']) {
    const resources = await cloud(t, { CreateListener: answer(code) });
    const thrown = await thrownBy(() => resources['alicloudListener']?.create?.(listener, TOKEN));
    assert.ok(!inspect(thrown, { depth: 20, showHidden: true }).includes(KEY_ID), code);
    assert.equal(/string to sign/.test(String(thrown)), code === 'IllegalParameter', String(thrown));
  }
});

test('a key that was exchanged is used from the next call on, and the refused call is repeated', async t => {
  const used: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const [, id = ''] = /Credential=([^,]+)/.exec(String(request.headers['authorization'])) ?? [];
    used.push(id);
    response.statusCode = id === 'new-key' ? 200 : 404;
    const refusal = { Code: 'InvalidAccessKeyId.NotFound', Message: 'Specified access key is not found.' };
    response.end(JSON.stringify(id === 'new-key' ? { ListenerId: listenerId, RequestId: 'R' } : refusal));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  let present = { accessKeyId: 'old-key', accessKeySecret: SECRET };
  const keys = {
    key: async () => present,
    isReplaced: async (refused: object) => {
      present = { accessKeyId: 'new-key', accessKeySecret: SECRET };
      return refused !== present;
    },
  };
  const port = Object(server.address()).port;
  const { alicloudListener } = alicloudResources(
    alicloudClient({ endpoint: `http://127.0.0.1:${port}`, keys }),
  );
  const create = () => alicloudListener?.create?.(listener, TOKEN);
  assertMeans(await thrownBy(create), 'Busy', 'the old key');
  await create();
  assert.deepEqual(used, ['old-key', 'new-key']);
});

test('no error contains a secret, a session token or a signature, whatever the answer', async t => {
  const replies: Record<string, Reply> = {};
  const resources = await cloud(t, replies);
  for (const reply of [refused('SignatureDoesNotMatch'), ...WIRE.map(([, each]) => each)]) {
    replies['CreateListener'] = reply;
    const thrown = await thrownBy(() => resources['alicloudListener']?.create?.(listener, TOKEN));
    const everything = inspect(thrown, { depth: 20, showHidden: true });
    for (const secret of [SECRET, SECURITY_TOKEN, 'Signature='])
      assert.ok(!everything.includes(secret), everything);
  }
});

for (const State of ['finacialLocked', 'financialLocked', 'deleting']) {
  test(`a busy answer of an instance that is ${State} is for good`, async t => {
    const describe: Reply = response => response.end(JSON.stringify({ AcceleratorId: acceleratorId, State }));
    const resources = await cloud(t, {
      DescribeAccelerator: describe,
      CreateListener: refused('StateError.Accelerator'),
      UpdateEndpointGroup: refused('StateError.Accelerator'),
    });
    for (const operation of ['CreateListener', 'UpdateEndpointGroup']) {
      const thrown = await thrownBy(() => CALLS[operation]?.(resources));
      assertMeans(thrown, 'ResourceConflict', operation);
      assert.match(
        String(thrown),
        /ga-bp1shopw7k2m9q4x1z8t is (locked for an overdue payment|being deleted)/,
      );
    }
  });
}

test('a group that is answered without a state is gone', async t => {
  for (const answer of ['{"RequestId":"R","EndpointGroupId":"epg-1"}', '{"RequestId":"R"}']) {
    const resources = await cloud(t, { DescribeEndpointGroup: response => response.end(answer) });
    assert.equal(await resources['alicloudEndpointGroup']?.read(group, 'epg-1'), undefined);
  }
});

test('a list whose pages never end is not read for ever', async t => {
  const asked: string[] = [];
  const endless =
    (operation: string, members: object): Reply =>
    response => {
      asked.push(operation);
      response.end(JSON.stringify({ RequestId: 'R', ...members }));
    };
  const PortRanges = [{ FromPort: 80, ToPort: 80 }];
  const Listeners = Array.from({ length: 50 }, (_, n) => ({
    ListenerId: `lsr-${n}`,
    Protocol: 'TCP',
    PortRanges,
  }));
  const resources = await cloud(t, {
    ListForwardingRules: endless('ListForwardingRules', { ForwardingRules: [], NextToken: 'again' }),
    ListListeners: endless('ListListeners', { Listeners, TotalCount: 50 }),
  });
  const thrown = await thrownBy(() => resources['forwardingRule']?.read(rule, 'frule-1'));
  assertMeans(thrown, 'ServiceInternalError', 'ListForwardingRules');
  assert.equal(await resources['alicloudListener']?.read(listener, undefined), undefined);
  assert.deepEqual(asked, ['ListForwardingRules', 'ListForwardingRules', 'ListListeners', 'ListListeners']);
});
