// The twin of Classic Elastic Load Balancing, used by an SDK client.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  AccessPointNotFoundException,
  CreateLoadBalancerPolicyCommand,
  DescribeAccountLimitsCommand,
  DescribeLoadBalancerPolicyTypesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DuplicatePolicyNameException,
  InvalidConfigurationRequestException,
  ListenerNotFoundException,
  PolicyNotFoundException,
  TooManyPoliciesException,
} from '@aws-sdk/client-elastic-load-balancing';
import { coded, startClassicElb, tcp, web } from './classic-elb-start.ts';
import { named, startedAt } from './start.ts';

const namespace = 'http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/';

test('the account has a web and a TCP load balancer in each of two regions, and none elsewhere', async () => {
  const { clientIn } = startClassicElb();
  const seen: Record<string, unknown> = {};
  for (const region of ['eu-west-1', 'us-east-1', 'ap-southeast-2']) {
    const { LoadBalancerDescriptions = [] } = await clientIn(region).send(new DescribeLoadBalancersCommand());
    seen[region] = LoadBalancerDescriptions.map(each => [
      each.LoadBalancerName,
      each.ListenerDescriptions?.map(({ Listener, PolicyNames }) => [
        `${Listener?.Protocol} ${Listener?.LoadBalancerPort} -> ${Listener?.InstanceProtocol} ${Listener?.InstancePort}`,
        PolicyNames,
      ]),
    ]);
  }
  const webListeners = [
    ['HTTPS 443 -> HTTP 8080', ['tls-2023']],
    ['HTTP 80 -> HTTP 8080', []],
    ['HTTPS 8443 -> HTTP 8080', ['tls-2023', 'legacy-sticky']],
  ];
  const tcpListeners = [['TCP 1883 -> TCP 1883', []]];
  assert.deepEqual(seen, {
    'eu-west-1': [
      [web, webListeners],
      [tcp, tcpListeners],
    ],
    'us-east-1': [
      ['shop-classic', webListeners],
      ['metrics-classic', tcpListeners],
    ],
    'ap-southeast-2': [],
  });
});

test('a load balancer is shown whole', async () => {
  const { describe } = startClassicElb();
  const found = await describe(web);
  assert.deepEqual(found?.Policies, {
    AppCookieStickinessPolicies: [],
    LBCookieStickinessPolicies: [{ PolicyName: 'legacy-sticky', CookieExpirationPeriod: 300 }],
    OtherPolicies: ['tls-2023'],
  });
  assert.equal(found?.DNSName, 'checkout-classic-1234567890.eu-west-1.elb.amazonaws.com');
  assert.deepEqual(found?.Instances, [{ InstanceId: 'i-0a1b2c3d4e5f60718' }]);
  assert.equal(found?.HealthCheck?.HealthyThreshold, 10);
  assert.equal(found?.CreatedTime?.toISOString(), '2019-03-19T03:24:02.650Z');
  assert.deepEqual(found?.BackendServerDescriptions, []);
});

test('a policy is made, is enabled nowhere, and is shown with its type and attributes', async () => {
  const { createAppCookie, createLbCookie, describe, policies } = startClassicElb();
  await createLbCookie('lb-600', 600);
  await createAppCookie('app-basket', 'BASKET');
  assert.deepEqual(await policies(web, 'lb-600', 'app-basket'), [
    {
      PolicyName: 'lb-600',
      PolicyTypeName: 'LBCookieStickinessPolicyType',
      PolicyAttributeDescriptions: [{ AttributeName: 'CookieExpirationPeriod', AttributeValue: '600' }],
    },
    {
      PolicyName: 'app-basket',
      PolicyTypeName: 'AppCookieStickinessPolicyType',
      PolicyAttributeDescriptions: [{ AttributeName: 'CookieName', AttributeValue: 'BASKET' }],
    },
  ]);
  const found = await describe(web);
  assert.deepEqual(found?.Policies, {
    AppCookieStickinessPolicies: [{ PolicyName: 'app-basket', CookieName: 'BASKET' }],
    LBCookieStickinessPolicies: [
      { PolicyName: 'legacy-sticky', CookieExpirationPeriod: 300 },
      { PolicyName: 'lb-600', CookieExpirationPeriod: 600 },
    ],
    OtherPolicies: ['tls-2023'],
  });
  const enabled = found?.ListenerDescriptions?.map(({ PolicyNames }) => PolicyNames);
  assert.deepEqual(enabled, [['tls-2023'], [], ['tls-2023', 'legacy-sticky']]);
});

test('a session cookie has the period 0 among the policies and none among the load balancers', async () => {
  const { createLbCookie, describe, policies } = startClassicElb();
  await createLbCookie('session');
  await createLbCookie('zero', 0);
  for (const name of ['session', 'zero']) {
    const [policy] = await policies(web, name);
    assert.deepEqual(policy?.PolicyAttributeDescriptions, [
      { AttributeName: 'CookieExpirationPeriod', AttributeValue: '0' },
    ]);
  }
  const shown = (await describe(web))?.Policies?.LBCookieStickinessPolicies;
  assert.deepEqual(shown?.slice(1), [{ PolicyName: 'session' }, { PolicyName: 'zero' }]);
});

test('without a load balancer name the policies are samples of AWS', async () => {
  const { policies } = startClassicElb();
  const samples = await policies();
  assert.ok(samples.some(({ PolicyName }) => PolicyName === 'ELBSample-ELBDefaultNegotiationPolicy'));
  assert.ok(samples.every(({ PolicyTypeName }) => PolicyTypeName === 'SSLNegotiationPolicyType'));
  assert.equal((await policies(undefined, 'ELBSecurityPolicy-TLS-1-2-2017-01')).length, 1);
  await assert.rejects(policies(undefined, 'tls-2023'), named('PolicyNotFoundException'));
});

test('policy types are described, all or by name', async () => {
  const { client } = startClassicElb();
  const describe = async (...PolicyTypeNames: string[]) => {
    const command = new DescribeLoadBalancerPolicyTypesCommand({ PolicyTypeNames });
    return (await client.send(command)).PolicyTypeDescriptions ?? [];
  };
  assert.equal((await describe()).length, 6);
  const [appCookie] = await describe('AppCookieStickinessPolicyType');
  assert.deepEqual(appCookie?.PolicyAttributeTypeDescriptions, [
    { AttributeName: 'CookieName', AttributeType: 'String', Cardinality: 'ONE' },
  ]);
  await assert.rejects(describe('toString'), named('PolicyTypeNotFoundException'));
});

test('tags and account limits can be looked at', async () => {
  const { client } = startClassicElb();
  const tags = (LoadBalancerNames: string[]) => client.send(new DescribeTagsCommand({ LoadBalancerNames }));
  assert.deepEqual((await tags([web, tcp])).TagDescriptions, [
    { LoadBalancerName: web, Tags: [{ Key: 'team', Value: 'platform' }] },
    { LoadBalancerName: tcp, Tags: [] },
  ]);
  await assert.rejects(tags([web, 'absent']), named('AccessPointNotFoundException'));
  for (const names of [[], Array.from({ length: 21 }, () => web)]) {
    await assert.rejects(tags(names), coded('ValidationError'));
  }
  const { Limits } = await client.send(new DescribeAccountLimitsCommand());
  assert.deepEqual(Limits?.[1], { Name: 'classic-listeners', Max: '100' });
});

test('lists come in pages, and the last one has no marker', async () => {
  const { client } = startClassicElb();
  const page = (more: object) => client.send(new DescribeLoadBalancersCommand({ PageSize: 1, ...more }));
  const first = await page({});
  const second = await page({ Marker: first.NextMarker });
  const names = [first, second].flatMap(({ LoadBalancerDescriptions = [] }) =>
    LoadBalancerDescriptions.map(({ LoadBalancerName }) => LoadBalancerName),
  );
  assert.deepEqual(names, [web, tcp]);
  assert.ok(first.NextMarker);
  assert.equal(second.NextMarker, undefined);
  assert.equal((await page({ Marker: '', PageSize: 400 })).LoadBalancerDescriptions?.length, 2);
  for (const wrong of [{ Marker: 'nonsense' }, { PageSize: 0 }, { PageSize: 401 }]) {
    await assert.rejects(page(wrong), coded('ValidationError'));
  }
  const limits = await client.send(new DescribeAccountLimitsCommand({ PageSize: 2 }));
  assert.equal(limits.Limits?.length, 2);
  const rest = await client.send(new DescribeAccountLimitsCommand({ Marker: limits.NextMarker }));
  assert.deepEqual(
    rest.Limits?.map(({ Name }) => Name),
    ['classic-registered-instances'],
  );
});

test('a set replaces the whole list of the listener, and of no other', async () => {
  const { createLbCookie, enabledOn, setPolicies } = startClassicElb();
  await createLbCookie('ours', 60);
  await setPolicies(443, ['tls-2023', 'ours']);
  assert.deepEqual(await enabledOn(443), ['tls-2023', 'ours']);
  assert.deepEqual(await enabledOn(8443), ['tls-2023', 'legacy-sticky']);
  await setPolicies(8443, ['ours', 'tls-2023']);
  assert.deepEqual(await enabledOn(8443), ['ours', 'tls-2023']);
});

test('a set of a stickiness policy alone loses the TLS policy', async () => {
  const { createLbCookie, enabledOn, setPolicies, picture } = startClassicElb();
  const before = await picture();
  await createLbCookie('ours', 60);
  await setPolicies(443, ['ours']);
  assert.deepEqual(await enabledOn(443), ['ours']);
  await setPolicies(443, []);
  assert.deepEqual(await enabledOn(443), []);
  assert.notEqual(await picture(), before);
});

test('each operation reports a load balancer that does not exist', async () => {
  const { client, createAppCookie, createLbCookie, deletePolicy, describe, policies, setPolicies } =
    startClassicElb();
  // Of another region: names are regional.
  const name = 'shop-classic';
  const refused = [
    () => createLbCookie('ours', 60, name),
    () => createAppCookie('ours', 'BASKET', name),
    () => describe(name),
    () => policies(name),
    () => setPolicies(80, [], name),
    () => deletePolicy('ours', name),
    () => client.send(new DescribeTagsCommand({ LoadBalancerNames: [name] })),
  ];
  for (const call of refused) {
    await assert.rejects(call, error => {
      assert.ok(error instanceof AccessPointNotFoundException);
      assert.equal(error.message, "There is no ACTIVE Load Balancer named 'shop-classic'");
      return coded('LoadBalancerNotFound')(error);
    });
  }
});

test('a name that is in use is refused, also for another type of policy', async () => {
  const { createAppCookie, createLbCookie, picture } = startClassicElb();
  await createLbCookie('ours', 60);
  const before = await picture();
  const refused = [
    () => createLbCookie('ours', 60),
    () => createLbCookie('ours', 61),
    () => createAppCookie('ours', 'BASKET'),
    () => createLbCookie('legacy-sticky', 300),
    () => createLbCookie('tls-2023'),
  ];
  for (const call of refused) {
    await assert.rejects(call, error => {
      assert.ok(error instanceof DuplicatePolicyNameException);
      return coded('DuplicatePolicyName')(error);
    });
  }
  assert.equal(await picture(), before);
});

test('a malformed request is a ValidationError', async () => {
  const { createAppCookie, createLbCookie, policies, post, setPolicies } = startClassicElb();
  await assert.rejects(createLbCookie('under_score', 60), {
    name: 'ValidationError',
    message: 'Policy name must have letters, digits and dashes only',
  });
  const refused = [
    () => createLbCookie(''),
    () => createLbCookie('dot.ted'),
    () => createAppCookie('a b', 'BASKET'),
    () => createAppCookie('ours', ''),
    () => createLbCookie('ours', -1),
    () => createLbCookie('ours', 1.5),
    () => createLbCookie('ours', 60, 'l'.repeat(33)),
    () => setPolicies(Number.NaN, []),
    () => policies(''),
  ];
  for (const call of refused) await assert.rejects(call, coded('ValidationError'));
  const forms = [
    ['Action=DeleteLoadBalancerPolicy&PolicyName=a', 'LoadBalancerName must not be null'],
    ['Action=DescribeLoadBalancerPolicies&PolicyNames=a', 'PolicyNames must be a list'],
    ['Action=DescribeLoadBalancers&LoadBalancerNames.member.1=', 'LoadBalancerNames[0] must not be empty'],
    ['Action=DescribeLoadBalancers&PageSize=many', 'PageSize must be a whole number'],
  ];
  for (const [form, message] of forms) {
    const { status, body } = await post(`${form}&Version=2012-06-01`);
    assert.equal(status, 400);
    assert.ok(body.includes(`<Code>ValidationError</Code><Message>${message}<`), body);
  }
});

test('a set names a listener and policies that are there', async () => {
  const { enabledOn, setPolicies } = startClassicElb();
  for (const port of [81, 0, 70_000]) {
    await assert.rejects(setPolicies(port, []), error => {
      assert.ok(error instanceof ListenerNotFoundException);
      return coded('ListenerNotFound')(error);
    });
  }
  await assert.rejects(setPolicies(443, ['tls-2023', 'ELBSecurityPolicy-2016-08']), error => {
    assert.ok(error instanceof PolicyNotFoundException);
    assert.equal(
      error.message,
      'There is no policy with name ELBSecurityPolicy-2016-08 for load balancer checkout-classic',
    );
    return coded('PolicyNotFound')(error);
  });
  assert.deepEqual(await enabledOn(443), ['tls-2023']);
});

test('a cookie policy is enabled on HTTP and HTTPS only, a TLS policy on HTTPS only', async () => {
  const { createAppCookie, createLbCookie, enabledOn, setPolicies } = startClassicElb();
  await createLbCookie('lb', 60, tcp);
  await createAppCookie('app', 'BASKET', tcp);
  const refused = [
    () => setPolicies(1883, ['lb'], tcp),
    () => setPolicies(1883, ['app'], tcp),
    () => setPolicies(80, ['tls-2023']),
  ];
  for (const call of refused) {
    await assert.rejects(call, error => {
      assert.ok(error instanceof InvalidConfigurationRequestException);
      return coded('InvalidConfigurationRequest', 409)(error);
    });
  }
  await createAppCookie('app', 'BASKET');
  await setPolicies(80, ['app']);
  assert.deepEqual(await enabledOn(80), ['app']);
  assert.deepEqual(await enabledOn(1883, tcp), []);
});

test('a listener has at most one stickiness policy, and one set replaces it by another', async () => {
  const { createAppCookie, enabledOn, setPolicies } = startClassicElb();
  await createAppCookie('ours', 'BASKET');
  const both = setPolicies(8443, ['tls-2023', 'legacy-sticky', 'ours']);
  await assert.rejects(both, coded('InvalidConfigurationRequest', 409));
  assert.deepEqual(await enabledOn(8443), ['tls-2023', 'legacy-sticky']);
  await setPolicies(8443, ['tls-2023', 'ours']);
  assert.deepEqual(await enabledOn(8443), ['tls-2023', 'ours']);
});

test('a policy is deleted once no listener has it enabled', async () => {
  const { createLbCookie, deletePolicy, policies, setPolicies } = startClassicElb();
  await createLbCookie('ours', 60);
  await setPolicies(80, ['ours']);
  await setPolicies(443, ['tls-2023', 'ours']);
  await setPolicies(80, []);
  await assert.rejects(deletePolicy('ours'), error => {
    assert.ok(error instanceof InvalidConfigurationRequestException);
    return coded('InvalidConfigurationRequest', 409)(error);
  });
  await setPolicies(443, ['tls-2023']);
  await deletePolicy('ours');
  await assert.rejects(policies(web, 'ours'), coded('PolicyNotFound'));
  assert.equal((await policies(web)).length, 2);
});

test('a load balancer has at most 100 policies', async () => {
  const { createLbCookie, deletePolicy } = startClassicElb();
  for (let index = 2; index < 100; index += 1) await createLbCookie(`p-${index}`);
  await assert.rejects(createLbCookie('one-more'), error => {
    assert.ok(error instanceof TooManyPoliciesException);
    return coded('TooManyPolicies')(error);
  });
  await createLbCookie('elsewhere', 60, tcp);
  await deletePolicy('p-2');
  await createLbCookie('one-more');
});

test('the form and the XML are those of the 2012 version', async () => {
  const { post } = startClassicElb();
  const answer = await post(
    'Action=CreateLBCookieStickinessPolicy&Version=2012-06-01&LoadBalancerName=checkout-classic&PolicyName=ours',
  );
  const requestId = answer.headers['x-amzn-requestid'];
  assert.match(String(requestId), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(answer.headers['content-type'], 'text/xml');
  assert.equal(
    answer.body,
    `<CreateLBCookieStickinessPolicyResponse xmlns="${namespace}"><CreateLBCookieStickinessPolicyResult/>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></CreateLBCookieStickinessPolicyResponse>`,
  );
  const error = await post('Action=DescribeLoadBalancers&Version=2012-06-01&LoadBalancerNames.member.1=x');
  assert.equal(
    error.body,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>LoadBalancerNotFound</Code>` +
      '<Message>There is no ACTIVE Load Balancer named &apos;x&apos;</Message></Error>' +
      `<RequestId>${error.headers['x-amzn-requestid']}</RequestId></ErrorResponse>`,
  );
});

test('another version or operation is an InvalidAction, no operation a MissingAction', async () => {
  const { post, calls } = startClassicElb();
  const wrong = [
    [
      'Action=DescribeLoadBalancers&Version=2015-12-01',
      'InvalidAction',
      'DescribeLoadBalancers for version 2015-12-01',
    ],
    [
      'Action=DescribeTargetGroups&Version=2012-06-01',
      'InvalidAction',
      'DescribeTargetGroups for version 2012-06-01',
    ],
    ['Action=DescribeLoadBalancers', 'InvalidAction', 'DescribeLoadBalancers for version'],
    ['Version=2012-06-01', 'MissingAction', 'no Action'],
    ['{}', 'MissingAction', 'no Action'],
  ] as const;
  for (const [form, code, message] of wrong) {
    const { status, body } = await post(form);
    assert.equal(status, 400);
    assert.ok(body.includes(`<Code>${code}</Code>`) && body.includes(message), body);
  }
  const rows: { error: string; changed: boolean }[] = await calls();
  assert.deepEqual(
    rows.map(({ error }) => error),
    wrong.map(([, code]) => code),
  );
});

test('an empty PolicyNames is an empty list, members count by their numbers, none at all is missing', async () => {
  const { post, enabledOn, calls } = startClassicElb();
  const set = (more: string) =>
    post(
      `Action=SetLoadBalancerPoliciesOfListener&Version=2012-06-01&LoadBalancerName=${web}&LoadBalancerPort=8443${more}`,
    );
  const missing = await set('');
  assert.ok(missing.body.includes('<Code>ValidationError</Code>'), missing.body);
  await set('&PolicyNames.member.10=tls-2023&PolicyNames.member.2=legacy-sticky');
  assert.deepEqual(await enabledOn(8443), ['legacy-sticky', 'tls-2023']);
  await set('&PolicyNames=');
  assert.deepEqual(await enabledOn(8443), []);
  const rows: { request: { PolicyNames?: string[] }; changed: boolean }[] = await calls(
    '?operation=SetLoadBalancerPoliciesOfListener',
  );
  assert.deepEqual(
    rows.map(({ request, changed }) => [request.PolicyNames, changed]),
    [
      [undefined, false],
      // The same policies in another order are the same configuration.
      [['legacy-sticky', 'tls-2023'], false],
      [[], true],
    ],
  );
});

test('markup and invalid XML characters come back as text', async () => {
  const { client, policies, describe } = startClassicElb();
  const tlsPolicy = (PolicyName: string, AttributeValue: string) =>
    client.send(
      new CreateLoadBalancerPolicyCommand({
        ...{ LoadBalancerName: web, PolicyName, PolicyTypeName: 'SSLNegotiationPolicyType' },
        PolicyAttributes: [{ AttributeName: 'Reference-Security-Policy', AttributeValue }],
      }),
    );
  const name = `<a>&amp;"'\r\n\t é 🍪 ]]>`;
  await tlsPolicy('markup', name);
  await tlsPolicy('control', 'a\u0000b\u001fc\uffff');
  const [markup, control] = await policies(web, 'markup', 'control');
  assert.equal(markup?.PolicyAttributeDescriptions?.[0]?.AttributeValue, name);
  assert.equal(control?.PolicyAttributeDescriptions?.[0]?.AttributeValue, 'a\ufffdb\ufffdc\ufffd');
  await assert.rejects(describe('<nobody>&'), {
    message: "There is no ACTIVE Load Balancer named '<nobody>&'",
  });
});

test('the picture is equal, byte for byte, after create, set, set back and delete', async () => {
  const { createLbCookie, deletePolicy, picture, setPolicies } = startClassicElb();
  const before = await picture();
  await createLbCookie('ours', 60);
  assert.notEqual(await picture(), before);
  await setPolicies(8443, ['ours', 'tls-2023']);
  await setPolicies(8443, ['legacy-sticky', 'tls-2023']);
  await deletePolicy('ours');
  assert.equal(await picture(), before);
});

test('the picture names regions, listeners with their policies, and policies with their attributes', async () => {
  const { control } = startClassicElb();
  const { LoadBalancers } = (await control('GET', 'resources')).json.elasticloadbalancing;
  const ofWeb = LoadBalancers.find((each: { LoadBalancerName: string }) => each.LoadBalancerName === web);
  assert.equal(LoadBalancers.length, 4);
  assert.deepEqual(Object.keys(ofWeb), ['Listeners', 'LoadBalancerName', 'Policies', 'Region']);
  assert.deepEqual(
    ofWeb.Listeners.find((each: { LoadBalancerPort: number }) => each.LoadBalancerPort === 8443),
    {
      InstancePort: 8080,
      InstanceProtocol: 'HTTP',
      LoadBalancerPort: 8443,
      PolicyNames: ['legacy-sticky', 'tls-2023'],
      Protocol: 'HTTPS',
      SSLCertificateId: 'arn:aws:iam::123456789012:server-certificate/classic-2023',
    },
  );
  assert.deepEqual(ofWeb.Policies[0], {
    PolicyAttributeDescriptions: [{ AttributeName: 'CookieExpirationPeriod', AttributeValue: '300' }],
    PolicyName: 'legacy-sticky',
    PolicyTypeName: 'LBCookieStickinessPolicyType',
  });
});

test('a change is logged with its region, operation and texts', async () => {
  const { createLbCookie, calls } = startClassicElb();
  await createLbCookie('ours', 60);
  assert.deepEqual(await calls(), [
    {
      n: 1,
      at: new Date(startedAt).toISOString(),
      service: 'elasticloadbalancing',
      region: 'eu-west-1',
      operation: 'CreateLBCookieStickinessPolicy',
      request: { LoadBalancerName: web, PolicyName: 'ours', CookieExpirationPeriod: '60' },
      status: 200,
      changed: true,
    },
  ]);
});

test('policies and listeners are there after a kill, and the seed after a reset', async context => {
  const dataDir = mkdtempSync(join(tmpdir(), 'classic-elb-'));
  context.after(() => rmSync(dataDir, { recursive: true }));
  const first = startClassicElb({ dataDir });
  const seeded = await first.picture();
  await first.createLbCookie('ours', 60);
  await first.setPolicies(443, ['ours', 'tls-2023']);
  const second = startClassicElb({ dataDir });
  assert.equal(await second.picture(), await first.picture());
  assert.deepEqual(await second.enabledOn(443), ['ours', 'tls-2023']);
  await second.control('POST', 'reset');
  assert.equal(await startClassicElb({ dataDir }).picture(), seeded);
});

test('a TLS policy is made with its attributes and enabled beside a cookie policy, on HTTPS only', async () => {
  const { client, policies, createLbCookie, setPolicies, enabledOn } = startClassicElb();
  const PolicyAttributes = [
    { AttributeName: 'Reference-Security-Policy', AttributeValue: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
    { AttributeName: 'Protocol-TLSv1.2', AttributeValue: 'true' },
  ];
  await client.send(
    new CreateLoadBalancerPolicyCommand({
      LoadBalancerName: web,
      PolicyName: 'tls-2026',
      PolicyTypeName: 'SSLNegotiationPolicyType',
      PolicyAttributes,
    }),
  );
  const [made] = await policies(web, 'tls-2026');
  assert.deepEqual(made?.PolicyAttributeDescriptions, PolicyAttributes);
  await createLbCookie('sticky');
  await setPolicies(443, ['tls-2026', 'sticky']);
  assert.deepEqual(await enabledOn(443), ['tls-2026', 'sticky']);
  await assert.rejects(setPolicies(80, ['tls-2026']), coded('InvalidConfigurationRequest', 409));
});

test('a policy of an unknown type, with an unknown attribute or a taken name is refused', async () => {
  const { client } = startClassicElb();
  const create = (members: object) =>
    client.send(
      new CreateLoadBalancerPolicyCommand({
        LoadBalancerName: web,
        PolicyName: 'proxy',
        PolicyTypeName: 'ProxyProtocolPolicyType',
        ...members,
      }),
    );
  await assert.rejects(create({ PolicyTypeName: 'OtherType' }), coded('PolicyTypeNotFound'));
  const PolicyAttributes = [{ AttributeName: 'CookieName', AttributeValue: 'a' }];
  await assert.rejects(create({ PolicyAttributes }), coded('InvalidConfigurationRequest', 409));
  await assert.rejects(create({ LoadBalancerName: 'gone' }), coded('LoadBalancerNotFound'));
  await create({ PolicyAttributes: [{ AttributeName: 'ProxyProtocol', AttributeValue: 'true' }] });
  await assert.rejects(create({}), coded('DuplicatePolicyName'));
});

test('a form of very many parameters is read in its length, not in its square', async () => {
  const { post } = startClassicElb();
  const many = Array.from({ length: 200_000 }, (_, index) => `PolicyNames.member.${index}=p`).join('&');
  const { status } = await post(`Action=DescribeLoadBalancerPolicies&Version=2012-06-01&${many}`);
  assert.equal(status, 400);
});
