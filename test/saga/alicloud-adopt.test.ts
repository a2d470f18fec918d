// Adoption of a foreign HTTPS listener of Alibaba Cloud with its resources: its certificate for another domain, its
// virtual group, its rule. A resource that matches in every member is adopted without a call, one difference refuses
// the whole job, and an undo deletes only resources that the job itself has created.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { at } from '../core/requests.ts';
import { createWorld } from '../world/world.ts';
import { changesSince, denied, run } from './alicloud-run.ts';

const AcceleratorId = 'ga-bp1arcade5n8r2v6y3j0';
const CERTIFICATES = ['4490001-cn-hangzhou', '4490002-cn-hangzhou', '4490003-cn-hangzhou'] as const;
const endpoints = [{ type: 'PublicIp', endpoint: '203.0.113.11', weight: 0 }];
const RULE = {
  name: 'images',
  priority: 10,
  ruleConditions: [{ type: 'Host', values: ['images.example.com', '*.img.example.com'] }],
  ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'images' }],
};
const ADOPTING = {
  operation: 'provision',
  entryPoint: 'web-edge',
  cloud: 'alicloud',
  options: { adopt: true },
  listener: {
    acceleratorId: AcceleratorId,
    protocol: 'HTTPS',
    portRanges: [{ fromPort: 443, toPort: 443 }],
    certificates: [{ id: CERTIFICATES[0] }],
    additionalCertificates: [{ domain: 'images.example.com', id: CERTIFICATES[1] }],
  },
  endpointGroups: [
    { region: 'cn-hangzhou', endpoints },
    { type: 'virtual', name: 'images', region: 'cn-hangzhou', endpoints },
  ],
  forwardingRules: [RULE],
};
const STEPS = [
  'listener',
  'certificate-images.example.com',
  'endpoint-group-cn-hangzhou',
  'virtual-group-images',
  'forwarding-rule-images',
];

/** A world in which somebody has made just that, in their own words, and their cloud ids in the order of the steps. */
async function theirs() {
  const world = createWorld();
  const call = strangerOn(world);
  const made = async (operation: string, parameters: object) => {
    const answer = await call(operation, { ...parameters });
    world.pass(3600);
    return answer;
  };
  const { ListenerId } = await made('CreateListener', {
    AcceleratorId,
    Protocol: 'HTTPS',
    PortRanges: [{ FromPort: 443, ToPort: 443 }],
    Certificates: [{ Id: CERTIFICATES[0] }],
  });
  const on = { AcceleratorId, ListenerId };
  const group = {
    ...on,
    EndpointGroupRegion: 'cn-hangzhou',
    EndpointConfigurations: [{ Type: 'PublicIp', Endpoint: '203.0.113.11', Weight: 0 }],
  };
  const first = await made('CreateEndpointGroup', group);
  const virtual = { EndpointGroupType: 'virtual', Name: 'images' };
  const second = await made('CreateEndpointGroup', { ...group, ...virtual });
  await made('AssociateAdditionalCertificatesWithListener', {
    ...on,
    Certificates: [{ Domain: 'images.example.com', Id: CERTIFICATES[1] }],
  });
  // Other words for the same: an older form, another order, blanks.
  const { ForwardingRules } = await made('CreateForwardingRules', {
    ...on,
    ForwardingRules: [
      {
        ForwardingRuleName: 'images',
        Priority: 10,
        RuleConditions: [
          {
            RuleConditionType: 'Host',
            RuleConditionValue: '[ "*.img.example.com", "images.example.com" ]',
          },
        ],
        RuleActions: [
          {
            Order: 30,
            RuleActionType: 'ForwardGroup',
            ForwardGroupConfig: { ServerGroupTuples: [{ EndpointGroupId: second['EndpointGroupId'] }] },
          },
        ],
      },
    ],
  });
  const [rule] = ForwardingRules as { ForwardingRuleId: string }[];
  const ids = [
    ListenerId,
    `${ListenerId}/certificates/images.example.com`,
    first['EndpointGroupId'],
    second['EndpointGroupId'],
    rule?.ForwardingRuleId,
  ];
  return { world, ids, before: await world.picture(), calls: (await world.calls()).length };
}

test('everything that matches is adopted without a call, and a later removal deletes it', async () => {
  const { world, ids, before, calls } = await theirs();
  const { job, plan, ledger } = await run(world, ADOPTING, 'adopted');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(
    plan?.steps.map(({ id, act }) => [id, act]),
    STEPS.map(id => [id, 'adopt']),
  );
  assert.deepEqual(
    STEPS.map(id => ledger.get(id)?.id),
    ids,
  );
  assert.deepEqual(await changesSince(world, calls), []);
  assert.equal(await world.picture(), before);
  const removal = await run(world, { operation: 'remove', entryPoint: 'web-edge' }, 'removed');
  assert.equal(removal.job.status, 'SUCCEEDED', JSON.stringify(removal.job.problem));
  const picture = await world.picture();
  assert.deepEqual(
    ids.filter(id => picture.includes(String(id))),
    [],
  );
  assert.ok(!picture.includes('images.example.com'));
});

const MORE = { type: 'PublicIp', endpoint: '203.0.113.12', weight: 5 };
const DIFFERENCES: [what: string, pointer: string, value: unknown, said: RegExp][] = [
  [
    'another certificate',
    '/listener/additionalCertificates/0/id',
    CERTIFICATES[2],
    /certificateId is "4490002-cn-hangzhou", not "4490003-cn-hangzhou"/,
  ],
  ['a weight in the virtual group', '/endpointGroups/1/endpoints/0/weight', 1, /endpoints is .*"weight":0/],
  ['an endpoint more', '/endpointGroups/1/endpoints', [...endpoints, MORE], /endpoints is /],
  ['another priority', '/forwardingRules/0/priority', 11, /priority is 10, not 11/],
  [
    'a host less',
    '/forwardingRules/0/ruleConditions/0/values',
    ['images.example.com'],
    /ruleConditions is .*img\.example\.com/,
  ],
  [
    'an answer instead of a group',
    '/forwardingRules/0/ruleActions',
    [{ type: 'FixResponse', code: 503 }],
    /ruleActions is .*ForwardGroup.*not .*FixResponse/,
  ],
];

for (const [what, pointer, value, said] of DIFFERENCES) {
  test(`${what} refuses the whole job before its first change`, async () => {
    const { world, before, calls } = await theirs();
    const { job } = await run(world, at(ADOPTING, pointer, value), 'refused');
    assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'AlreadyExists']);
    assert.match(JSON.stringify(job.problem?.errors).replaceAll('\\"', '"'), said);
    assert.match(JSON.stringify(job.problem), /only an exact match can be adopted/);
    assert.deepEqual(await changesSince(world, calls), []);
    assert.equal(await world.picture(), before);
  });
}

test('without options.adopt nothing is adopted: the ports are taken', async () => {
  const { world, before } = await theirs();
  const { job } = await run(world, at(ADOPTING, '/options/adopt', false), 'not');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'AlreadyExists']);
  assert.equal(await world.picture(), before);
});

test('an undo deletes the resources that the job created, and leaves the adopted ones', async () => {
  const { world, before, calls } = await theirs();
  const another = {
    ...RULE,
    name: 'videos',
    priority: 20,
    ruleConditions: [{ type: 'Path', values: ['/v/*'] }],
  };
  const more = [
    [
      '/listener/additionalCertificates',
      [...ADOPTING.listener.additionalCertificates, { domain: 'videos.example.com', id: CERTIFICATES[2] }],
    ],
    ['/forwardingRules', [RULE, another]],
  ] as const;
  const value = more.reduce<unknown>((asked, [pointer, member]) => at(asked, pointer, member), ADOPTING);
  await world.faults([denied('CreateForwardingRules')]);
  const { job, plan } = await run(world, value, 'undone');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify([job.problem, job.leftovers]));
  assert.deepEqual(
    plan?.steps.filter(({ act }) => act === 'adopt').map(({ id }) => id),
    STEPS,
  );
  assert.deepEqual(await changesSince(world, calls), [
    'AssociateAdditionalCertificatesWithListener',
    'DissociateAdditionalCertificatesFromListener',
  ]);
  assert.equal(await world.picture(), before);
});
