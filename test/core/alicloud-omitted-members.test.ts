// Members that a spec for Alibaba Cloud said so far and leaves out now: what is said in their place, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traitsOf } from '@gatehouse/core/kinds/kinds';
import { omittedMembers } from '@gatehouse/core/plan/match';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { parseRequest } from '@gatehouse/core/request/request';

interface Said {
  listener?: object;
  group?: object;
  endpoint?: object;
}

const HTTPS = { protocol: 'HTTPS', certificates: [{ id: '4490001-cn-hangzhou' }] };
const HEADERS = {
  xForwardedForGaIdEnabled: false,
  xForwardedForGaApEnabled: false,
  xForwardedForProtoEnabled: false,
  xForwardedForPortEnabled: false,
  xRealIpEnabled: false,
};

function stepsOf({ listener, group, endpoint }: Said) {
  const parsed = parseRequest({
    operation: 'provision',
    entryPoint: 'shop-edge',
    cloud: 'alicloud',
    listener: {
      acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
      protocol: 'TCP',
      portRanges: [{ fromPort: 443, toPort: 443 }],
      ...listener,
    },
    endpointGroups: [
      {
        region: 'cn-hangzhou',
        endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11', ...endpoint }],
        ...group,
      },
    ],
  });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
}

function pairOf(kind: string, before: Said, after: Said) {
  const [were, steps] = [stepsOf(before), stepsOf(after)];
  const [owned, step] = [were, steps].map(all => all.find(each => each.kind === kind));
  assert.ok(owned && step);
  return { step, owned: { ...owned, step: owned.id, id: 'id-1' }, steps };
}

function said(kind: string, before: Said, after: Said) {
  const { step, owned, steps } = pairOf(kind, before, after);
  return omittedMembers(step, owned, steps);
}

function kept(kind: string, before: Said, after: Said) {
  const { step, owned } = pairOf(kind, before, after);
  return traitsOf(step.kind).omittedButRetained?.(step, owned) ?? [];
}

test('an omitted name of a listener is cleared, and an omitted timeout is the default of its protocol', () => {
  const before = { listener: { name: 'shop', description: 'a shop', idleTimeout: 60 } };
  const usual = { name: '', description: '' };
  assert.deepEqual(said('alicloudListener', before, {}), { ...usual, idleTimeout: 900 });
  const udp = { listener: { protocol: 'UDP' } };
  assert.deepEqual(said('alicloudListener', before, udp), { ...usual, idleTimeout: 20 });
});

test('omitted members of HTTPS return to their defaults on HTTPS, and are not sent otherwise', () => {
  const before = {
    listener: {
      ...HTTPS,
      httpVersion: 'http3',
      requestTimeout: 9,
      xForwardedForConfig: { xRealIpEnabled: true },
    },
  };
  const http = { requestTimeout: 60, xForwardedForConfig: HEADERS };
  const after = (listener: object) => said('alicloudListener', before, { listener });
  assert.deepEqual(after(HTTPS), { ...http, httpVersion: 'http2' });
  assert.deepEqual(after({ protocol: 'HTTP' }), http);
  assert.deepEqual(after({}), {});
});

test('an omitted name of an endpoint group is cleared, and omitted protocols return to their defaults', () => {
  const before = {
    listener: HTTPS,
    group: {
      name: 'shop',
      description: 'a shop',
      endpointRequestProtocol: 'HTTPS',
      endpointIpVersion: 'ProtocolAffinity',
    },
  };
  const usual = { name: '', description: '', endpointIpVersion: 'IPv4' };
  assert.deepEqual(said('alicloudEndpointGroup', before, { listener: HTTPS }), {
    ...usual,
    endpointRequestProtocol: 'HTTP',
  });
  assert.deepEqual(said('alicloudEndpointGroup', before, {}), usual, 'behind TCP there is no such protocol');
});

test('the flags of an endpoint that stays are sent as off', () => {
  const before = { endpoint: { enableProxyProtocol: true } };
  const { endpoints } = said('alicloudEndpointGroup', before, {}) as { endpoints: object[] };
  assert.deepEqual(endpoints, [
    { type: 'PublicIp', endpoint: '203.0.113.11', weight: 255, enableProxyProtocol: false },
  ]);
  assert.deepEqual(said('alicloudEndpointGroup', before, { endpoint: { endpoint: '203.0.113.12' } }), {});
  const http = { listener: { protocol: 'HTTP' } };
  assert.deepEqual(said('alicloudEndpointGroup', before, http), {}, 'over HTTP they cannot be off');
});

test('a member that is said, or was not said before, is left as the spec has it', () => {
  const all = { listener: { name: 'shop', idleTimeout: 60 }, group: { name: 'shop' } };
  for (const kind of ['alicloudListener', 'alicloudEndpointGroup']) {
    assert.deepEqual(said(kind, all, all), {});
    assert.deepEqual(said(kind, {}, all), {});
    assert.deepEqual(said(kind, {}, {}), {});
  }
});

test('a member that no call can reset is named if it has an effect', () => {
  const policy = { listener: { ...HTTPS, securityPolicyId: 'tls_cipher_policy_1_2' } };
  assert.deepEqual(kept('alicloudListener', policy, { listener: HTTPS }), ['securityPolicyId']);
  assert.deepEqual(kept('alicloudListener', policy, policy), []);
  assert.deepEqual(kept('alicloudListener', policy, {}), []);
  const group = (more: object) => ({
    listener: HTTPS,
    group: {
      endpointRequestProtocol: 'HTTPS',
      healthCheckEnabled: true,
      healthCheckProtocol: 'https',
      healthCheckPort: 443,
      ...more,
    },
  });
  const before = group({ endpointProtocolVersion: 'HTTP2', healthCheckHost: 'shop.example.com' });
  assert.deepEqual(kept('alicloudEndpointGroup', before, group({})), [
    'endpointProtocolVersion',
    'healthCheckHost',
  ]);
  const other = { endpointRequestProtocol: 'HTTP', healthCheckProtocol: 'tcp' };
  assert.deepEqual(kept('alicloudEndpointGroup', before, group(other)), []);
});
