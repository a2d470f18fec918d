// Twins for a test of Alibaba Cloud Global Accelerator: virtual time, a real port on 127.0.0.1, and the vendor's own
// SDK core, which signs with the real clock.
import type { TestContext } from 'node:test';
import * as openapi from '@alicloud/openapi-core';
import { serve } from '@gatehouse/local/http/http-service';
import { startTwins } from './start.ts';

/** A CommonJS package: its default export is a member of what the import gives. */
const { default: Client, OpenApiUtil, $OpenApiUtil } = openapi.default;
type Client = InstanceType<typeof Client>;

export const shop = 'ga-bp1shopw7k2m9q4x1z8t';
export const arcade = 'ga-bp1arcade5n8r2v6y3j0';
export const unpaid = 'ga-bp1locked3h7c9f1b5d2';
export const managed = 'ga-bp1managed1f5d9s3a7q0w';
export const planless = 'ga-bp1noplan4g8s6l0p2u7';
export const foreignListener = 'lsr-bp1foreign8c2v5n7b0m3';
export const foreignGroup = 'epg-bp1foreign2w5e8r1t4y7';
export const certificate = '4490001-cn-hangzhou';
export const frankfurt = 'eu-central-1';
export const ecs = 'i-gw84web7k2m9q4x1z8t';
export const slb = 'lb-gw86front1a8s5d2f9g4h';
export const alb = 'alb-gw87route0p3o6i9u2y5';
export const host = 'ga.cn-hangzhou.aliyuncs.com';

export const RegionId = 'cn-hangzhou';

/** Longer than any change takes. */
export const settledMs = 300_000;

type Members = Record<string, unknown>;

export async function startGa(context: TestContext, options: Parameters<typeof startTwins>[0] = {}) {
  const started = startTwins({ wallClock: Date.now, ...options });
  const { twins, clock, control } = started;
  const server = await serve(twins.request, { port: 0, maxBodyBytes: 1_000_000 });
  context.after(() => server.close());
  const client = clientOn(server.port);
  const call = (operation: string, members: Members = {}) => callWith(client, operation, members);
  const settle = () => {
    clock.now += settledMs;
  };
  return {
    ...started,
    port: server.port,
    call,
    settle,
    set: (switches: Record<string, string | number>) => control('PUT', 'switches', { ga: switches }),
    faults: (...faults: object[]) =>
      control(
        'PUT',
        'faults',
        faults.map(fault => ({ service: 'ga', times: 1, ...fault })),
      ),
    state: async (AcceleratorId = shop) =>
      (await call('DescribeAccelerator', { RegionId, AcceleratorId }))['State'],
    listener: (ListenerId: string) => call('DescribeListener', { RegionId, ListenerId }),
    group: (EndpointGroupId: string) => call('DescribeEndpointGroup', { RegionId, EndpointGroupId }),
    createGroup: async (ListenerId: string, more: Members = {}) =>
      String((await call('CreateEndpointGroup', groupOn(ListenerId, more)))['EndpointGroupId']),
    /** Of an endpoint group that is active, its id. */
    createActiveGroup: async (ListenerId: string, more: Members = {}) => {
      const { EndpointGroupId } = await call('CreateEndpointGroup', groupOn(ListenerId, more));
      settle();
      return String(EndpointGroupId);
    },
    /** A listener with a default and a virtual endpoint group, all active. */
    createShop: async (more: Members = https) => {
      const { ListenerId } = await call('CreateListener', listenerOn(shop, more));
      settle();
      const groups: string[] = [];
      for (const EndpointGroupType of ['default', 'virtual']) {
        const made = await call('CreateEndpointGroup', groupOn(String(ListenerId), { EndpointGroupType }));
        groups.push(String(made['EndpointGroupId']));
        settle();
      }
      const [first = '', second = ''] = groups;
      return { ListenerId: String(ListenerId), first, second };
    },
    createListener: async (more: Members = {}) =>
      String((await call('CreateListener', listenerOn(shop, more)))['ListenerId']),
    /** Of a listener that is active, its id. */
    createActive: async (more: Members = {}) => {
      const { ListenerId } = await call('CreateListener', listenerOn(shop, more));
      settle();
      return String(ListenerId);
    },
  };
}

export function listenerOn(AcceleratorId: string, more: Members = {}): Members {
  return { RegionId, AcceleratorId, Protocol: 'TCP', PortRanges: [port(443)], ...more };
}

export function groupOn(ListenerId: string, more: Members = {}): Members {
  return {
    RegionId,
    AcceleratorId: shop,
    ListenerId,
    EndpointGroupRegion: frankfurt,
    EndpointConfigurations: [domain('one.example.com')],
    ...more,
  };
}

/** A rule for hosts, to a group, in the newer form. */
export function rule(group: string, more: Members = {}): Members {
  return {
    ForwardingRuleName: 'rule-one',
    Priority: 100,
    RuleConditions: [hosts('["a.example.com"]')],
    RuleActions: [forward(group)],
    ...more,
  };
}

export function hosts(RuleConditionValue: string) {
  return { RuleConditionType: 'Host', RuleConditionValue };
}

export function forward(group: string, Order = 1) {
  return {
    Order,
    RuleActionType: 'ForwardGroup',
    RuleActionValue: JSON.stringify([{ type: 'endpointgroup', value: group }]),
  };
}

export function domain(Endpoint: string, Weight = 100) {
  return { Type: 'Domain', Endpoint, Weight };
}

export const https = { Protocol: 'HTTPS', Certificates: [{ Id: certificate }] };

export function port(FromPort: number, ToPort = FromPort) {
  return { FromPort, ToPort };
}

export function clientOn(
  port: number,
  {
    key = 'twin',
    secret = 'twin-secret',
    securityToken = '',
    signatureAlgorithm = '',
    timeoutMs = 10_000,
  } = {},
): Client {
  return new Client(
    new $OpenApiUtil.Config({
      accessKeyId: key,
      accessKeySecret: secret,
      endpoint: `127.0.0.1:${port}`,
      protocol: 'http',
      readTimeout: timeoutMs,
      connectTimeout: timeoutMs,
      ...(securityToken ? { securityToken, type: 'sts' } : {}),
      ...(signatureAlgorithm ? { signatureAlgorithm } : {}),
    }),
  );
}

/** The body of an answer; rejects as the SDK does. */
export async function callWith(
  client: Client,
  action: string,
  members: Members,
  place: 'query' | 'body' = 'query',
): Promise<Members> {
  const params = new $OpenApiUtil.Params({
    action,
    version: '2019-11-20',
    protocol: 'HTTP',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const flat = place === 'query' ? OpenApiUtil.query(members) : members;
  const request = new $OpenApiUtil.OpenApiRequest({ [place]: flat });
  const answer = await client.callApi(params, request, runtime);
  return answer['body'];
}

/** Timeouts are in the client's own configuration. */
const runtime = {} as Parameters<Client['callApi']>[2];

/** For assert.rejects. */
export const refused = (code: string, statusCode = 400) => ({ code, statusCode });
