// Random calls in any order and at any time: the invariants of an account of Alibaba Cloud Global Accelerator after
// every call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as openapi from '@alicloud/openapi-core';
import fc from 'fast-check';
import { secondsOf, v1 } from './alicloud-raw.ts';
import {
  arcade,
  certificate,
  domain,
  frankfurt,
  groupOn,
  listenerOn,
  port,
  RegionId,
  rule,
  settledMs,
  shop,
} from './alicloud-start.ts';
import { startTwins } from './start.ts';

type Members = Record<string, unknown>;

interface Picture {
  Listeners: { ListenerId: string; AcceleratorId: string; Protocol: string; PortRanges: Ports[] }[];
  EndpointGroups: { EndpointGroupId: string; ListenerId: string; EndpointGroupType: string }[];
  ForwardingRules: { ForwardingRuleId: string; AcceleratorId: string; ListenerId: string }[];
}
type Ports = { FromPort: number; ToPort: number };

/** `pick`: which of the things that there are, whatever their number. */
type Step =
  | { kind: 'wait'; ms: number }
  | { kind: 'listener'; instance: string; protocol: string; from: number; count: number }
  | { kind: 'ports'; pick: number; from: number; count: number; protocol?: string }
  | { kind: 'group'; pick: number; type: string; region: string }
  | { kind: 'weight'; pick: number; weight: number }
  | { kind: 'rule'; pick: number; priority: number }
  | { kind: 'remove'; of: 'Listeners' | 'EndpointGroups' | 'ForwardingRules'; pick: number };

const pick = fc.nat(20);
const from = fc.integer({ min: 80, max: 83 });
const count = fc.constantFrom(1, 1, 2);
const protocol = fc.constantFrom('TCP', 'UDP', 'HTTP', 'HTTPS');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constant(settledMs) }) },
  fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(70_000) }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('listener' as const),
      instance: fc.constantFrom(shop, arcade),
      protocol,
      from,
      count,
    }),
  },
  fc.record(
    { kind: fc.constant('ports' as const), pick, from, count },
    { requiredKeys: ['kind', 'pick', 'from', 'count'] },
  ),
  fc.record({ kind: fc.constant('ports' as const), pick, from, count, protocol }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('group' as const),
      pick,
      type: fc.constantFrom('default', 'virtual'),
      region: fc.constantFrom(frankfurt, 'us-west-1'),
    }),
  },
  fc.record({ kind: fc.constant('weight' as const), pick, weight: fc.integer({ min: 0, max: 256 }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      pick,
      priority: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      of: fc.constantFrom('Listeners', 'EndpointGroups', 'ForwardingRules'),
      pick,
    }),
  },
);

function start() {
  const { clock, control, twins } = startTwins();
  const call = async (action: string, members: Members) => {
    const request = v1(action, openapi.default.OpenApiUtil.query(members), { at: secondsOf(clock.now) });
    const answer = await twins.request(request);
    if (answer === 'dropped') throw new Error('no fault was asked for');
    return { status: answer.status, body: JSON.parse(answer.body) };
  };
  const picture = async (): Promise<Picture> => (await control('GET', 'resources')).json.ga;
  const isBusy = async (AcceleratorId: string) =>
    (await call('DescribeAccelerator', { RegionId, AcceleratorId })).body.State !== 'active';
  return { call, clock, isBusy, picture };
}

function callOf(taken: Exclude<Step, { kind: 'wait' }>, now: Picture): [string, Members] | undefined {
  const one = <T>(things: T[], index: number): T | undefined => things[index % Math.max(1, things.length)];
  switch (taken.kind) {
    case 'listener': {
      const Certificates = taken.protocol === 'HTTPS' ? [{ Id: certificate }] : undefined;
      const PortRanges = [port(taken.from, taken.from + taken.count - 1)];
      return [
        'CreateListener',
        listenerOn(taken.instance, { Protocol: taken.protocol, PortRanges, Certificates }),
      ];
    }
    case 'ports': {
      const PortRanges = [port(taken.from, taken.from + taken.count - 1)];
      const { ListenerId } = one(now.Listeners, taken.pick) ?? {};
      return ['UpdateListener', { ListenerId, PortRanges, Protocol: taken.protocol }];
    }
    case 'group': {
      const { ListenerId = '', AcceleratorId } = one(now.Listeners, taken.pick) ?? {};
      const place = { AcceleratorId, EndpointGroupRegion: taken.region, EndpointGroupType: taken.type };
      return ['CreateEndpointGroup', groupOn(ListenerId, place)];
    }
    case 'weight': {
      const { EndpointGroupId } = one(now.EndpointGroups, taken.pick) ?? {};
      const EndpointConfigurations = [domain('a.example.com', taken.weight)];
      const members = { RegionId, EndpointGroupId, EndpointGroupRegion: frankfurt, EndpointConfigurations };
      return ['UpdateEndpointGroup', members];
    }
    case 'rule': {
      const group = one(
        now.EndpointGroups.filter(({ EndpointGroupType }) => EndpointGroupType === 'virtual'),
        taken.pick,
      );
      const listener = now.Listeners.find(({ ListenerId }) => ListenerId === group?.ListenerId);
      if (!group || !listener) return undefined;
      const ForwardingRules = [rule(group.EndpointGroupId, { Priority: taken.priority })];
      const { AcceleratorId, ListenerId } = listener;
      return ['CreateForwardingRules', { RegionId, AcceleratorId, ListenerId, ForwardingRules }];
    }
    case 'remove': {
      if (taken.of === 'Listeners') {
        return ['DeleteListener', { ListenerId: one(now.Listeners, taken.pick)?.ListenerId }];
      }
      if (taken.of === 'EndpointGroups') {
        const { EndpointGroupId } = one(now.EndpointGroups, taken.pick) ?? {};
        return ['DeleteEndpointGroup', { EndpointGroupId }];
      }
      const found = one(now.ForwardingRules, taken.pick);
      if (!found) return undefined;
      const { AcceleratorId, ListenerId, ForwardingRuleId } = found;
      const members = { RegionId, AcceleratorId, ListenerId, ForwardingRuleIds: [ForwardingRuleId] };
      return ['DeleteForwardingRules', members];
    }
  }
}

function assertSound({ Listeners, EndpointGroups, ForwardingRules }: Picture): void {
  for (const [index, listener] of Listeners.entries()) {
    const space = (name: string) => (name === 'UDP' ? 'UDP' : 'TCP');
    const rivals = Listeners.slice(index + 1).filter(
      ({ AcceleratorId, Protocol }) =>
        AcceleratorId === listener.AcceleratorId && space(Protocol) === space(listener.Protocol),
    );
    for (const { FromPort, ToPort } of listener.PortRanges) {
      const rival = rivals.find(({ PortRanges }) =>
        PortRanges.some(range => range.FromPort <= ToPort && FromPort <= range.ToPort),
      );
      assert.equal(rival, undefined, 'a port is one listener’s');
    }
    const groups = EndpointGroups.filter(({ ListenerId }) => ListenerId === listener.ListenerId);
    const types = groups.map(({ EndpointGroupType }) => EndpointGroupType);
    assert.ok(!types.includes('virtual') || types.includes('default'), 'a virtual group has a default one');
  }
  const ids = Listeners.map(({ ListenerId }) => ListenerId);
  for (const { ListenerId } of [...EndpointGroups, ...ForwardingRules]) {
    assert.ok(ids.includes(ListenerId), 'groups and rules are on a listener that is there');
  }
}

test('one change at a time, nothing by halves, nothing without its parent', async () => {
  const reached = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async steps => {
      const { call, clock, isBusy, picture } = start();
      for (const taken of steps) {
        if (taken.kind === 'wait') {
          clock.now += taken.ms;
          continue;
        }
        const before = await picture();
        const asked = callOf(taken, before);
        if (!asked) continue;
        const busy: Record<string, boolean> = { [shop]: await isBusy(shop), [arcade]: await isBusy(arcade) };
        const { status, body } = await call(...asked);
        const after = await picture();
        const name = `${asked[0]} ${body.Code ?? 200}`;
        reached.set(name, (reached.get(name) ?? 0) + 1);
        if (status === 200) {
          const changed = [shop, arcade].filter(id => !busy[id]);
          assert.ok(changed.length > 0, 'a busy instance takes no change');
          const nowBusy = await Promise.all(changed.map(isBusy));
          assert.equal(nowBusy.filter(Boolean).length, 1, 'a change makes one instance busy');
        } else {
          assert.deepEqual(after, before, 'what is refused changes nothing');
        }
        assertSound(after);
      }
      clock.now += settledMs;
      assert.deepEqual([await isBusy(shop), await isBusy(arcade)], [false, false]);
      const settled = await picture();
      for (const AcceleratorId of [shop, arcade]) {
        const { body } = await call('ListListeners', { RegionId, AcceleratorId, PageSize: 50 });
        assert.deepEqual(
          body.Listeners.map((each: Members) => [each['ListenerId'], each['State']]).toSorted(),
          settled.Listeners.filter(each => each.AcceleratorId === AcceleratorId)
            .map(({ ListenerId }) => [ListenerId, 'active'])
            .toSorted(),
        );
      }
    }),
    { numRuns: 60, seed: 20_261_121 },
  );
  for (const name of [
    'CreateListener 200',
    'CreateListener PortConflict.Listener',
    'CreateListener StateError.Accelerator',
    'UpdateListener 200',
    'CreateEndpointGroup 200',
    'CreateForwardingRules 200',
    'DeleteListener 200',
    'DeleteListener Exist.EndpointGroup',
    'DeleteEndpointGroup 200',
    'DeleteEndpointGroup Exist.ForwardingRule',
    'DeleteForwardingRules 200',
  ]) {
    assert.ok((reached.get(name) ?? 0) > 0, `the scripts reach ${name}`);
  }
});
