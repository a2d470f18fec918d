// Forwarding rules of Alibaba Cloud Global Accelerator, through the vendor's SDK core.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  callWith,
  clientOn,
  domain,
  forward,
  groupOn,
  hosts,
  port,
  RegionId,
  refused,
  rule,
  shop,
  startGa,
} from './alicloud-start.ts';

type Members = Record<string, unknown>;

async function startRules(context: TestContext, listener?: Members) {
  const ga = await startGa(context);
  const { call, createShop, settle } = ga;
  const made = await createShop(listener);
  const place = { RegionId, AcceleratorId: shop, ListenerId: made.ListenerId };
  const create = async (...ForwardingRules: Members[]) => {
    const { ForwardingRules: ids } = await call('CreateForwardingRules', { ...place, ForwardingRules });
    assert.ok(Array.isArray(ids));
    return ids.map(({ ForwardingRuleId }) => String(ForwardingRuleId));
  };
  const list = async (more: Members = {}) => {
    const answer = await call('ListForwardingRules', { ...place, ...more });
    assert.ok(Array.isArray(answer['ForwardingRules']));
    return { ...answer, rules: answer['ForwardingRules'] };
  };
  return {
    ...ga,
    ...made,
    place,
    create,
    list,
    createActive: async (...rules: Members[]) => {
      const ids = await create(...rules);
      settle();
      return ids;
    },
    one: async (ForwardingRuleId: string) => (await list({ ForwardingRuleId })).rules[0],
    update: (...ForwardingRules: Members[]) => call('UpdateForwardingRules', { ...place, ForwardingRules }),
    remove: (...ForwardingRuleIds: string[]) =>
      call('DeleteForwardingRules', { ...place, ForwardingRuleIds }),
  };
}

test('a rule is configuring, then active, and keeps its listener and instance busy so long', async context => {
  const { create, group, listener, ListenerId, one, second, settle, state } = await startRules(context);
  const [id = ''] = await create(rule(second));
  assert.match(id, /^frule-bp1[0-9a-z]{18}$/);
  const made = {
    ForwardingRuleId: id,
    ForwardingRuleName: 'rule-one',
    ForwardingRuleStatus: 'configuring',
    ForwardingRuleDirection: 'request',
    ListenerId,
    Priority: 100,
    RuleConditions: [{ ...hosts('["a.example.com"]'), HostConfig: {}, PathConfig: {} }],
    RuleActions: [forward(second)],
  };
  assert.deepEqual(await one(id), made);
  assert.deepEqual([(await listener(ListenerId))['State'], await state()], ['configuring', 'configuring']);
  settle();
  assert.deepEqual(await one(id), { ...made, ForwardingRuleStatus: 'active' });
  assert.deepEqual((await group(second))['ForwardingRuleIds'], [id]);
});

test('an update replaces the whole rule; only a name that is left out stays', async context => {
  const { createActive, one, second, settle, update } = await startRules(context);
  const [ForwardingRuleId = ''] = await createActive(rule(second));
  const path = { RuleConditionType: 'Path', RuleConditionValue: '["/a/*"]' };
  await update({ ForwardingRuleId, Priority: 7, RuleConditions: [path], RuleActions: [forward(second)] });
  assert.equal((await one(ForwardingRuleId)).ForwardingRuleStatus, 'configuring');
  settle();
  const { ForwardingRuleName, Priority, RuleConditions } = await one(ForwardingRuleId);
  assert.deepEqual([ForwardingRuleName, Priority, RuleConditions.length], ['rule-one', 7, 1]);
  assert.equal(RuleConditions[0].RuleConditionType, 'Path');
  await assert.rejects(
    update({ ForwardingRuleId, RuleConditions: [path], RuleActions: [forward(second)] }),
    refused('MissingForwardingRules.1.Priority'),
  );
});

test('a rule is deleting until it is gone; it keeps its listener and its group', async context => {
  const { call, createActive, list, ListenerId, one, remove, second, settle } = await startRules(context);
  const [id = ''] = await createActive(rule(second));
  const still = refused('Exist.ForwardingRule');
  await assert.rejects(call('DeleteListener', { ListenerId }), still);
  await assert.rejects(call('DeleteEndpointGroup', { EndpointGroupId: second }), still);
  await remove(id);
  assert.equal((await one(id)).ForwardingRuleStatus, 'deleting');
  settle();
  assert.deepEqual((await list()).rules, []);
  await assert.rejects(remove(id), refused('NotExist.ForwardingRule'));
  await call('DeleteEndpointGroup', { EndpointGroupId: second });
});

test('a rule comes in the older form, dotted or as one JSON text, in the query or in a form', async context => {
  const { createActive, list, place, port: at, second, settle } = await startRules(context);
  const older = {
    ForwardingRuleName: 'older',
    RuleConditions: [
      { RuleConditionType: 'Host', HostConfig: { Values: ['a.example.com', 'b.example.com'] } },
    ],
    RuleActions: [
      {
        Order: 1,
        RuleActionType: 'ForwardGroup',
        ForwardGroupConfig: { ServerGroupTuples: [{ EndpointGroupId: second }] },
      },
    ],
  };
  await createActive(older);
  const text = { ...place, ForwardingRules: JSON.stringify([{ ...older, ForwardingRuleName: 'text' }]) };
  await callWith(clientOn(at), 'CreateForwardingRules', text);
  settle();
  const inForm = { ...place, ForwardingRules: [{ ...older, ForwardingRuleName: 'form' }] };
  await callWith(clientOn(at), 'CreateForwardingRules', inForm, 'body');
  const { rules } = await list();
  assert.deepEqual(
    rules.map(each => each.ForwardingRuleName),
    ['older', 'text', 'form'],
  );
  for (const each of rules) {
    assert.deepEqual(each.RuleConditions[0], {
      RuleConditionType: 'Host',
      HostConfig: { Values: ['a.example.com', 'b.example.com'] },
      PathConfig: {},
    });
    assert.deepEqual(each.RuleActions[0].ForwardGroupConfig, {
      ServerGroupTuples: [{ EndpointGroupId: second }],
    });
  }
  assert.deepEqual(
    rules.map(each => each.Priority),
    [1, 2, 3],
  );
});

test('every kind of condition and action that there is today', async context => {
  const { createActive, one, second, set, create } = await startRules(context);
  const condition = (RuleConditionType: string, value: unknown) => {
    return { RuleConditionType, RuleConditionValue: JSON.stringify(value) };
  };
  const act = (Order: number, RuleActionType: string, value: unknown) => {
    return { Order, RuleActionType, RuleActionValue: JSON.stringify(value) };
  };
  const all = rule(second, {
    RuleConditions: [
      condition('Host', ['*.example.com']),
      condition('Path', ['/a', '/b/(.*)']),
      condition('Path', ['/c']),
      condition('RequestHeader', [{ 'x-shop': ['a', 'b'] }]),
      condition('Query', [{ key: ['v'] }, { k2: ['v'] }]),
      condition('Cookie', [{ session: ['v'] }]),
      condition('Method', ['GET', 'POST']),
      condition('SourceIP', ['203.0.113.0/24', '203.0.114.7', '2001:db8::/32']),
    ],
    RuleActions: [
      act(1, 'Rewrite', { path: `/new/\${1}` }),
      act(2, 'AddHeader', [{ name: 'x-ga', type: 'user-defined', value: '1' }]),
      act(3, 'RemoveHeader', ['x-old']),
      forward(second, 4),
    ],
  });
  const [id = ''] = await createActive(all);
  const { RuleConditions, RuleActions } = await one(id);
  assert.deepEqual([RuleConditions.length, RuleActions.length], [8, 4]);
  assert.equal(RuleActions[2].RuleActionType, 'RemoveHeader');
  await set({ removeHeaderName: 'RemoveHeaderConfig' });
  assert.equal((await one(id)).RuleActions[2].RuleActionType, 'RemoveHeaderConfig');
  const ends = [
    act(1, 'Redirect', { protocol: 'HTTPS', code: '301' }),
    act(1, 'FixResponse', { code: '200', type: 'text/plain', content: 'closed' }),
    { Order: 1, RuleActionType: 'Drop' },
  ];
  for (const [index, action] of ends.entries()) {
    const [ended = ''] = await createActive(rule(second, { Priority: 101 + index, RuleActions: [action] }));
    assert.equal(
      (await one(ended)).RuleActions[0].RuleActionValue,
      ('RuleActionValue' in action && action.RuleActionValue) || '',
    );
  }
  await set({ profile: 'guide' });
  await assert.rejects(create({ ...all, Priority: 9 }), refused('IllegalParameter.RuleConditionType'));
  await assert.rejects(
    create(rule(second, { Priority: 9, RuleActions: ends.slice(2) })),
    refused('IllegalParameter.RuleActionType'),
  );
});

const value = (RuleConditionType: string, RuleConditionValue: string) => ({
  RuleConditions: [{ RuleConditionType, RuleConditionValue }],
});
const action = (RuleActionType: string, RuleActionValue?: string) => ({
  Order: 1,
  RuleActionType,
  RuleActionValue,
});
const many = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => `/p${index}`));

const wrongRules: [why: string, more: (group: string, first: string) => Members, code: string][] = [
  ['a value that is no JSON', () => value('Host', '["a.example.com"'), 'SystemBusy'],
  ['a value that is no list', () => value('Host', '"a.example.com"'), 'IllegalParameter.RuleConditionValue'],
  ['a host of two signs', () => value('Host', '["a."]'), 'IllegalParameter.RuleConditionValue'],
  ['a path without its slash', () => value('Path', '["a"]'), 'IllegalParameter.RuleConditionValue'],
  ['a method that is none', () => value('Method', '["TRACE"]'), 'IllegalParameter.RuleConditionValue'],
  ['a query in capitals', () => value('Query', '[{"K":["v"]}]'), 'IllegalParameter.RuleConditionValue'],
  [
    'two conditions of Host',
    () => ({ RuleConditions: [hosts('["a.example.com"]'), hosts('["b.example.com"]')] }),
    'IllegalParameter.RuleConditions',
  ],
  ['a condition of no kind', () => value('Colour', '["red"]'), 'IllegalParameter.RuleConditionType'],
  ['forty-one values', () => value('Path', many(41)), 'QuotaExceeded.RuleConditionConfig'],
  ['a group that is not there', () => ({ RuleActions: [forward('epg-gone')] }), 'NotExist.EndPointGroup'],
  [
    'the default group',
    (_, first) => ({ RuleActions: [forward(first)] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a group as a bare object',
    group => ({
      RuleActions: [action('ForwardGroup', JSON.stringify({ type: 'endpointgroup', value: group }))],
    }),
    'SystemBusy',
  ],
  [
    'two groups',
    group => ({
      RuleActions: [
        action(
          'ForwardGroup',
          JSON.stringify([group, group].map(each => ({ type: 'endpointgroup', value: each }))),
        ),
      ],
    }),
    'IllegalParameter.RuleActionValue',
  ],
  ['no end', () => ({ RuleActions: [action('RemoveHeader', '["x-old"]')] }), 'IllegalParameter.RuleActions'],
  ['two ends', group => ({ RuleActions: [forward(group), action('Drop')] }), 'IllegalParameter.RuleActions'],
  [
    'a header removed behind the end',
    group => ({ RuleActions: [forward(group), action('RemoveHeader', '["x-old"]')] }),
    'IllegalParameter.RuleActions',
  ],
  [
    'a redirect to the same',
    () => ({ RuleActions: [action('Redirect', `{"path":"\${path}","code":"301"}`)] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a redirect with another code',
    () => ({ RuleActions: [action('Redirect', '{"path":"/b","code":"200"}')] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a fixed answer of a kind that is none',
    () => ({ RuleActions: [action('FixResponse', '{"code":"200","type":"text/xml"}')] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a header value twice',
    () => value('RequestHeader', '[{"x-a":["on"]},{"x-b":["on"]}]'),
    'IllegalParameter.RuleConditionValue',
  ],
  ['a source that is none', () => value('SourceIP', '["example"]'), 'IllegalParameter.RuleConditionValue'],
  [
    'a fixed answer in Chinese',
    () => ({ RuleActions: [action('FixResponse', '{"code":"200","content":"店"}')] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a capture that no condition has',
    group => ({
      ...value('Path', '["/a/*"]'),
      RuleActions: [action('Rewrite', `{"path":"/\${1}"}`), forward(group, 2)],
    }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a second capture of one',
    group => ({
      ...value('Path', '["/a/(.*)","/b/(.*)"]'),
      RuleActions: [action('Rewrite', `{"path":"/\${2}"}`), forward(group, 2)],
    }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a fourth capture',
    group => ({ RuleActions: [action('Rewrite', `{"path":"/\${4}"}`), forward(group, 2)] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'an added header without a value',
    group => ({ RuleActions: [action('AddHeader', '[{"name":"x-a"}]'), forward(group, 2)] }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'another header of the system',
    group => ({
      RuleActions: [
        action('AddHeader', '[{"name":"x-a","type":"system-defined","value":"Time"}]'),
        forward(group, 2),
      ],
    }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a header added and removed',
    group => ({
      RuleActions: [
        action('AddHeader', '[{"name":"x-a","value":"1"}]'),
        action('RemoveHeader', '["X-A"]'),
        forward(group, 3),
      ],
    }),
    'IllegalParameter.RuleActionValue',
  ],
  [
    'a dropped request with a value',
    () => ({ RuleActions: [action('Drop', '[]')] }),
    'IllegalParameter.RuleActionValue',
  ],
  ['a priority of 10001', () => ({ Priority: 10_001 }), 'IllegalParameter.Priority'],
  ['a name of one sign', () => ({ ForwardingRuleName: 'a' }), 'IllegalParameter.ForwardingRuleName'],
  ['no actions', () => ({ RuleActions: undefined }), 'MissingForwardingRules.1.RuleActions'],
];

test('refused rules, each with its code, change nothing', async context => {
  const { create, first, list, second, state } = await startRules(context);
  for (const [why, more, code] of wrongRules) {
    await assert.rejects(create(rule(second, more(second, first))), refused(code), why);
  }
  assert.deepEqual([(await list()).rules, await state()], [[], 'active']);
});

test('a listener has twenty rules, and a priority once', async context => {
  const { create, createActive, list, second } = await startRules(context);
  const rules = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => rule(second, { Priority: from + index }));
  await assert.rejects(create(...rules(1, 21)), refused('QuotaExceeded.ForwardingRule'));
  await createActive(...rules(1, 19));
  await assert.rejects(create(...rules(19, 1)), refused('IllegalParameter.Priority'));
  await createActive(...rules(20, 1));
  await assert.rejects(create(...rules(21, 1)), refused('QuotaExceeded.ForwardingRule'));
  const page = await list({ MaxResults: 15 });
  const { NextToken, TotalCount, MaxResults } = Object.assign({ NextToken: '' }, page as Members);
  assert.deepEqual([page.rules.length, TotalCount, MaxResults], [15, 20, 15]);
  const last = await list({ MaxResults: 15, NextToken });
  assert.deepEqual([last.rules.length, 'NextToken' in last], [5, false]);
});

test('TCP has rules for hosts only, UDP has none', async context => {
  const { call, create, createActive, createListener, second, settle } = await startRules(context, {});
  await createActive(rule(second));
  await assert.rejects(
    create(rule(second, { Priority: 2, ...value('Path', '["/a"]') })),
    refused('IllegalParameter.RuleConditionType'),
  );
  const ListenerId = await createListener({ Protocol: 'UDP' });
  settle();
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  await assert.rejects(
    call('CreateForwardingRules', { ...place, ForwardingRules: [rule(second)] }),
    refused('IllegalParameter.ListenerId'),
  );
});

test('ruleForm, ruleText: a rule comes back in the form it was sent in, or in another', async context => {
  const { createActive, one, second, set } = await startRules(context);
  const [id = ''] = await createActive(rule(second, value('Path', '[ "/a", "/b" ]')));
  const tuples = { ServerGroupTuples: [{ EndpointGroupId: second }] };
  const old = { HostConfig: {}, PathConfig: { Values: ['/a', '/b'] } };
  const shown = async (switches: Record<string, string>) => {
    await set(switches);
    const { RuleConditions, RuleActions } = await one(id);
    return [RuleConditions[0], RuleActions[0]];
  };
  const type = { RuleConditionType: 'Path' };
  const act = { Order: 1, RuleActionType: 'ForwardGroup' };
  assert.deepEqual(await shown({ ruleForm: 'old' }), [
    { ...type, ...old },
    { ...act, ForwardGroupConfig: tuples },
  ]);
  assert.deepEqual(await shown({ ruleForm: 'both', ruleText: 'rewritten' }), [
    { ...type, ...old, RuleConditionValue: '["/a","/b"]' },
    { ...forward(second), ForwardGroupConfig: tuples },
  ]);
  assert.deepEqual(await shown({ ruleForm: 'asSent', ruleText: 'verbatim' }), [
    { ...type, HostConfig: {}, PathConfig: {}, RuleConditionValue: '[ "/a", "/b" ]' },
    forward(second),
  ]);
});

test('busyRuleList: the list is answered while the instance is busy, or refused as a write is', async context => {
  const { create, list, second, set } = await startRules(context);
  await create(rule(second));
  assert.equal((await list()).rules.length, 1);
  await set({ busyRuleList: 'refuse' });
  await assert.rejects(list(), refused('StateError.Accelerator'));
});

test('what else is open about rules: bare objects, default groups, equal ones, ids, used groups', async context => {
  const ga = await startRules(context);
  const { call, create, createActive, first, remove, second, set, settle } = ga;
  const bare = action('ForwardGroup', JSON.stringify({ type: 'endpointgroup', value: second }));
  await set({ bareObject: 'IllegalParameter' });
  await assert.rejects(
    create(rule(second, { RuleActions: [bare] })),
    refused('IllegalParameter.RuleActionValue'),
  );
  await set({ bareObject: 'accept', ruleToDefaultGroup: 'accept', samePriority: 'accept' });
  const [one = ''] = await createActive(rule(second, { RuleActions: [bare] }));
  await createActive(rule(first));
  await set({ sameRuleName: 'refuse' });
  await assert.rejects(create(rule(second)), refused('IllegalParameter.ForwardingRuleName'));
  await set({ sameRuleName: 'accept', sameConditions: 'refuse' });
  await assert.rejects(create(rule(second)), refused('IllegalParameter.RuleConditions'));
  await set({ ruleIds: 'createOnly', deleteUsedGroup: 'accept' });
  await call('DeleteEndpointGroup', { EndpointGroupId: second });
  settle();
  assert.equal((await remove(one))['ForwardingRules'], undefined);
});

test('tildePaths, ipv6Sources: what else a condition may look for; the guide has no expressions, and one host', async context => {
  const { create, createActive, second, set } = await startRules(context);
  const conditions = {
    host: value('Host', '["^www.example.com$"]'),
    path: value('Path', '["/a/[0-9]+"]'),
    tilde: value('Path', '["~^/a/(.*)$"]'),
    source: value('SourceIP', '["2001:db8::7"]'),
  };
  for (const [index, each] of Object.values(conditions).entries()) {
    await createActive(rule(second, { ...each, Priority: 200 + index }));
  }
  const no = refused('IllegalParameter.RuleConditionValue');
  await set({ tildePaths: 'refuse', ipv6Sources: 'refuse' });
  await assert.rejects(create(rule(second, conditions.tilde)), no);
  await assert.rejects(create(rule(second, conditions.source)), no);
  await set({ profile: 'guide' });
  await assert.rejects(create(rule(second, conditions.host)), no);
  await assert.rejects(create(rule(second, conditions.path)), no);
  await assert.rejects(create(rule(second, value('Host', '["a.example.com","b.example.com"]'))), no);
  await createActive(rule(second, value('Path', '["/a/*"]')));
});

test('a virtual group of another listener is not there for a rule', async context => {
  const { call, create, createActive: _, createListener, second, settle } = await startRules(context);
  const other = await createListener({ Protocol: 'HTTP', PortRanges: [port(80)] });
  settle();
  for (const EndpointGroupType of ['default', 'virtual']) {
    const EndpointConfigurations = [domain('b.example.com')];
    await call('CreateEndpointGroup', groupOn(other, { EndpointGroupType, EndpointConfigurations }));
    settle();
  }
  const { EndpointGroups } = await call('ListEndpointGroups', {
    RegionId,
    AcceleratorId: shop,
    ListenerId: other,
  });
  assert.ok(Array.isArray(EndpointGroups));
  const foreign = EndpointGroups[1].EndpointGroupId;
  await assert.rejects(
    create(rule(second, { RuleActions: [forward(foreign)] })),
    refused('NotExist.EndPointGroup'),
  );
});
