// The cloud accepts both ends of every range that a request for Alibaba Cloud allows, so no accepted request is refused
// in the middle of its job. The entry point is created at the maximum, updated to the minimum, removed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { many } from '../core/requests.ts';
import { createWorld } from '../world/world.ts';
import { run } from './alicloud-run.ts';

const NAME = `a${'b'.repeat(124)}_-`;
const tags = (count: number) =>
  Object.fromEntries(many(count, n => [`${'k'.repeat(62)}${n + 10}`, 'v'.repeat(128)]));
const addresses = (count: number, weight: number) =>
  many(count, n => ({ type: 'PublicIp', endpoint: `203.0.113.${n + 1}`, weight }));
const checks = (ends: object) => ({ healthCheckEnabled: true, healthCheckProtocol: 'http', ...ends });
const MAX_CHECKS = checks({
  healthCheckPort: 65_535,
  healthCheckPath: `/-@:%_+.~#?&=${'p'.repeat(241)}`,
  healthCheckHost: `${'h'.repeat(60)}.example.com`,
  healthCheckIntervalSeconds: 50,
  thresholdCount: 10,
});
const LEAST_CHECKS = checks({
  healthCheckPort: 1,
  healthCheckPath: '/',
  healthCheckHost: 'h',
  healthCheckIntervalSeconds: 1,
  thresholdCount: 2,
});
const region = 'cn-hangzhou';
const ga = { acceleratorId: 'ga-bp1arcade5n8r2v6y3j0' };

const ENDS: [what: string, most: object, least: object][] = [
  [
    'TCP',
    {
      listener: {
        ...ga,
        name: `${NAME}.`,
        description: 'd'.repeat(200),
        protocol: 'TCP',
        portRanges: many(30, n => ({ fromPort: 65_499 - 2 * n, toPort: 65_499 - 2 * n })),
        clientAffinity: 'SOURCE_IP',
        idleTimeout: 900,
      },
      endpointGroups: [
        {
          name: `${NAME}.`,
          description: 'd'.repeat(200),
          region,
          endpoints: addresses(4, 255),
          trafficPercentage: 100,
          tags: tags(20),
          portOverrides: many(30, n => ({ listenerPort: 65_499 - 2 * n, endpointPort: 65_535 - n })),
          ...MAX_CHECKS,
        },
      ],
    },
    {
      listener: {
        ...ga,
        name: 'a',
        description: 'd',
        protocol: 'TCP',
        portRanges: many(30, n => ({ fromPort: 65_499 - 2 * n, toPort: 65_499 - 2 * n })),
        idleTimeout: 10,
      },
      endpointGroups: [
        {
          name: 'a',
          description: 'd',
          region,
          endpoints: addresses(1, 0),
          trafficPercentage: 0,
          portOverrides: [{ listenerPort: 65_499, endpointPort: 1 }],
          ...LEAST_CHECKS,
        },
      ],
    },
  ],
  [
    'UDP',
    {
      listener: { ...ga, protocol: 'UDP', portRanges: [{ fromPort: 1, toPort: 30 }], idleTimeout: 20 },
      endpointGroups: [{ region, endpoints: [{ type: 'Domain', endpoint: 'xn--e1afmkfd.xn--p1ai' }] }],
    },
    {
      listener: { ...ga, protocol: 'UDP', portRanges: [{ fromPort: 1, toPort: 1 }], idleTimeout: 10 },
      endpointGroups: [{ region, endpoints: [{ type: 'PublicIp', endpoint: '2001:db8::7' }] }],
    },
  ],
  [
    'HTTPS',
    {
      listener: {
        ...ga,
        protocol: 'HTTPS',
        portRanges: [{ fromPort: 65_499, toPort: 65_499 }],
        certificates: [{ id: '4490001-cn-hangzhou' }],
        idleTimeout: 60,
        requestTimeout: 180,
      },
      endpointGroups: [
        {
          region,
          endpoints: addresses(1, 1),
          portOverrides: [{ listenerPort: 65_499, endpointPort: 65_535 }],
        },
        { type: 'virtual', name: NAME, region, endpoints: addresses(1, 1) },
      ],
      forwardingRules: [
        {
          name: `${NAME}.`,
          priority: 10_000,
          ruleConditions: [
            { type: 'Host', values: ['h'.repeat(128)] },
            { type: 'Path', values: [`/${'p'.repeat(127)}`] },
            { type: 'RequestHeader', values: [{ key: 'h'.repeat(40), values: ['v'.repeat(128)] }] },
            { type: 'Query', values: [{ key: 'q'.repeat(100), values: ['v'.repeat(128)] }] },
            { type: 'Cookie', values: [{ key: 'c'.repeat(100), values: ['v'.repeat(128)] }] },
          ],
          ruleActions: [{ type: 'FixResponse', code: 599, content: 'c'.repeat(1000) }],
        },
      ],
    },
    {
      listener: {
        ...ga,
        protocol: 'HTTPS',
        portRanges: [{ fromPort: 65_499, toPort: 65_499 }],
        certificates: [{ id: '4490001-cn-hangzhou' }],
        idleTimeout: 1,
        requestTimeout: 1,
      },
      endpointGroups: [
        { region, endpoints: addresses(1, 1), portOverrides: [{ listenerPort: 65_499, endpointPort: 1 }] },
        { type: 'virtual', name: NAME, region, endpoints: addresses(1, 1) },
      ],
      forwardingRules: [
        {
          name: `${NAME}.`,
          priority: 1,
          ruleConditions: [
            { type: 'Host', values: ['a.b'] },
            { type: 'Path', values: ['/'] },
            { type: 'RequestHeader', values: [{ key: 'h', values: ['!'] }] },
            { type: 'Query', values: [{ key: 'q', values: ['1'] }] },
            { type: 'Cookie', values: [{ key: 'c', values: ['='] }] },
            { type: 'SourceIP', values: ['0.0.0.0/0'] },
          ],
          ruleActions: [{ type: 'FixResponse', code: 200, content: '' }],
        },
      ],
    },
  ],
];

for (const [what, most, least] of ENDS) {
  test(`the cloud accepts both ends of the range of ${what}`, async () => {
    const world = createWorld();
    const before = await world.picture();
    const on = { entryPoint: 'ends', cloud: 'alicloud' };
    for (const [key, value] of Object.entries({
      most: { operation: 'provision', ...on, ...most },
      least: { operation: 'update', ...on, ...least },
      gone: { operation: 'remove', entryPoint: 'ends' },
    })) {
      const { job } = await run(world, value, key);
      assert.equal(job.status, 'SUCCEEDED', `${key}: ${JSON.stringify(job.problem)}`);
    }
    assert.equal(await world.picture(), before);
  });
}

test('so is a large listener, where the account may have one, at both of its ends', async () => {
  for (const toPort of [301, 2_000]) {
    const world = createWorld();
    await world.switches({ ga: { largeListeners: 'allowed' } });
    const listener = { ...ga, protocol: 'TCP', portRanges: [{ fromPort: 1, toPort }] };
    const large = { operation: 'provision', entryPoint: 'ends', cloud: 'alicloud', listener };
    const { job } = await run(world, large, 'large');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  }
});
