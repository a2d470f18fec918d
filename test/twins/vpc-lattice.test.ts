// The twin of VPC Lattice, used by an SDK client: target groups and their tags. Nothing waits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  GetServiceCommand,
  GetTargetGroupCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTargetGroupsCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTargetGroupCommand,
} from '@aws-sdk/client-vpc-lattice';
import { startedAt } from './start.ts';
import {
  absent,
  alb,
  billing,
  billingArn,
  billingService,
  instances,
  invalid,
  lambda,
  refused,
  startLattice,
  usVpc,
  vpc,
} from './vpc-lattice-start.ts';

const checksOn = {
  enabled: true,
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  path: '/',
  healthCheckIntervalSeconds: 30,
  healthCheckTimeoutSeconds: 5,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
  matcher: { httpCode: '200' },
};
const checksOff = { ...checksOn, enabled: false };

test('the account has a foreign target group, which a service uses', async () => {
  const { client, clientIn } = startLattice();
  const { items = [] } = await client.send(new ListTargetGroupsCommand());
  assert.deepEqual(items, [
    {
      id: billing,
      arn: billingArn,
      name: 'billing',
      type: 'IP',
      port: 8080,
      protocol: 'HTTP',
      ipAddressType: 'IPV4',
      vpcIdentifier: vpc,
      createdAt: new Date('2026-01-15T09:00:00Z'),
      lastUpdatedAt: new Date('2026-01-15T09:00:00Z'),
      status: 'ACTIVE',
      serviceArns: [billingService],
    },
  ]);
  const { items: listed = [] } = await client.send(new ListServicesCommand());
  const service = await client.send(new GetServiceCommand({ serviceIdentifier: billingService }));
  assert.deepEqual([listed[0]?.name, service.name, service.status], ['billing', 'billing', 'ACTIVE']);
  assert.deepEqual((await clientIn('us-east-1').send(new ListTargetGroupsCommand())).items, []);
  const elsewhere = clientIn('us-east-1').send(new GetServiceCommand({ serviceIdentifier: billingService }));
  await assert.rejects(elsewhere, refused('ResourceNotFoundException', { resourceType: 'SERVICE' }));
});

test('a create is answered with 201 and the defaults, and is ACTIVE after some seconds', async () => {
  const { clock, create, get } = startLattice();
  const { $metadata, ...created } = await create('shop');
  assert.equal($metadata.httpStatusCode, 201);
  const { id = '', arn } = created;
  assert.match(id, /^tg-[0-9a-z]{17}$/);
  assert.equal(arn, `arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/${id}`);
  assert.deepEqual(created, {
    id,
    arn,
    name: 'shop',
    type: 'IP',
    config: {
      port: 80,
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      ipAddressType: 'IPV4',
      vpcIdentifier: vpc,
      healthCheck: checksOn,
    },
    status: 'CREATE_IN_PROGRESS',
  });
  clock.now += 1999;
  assert.equal((await get(id)).status, 'CREATE_IN_PROGRESS');
  clock.now += 8001;
  const { $metadata: _metadata, ...active } = await get(String(arn));
  const at = new Date(startedAt);
  assert.deepEqual(active, {
    ...created,
    status: 'ACTIVE',
    createdAt: at,
    lastUpdatedAt: at,
    serviceArns: [],
  });
});

test('resources settle faster by the time scale', async () => {
  const { clock, create, get } = startLattice({ timeScale: 100 });
  const { id } = await create('shop');
  clock.now += 100;
  assert.equal((await get(String(id))).status, 'ACTIVE');
});

test('the same seed draws the same ids', async () => {
  const [first, second] = [await startLattice().create('shop'), await startLattice().create('shop')];
  assert.equal(first.id, second.id);
});

test('each type and protocol has its own defaults', async () => {
  const { create } = startLattice();
  const ip = { protocolVersion: 'HTTP1', ipAddressType: 'IPV4', vpcIdentifier: vpc };
  const cases = [
    ['IP', { protocol: 'HTTPS', vpcIdentifier: vpc }, { ...ip, port: 443, healthCheck: checksOn }],
    [
      'IP',
      { protocol: 'HTTP', protocolVersion: 'GRPC', ipAddressType: 'IPV6', vpcIdentifier: vpc },
      { ...ip, protocolVersion: 'GRPC', ipAddressType: 'IPV6', port: 80, healthCheck: checksOff },
    ],
    [
      'INSTANCE',
      { protocol: 'HTTP', protocolVersion: 'HTTP2', vpcIdentifier: vpc },
      { protocolVersion: 'HTTP2', vpcIdentifier: vpc, port: 80, healthCheck: checksOff },
    ],
    [
      'INSTANCE',
      { protocol: 'TCP', port: 5432, vpcIdentifier: vpc },
      { vpcIdentifier: vpc, port: 5432, healthCheck: checksOff },
    ],
    [
      'ALB',
      { protocol: 'HTTPS', port: 8443, vpcIdentifier: vpc },
      { protocolVersion: 'HTTP1', vpcIdentifier: vpc, port: 8443 },
    ],
    ['LAMBDA', { lambdaEventStructureVersion: 'V2' }, { lambdaEventStructureVersion: 'V2' }],
  ] as const;
  for (const [index, [type, config, filled]] of cases.entries()) {
    const group = await create(`group-${index}`, { type, config });
    const protocol = config && 'protocol' in config ? { protocol: config.protocol } : {};
    assert.deepEqual(group.config, { ...protocol, ...filled }, `${type} ${JSON.stringify(config)}`);
  }
  const functions = await create('functions', { type: 'LAMBDA', config: undefined });
  assert.equal(functions.config, undefined, 'made without a configuration, it is read back without one');
});

test('a field that the type of a group forbids or lacks is a validation error that names it', async () => {
  const { create } = startLattice();
  const base = { protocol: 'HTTP', vpcIdentifier: vpc } as const;
  const healthCheck = { enabled: true };
  const cases = [
    ['LAMBDA', { port: 80 }, 'port'],
    ['LAMBDA', { protocol: 'HTTP' }, 'protocol'],
    ['LAMBDA', { protocolVersion: 'HTTP1' }, 'protocolVersion'],
    ['LAMBDA', { vpcIdentifier: vpc }, 'vpcIdentifier'],
    ['LAMBDA', { ipAddressType: 'IPV4' }, 'ipAddressType'],
    ['LAMBDA', { healthCheck }, 'healthCheck'],
    ['ALB', { ...base, healthCheck }, 'healthCheck'],
    ['ALB', { ...base, ipAddressType: 'IPV4' }, 'ipAddressType'],
    ['ALB', { ...base, protocol: 'TCP', port: 80 }, 'protocol'],
    ['INSTANCE', { ...base, ipAddressType: 'IPV6' }, 'ipAddressType'],
    ['INSTANCE', { ...base, lambdaEventStructureVersion: 'V1' }, 'lambdaEventStructureVersion'],
    ['IP', { ...base, lambdaEventStructureVersion: 'V1' }, 'lambdaEventStructureVersion'],
    ['IP', { ...base, protocol: 'TCP', port: 80, protocolVersion: 'HTTP1' }, 'protocolVersion'],
    ['IP', { ...base, protocol: 'TCP' }, 'port'],
    ['IP', { protocol: 'HTTP' }, 'vpcIdentifier'],
    ['IP', { vpcIdentifier: vpc }, 'protocol'],
    ['IP', undefined, 'vpcIdentifier'],
  ] as const;
  for (const [type, config, field] of cases) {
    const bad = create('shop', { type, config });
    await assert.rejects(bad, invalid(`config.${field}`), `${type} ${JSON.stringify(config)}`);
  }
});

test('a value that the model does not allow is a validation error', async () => {
  const { create } = startLattice();
  for (const name of ['ab', 'tg-shop', '-shop', 'shop-', 'sh--op', 'Shop', 'a'.repeat(129)]) {
    await assert.rejects(create(name), invalid('name'), name);
  }
  const base = { protocol: 'HTTP', vpcIdentifier: vpc } as const;
  for (const [field, config] of [
    ['port', { ...base, port: 65_536 }],
    ['port', { ...base, port: 0 }],
    ['vpcIdentifier', { ...base, vpcIdentifier: 'vpc-1' }],
  ] as const) {
    await assert.rejects(create('shop', { config }), invalid(`config.${field}`));
  }
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, '']));
  for (const [field, more] of [
    ['clientToken', { clientToken: 'a b' }],
    ['clientToken', { clientToken: 'a'.repeat(65) }],
    ['tags', { tags: { 'aws:owner': 'me' } }],
    ['tags', { tags: { 'AWS:owner': 'me' } }],
    ['tags', { tags: { 'a*b': 'me' } }],
    ['tags', { tags }],
    ['tags.owner', { tags: { owner: 'a'.repeat(257) } }],
  ] as const) {
    await assert.rejects(create('shop', more), invalid(field), field);
  }
  await assert.rejects(
    create('shop', { config: { ...base, vpcIdentifier: usVpc } }),
    refused('ResourceNotFoundException', { resourceId: usVpc, resourceType: 'VPC' }),
  );
});

test('each member of a health check has its range, and 0 or empty puts the default back', async () => {
  const { createActive, update } = startLattice();
  const id = await createActive('shop');
  for (const [field, value] of [
    ['protocol', 'TCP'],
    ['protocolVersion', 'GRPC'],
    ['port', 65_536],
    ['path', 'health'],
    ['healthCheckIntervalSeconds', 4],
    ['healthCheckIntervalSeconds', 301],
    ['healthCheckTimeoutSeconds', 121],
    ['healthCheckTimeoutSeconds', 30],
    ['healthyThresholdCount', 1],
    ['unhealthyThresholdCount', 11],
  ] as const) {
    await assert.rejects(
      update(id, { [field]: value }),
      invalid(`healthCheck.${field}`),
      `${field} ${value}`,
    );
  }
  const badMatcher = update(id, { matcher: { httpCode: '2xx' } });
  await assert.rejects(badMatcher, invalid('healthCheck.matcher.httpCode'));
  const set = {
    enabled: false,
    protocol: 'HTTPS',
    protocolVersion: 'HTTP2',
    port: 8081,
    path: '/health?deep=1',
    healthCheckIntervalSeconds: 5,
    healthCheckTimeoutSeconds: 1,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 10,
    matcher: { httpCode: '200-299,302' },
  };
  assert.deepEqual((await update(id, set)).config?.healthCheck, set);
  const back = {
    port: 0,
    path: '',
    healthCheckIntervalSeconds: 0,
    healthCheckTimeoutSeconds: 0,
    healthyThresholdCount: 0,
    unhealthyThresholdCount: 0,
    matcher: { httpCode: '' },
  };
  const reset = { ...checksOn, enabled: false, protocol: 'HTTPS', protocolVersion: 'HTTP2' };
  assert.deepEqual((await update(id, back)).config?.healthCheck, reset);
});

test('an update changes the health check, the group staying ACTIVE, and tells when', async () => {
  const { clock, createActive, get, update, calls } = startLattice();
  const id = await createActive('shop');
  assert.equal((await update(id, { path: '/health' })).status, 'ACTIVE');
  await update(id, { path: '/health' });
  const { config, lastUpdatedAt } = await get(id);
  assert.deepEqual([config?.healthCheck?.path, lastUpdatedAt], ['/health', new Date(clock.now)]);
  const rows = await calls('?operation=UpdateTargetGroup');
  assert.deepEqual(
    rows.map((row: { changed: boolean }) => row.changed),
    [true, false],
  );
});

test('groups of functions and load balancers have no health check to update', async () => {
  const { createActive, update } = startLattice();
  for (const [name, more] of [
    ['functions', lambda],
    ['load-balancers', alb],
  ] as const) {
    const id = await createActive(name, more);
    await assert.rejects(update(id, { enabled: true }), invalid('healthCheck'));
  }
});

test('a token with equal parameters replays its create, with others it conflicts', async () => {
  const { create, client, settle, calls } = startLattice();
  const clientToken = 'job-1';
  const tags = { job: '1', owner: 'gatehouse' };
  const { id } = await create('shop', { clientToken, tags });
  settle();
  const again = await create('shop', { clientToken, tags: { owner: 'gatehouse', job: '1' } });
  assert.deepEqual([again.id, again.status], [id, 'ACTIVE']);
  assert.equal((await calls()).at(-1).changed, false);
  const conflict = refused('ConflictException', { resourceId: id, resourceType: 'TARGET_GROUP' });
  await assert.rejects(create('shop-2', { clientToken, tags }), conflict);
  await assert.rejects(create('shop', { clientToken }), conflict);
  assert.equal((await client.send(new ListTargetGroupsCommand())).items?.length, 2);
});

test('a token holds in its region', async () => {
  const { create, clientIn } = startLattice();
  const { id } = await create('functions', { ...lambda, clientToken: 'job-1' });
  const elsewhere = await clientIn('us-east-1').send(
    new CreateTargetGroupCommand({ name: 'functions', ...lambda, clientToken: 'job-1' }),
  );
  assert.notEqual(elsewhere.id, id);
});

test('a name is taken in its region until its group is gone', async () => {
  const { create, createActive, get, remove, settle } = startLattice();
  const id = await createActive('shop');
  const conflict = refused('ConflictException', { resourceId: id, resourceType: 'TARGET_GROUP' });
  await assert.rejects(create('shop'), conflict);
  await remove(id);
  await assert.rejects(create('shop'), conflict);
  settle();
  await assert.rejects(get(id), refused('ResourceNotFoundException', { resourceId: id }));
  await create('shop');
});

test('a delete is in progress for some seconds, repeats without effect, and ends in a 404', async () => {
  const { clock, createActive, get, remove, calls } = startLattice();
  const id = await createActive('shop');
  assert.equal((await remove(id)).status, 'DELETE_IN_PROGRESS');
  clock.now += 1000;
  assert.equal((await remove(id)).status, 'DELETE_IN_PROGRESS');
  assert.equal((await get(id)).status, 'DELETE_IN_PROGRESS');
  clock.now += 14_000;
  await assert.rejects(remove(id), refused('ResourceNotFoundException', { resourceType: 'TARGET_GROUP' }));
  const rows = await calls('?operation=DeleteTargetGroup');
  assert.deepEqual(
    rows.map((row: { changed: boolean; status: number }) => [row.status, row.changed]),
    [
      [200, true],
      [200, false],
      [404, false],
    ],
  );
});

test('a group that is being made, or that a service uses, is not deleted', async () => {
  const { create, remove } = startLattice();
  const { id } = await create('shop');
  await assert.rejects(remove(String(id)), refused('ConflictException', { resourceId: id }));
  await assert.rejects(remove(billingArn), /in use by arn:aws:vpc-lattice/);
});

test('a group that is coming or going takes no changes', async () => {
  const { create, deregister, register, remove, settle, update } = startLattice();
  const { id = '' } = await create('shop');
  const refuseAll = async () => {
    for (const change of [
      update(id, {}),
      register(id, { id: '10.0.0.4' }),
      deregister(id, { id: '10.0.0.4' }),
    ]) {
      await assert.rejects(change, refused('ConflictException', { resourceId: id }));
    }
  };
  await refuseAll();
  settle();
  await remove(id);
  await refuseAll();
});

test('each operation answers that the group does not exist', async () => {
  const { client, clientIn, get, remove, update, register, deregister } = startLattice();
  const missing = refused('ResourceNotFoundException', { resourceId: absent, resourceType: 'TARGET_GROUP' });
  const list = client.send(new ListTargetsCommand({ targetGroupIdentifier: absent }));
  const target = { id: '10.0.0.4' };
  const calls = [get(absent), remove(absent), update(absent, {}), list];
  for (const call of [...calls, register(absent, target), deregister(absent, target)]) {
    await assert.rejects(call, missing);
  }
  const resourceArn = billingArn.replace(billing, absent);
  const noTags = refused('ResourceNotFoundException', { resourceId: resourceArn });
  await assert.rejects(client.send(new ListTagsForResourceCommand({ resourceArn })), noTags);
  await assert.rejects(client.send(new TagResourceCommand({ resourceArn, tags: {} })), noTags);
  await assert.rejects(client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] })), noTags);
  const elsewhere = clientIn('us-east-1').send(new GetTargetGroupCommand({ targetGroupIdentifier: billing }));
  await assert.rejects(elsewhere, refused('ResourceNotFoundException'));
});

test('a malformed identifier is a validation error', async () => {
  const { client, get } = startLattice();
  for (const id of ['shop', 'tg-1', 'tg-0B1C2D3E4F5A60718', `${billingArn}x`]) {
    await assert.rejects(get(id), invalid('targetGroupIdentifier'), id);
  }
  const tags = client.send(new ListTagsForResourceCommand({ resourceArn: billing }));
  await assert.rejects(tags, invalid('resourceArn'));
});

test('a blank id is the URL of the collection: a get lists it, nothing else is there', async () => {
  const { client, get, remove, register, calls } = startLattice();
  assert.equal((await get('')).id, undefined);
  const unknown = refused('ValidationException', { reason: 'unknownOperation' });
  await assert.rejects(remove(''), unknown);
  await assert.rejects(register('', { id: '10.0.0.4' }), unknown);
  const update = new UpdateTargetGroupCommand({ targetGroupIdentifier: '', healthCheck: {} });
  await assert.rejects(client.send(update), unknown);
  assert.deepEqual(
    (await calls()).map((row: { operation: string }) => row.operation),
    [
      'ListTargetGroups',
      'DELETE /targetgroups/',
      'POST /targetgroups//registertargets',
      'PATCH /targetgroups/',
    ],
  );
});

test('a body that cannot be parsed is a validation error', async () => {
  const { twins } = startLattice();
  const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260601/eu-west-1/vpc-lattice/aws4_request';
  for (const [method, path, body] of [
    ['POST', '/targetgroups', '{'],
    ['POST', '/targetgroups', '[]'],
    ['POST', '/targetgroups', '{"name":1,"type":"IP"}'],
    ['GET', '/targetgroups?maxResults=many', ''],
    ['GET', '/targetgroups/%E0', ''],
  ] as const) {
    const answer = await twins.request({ method, path, headers: { authorization }, body });
    assert.ok(answer !== 'dropped');
    const { message, reason } = JSON.parse(answer.body);
    assert.deepEqual(
      [answer.status, answer.headers['x-amzn-errortype'], typeof message, reason],
      [400, 'ValidationException', 'string', 'cannotParse'],
      `${method} ${path} ${body}`,
    );
  }
});

test('groups are listed by type, by VPC and in pages, and a group that goes meanwhile hides no other', async () => {
  const { client, create, createActive, remove, settle } = startLattice();
  await create('functions', lambda);
  await create('machines', instances);
  const id = await createActive('archive');
  const list = async (query: object) => {
    const { items = [], nextToken } = await client.send(new ListTargetGroupsCommand(query));
    return { names: items.map(({ name }) => name), nextToken };
  };
  assert.deepEqual((await list({ targetGroupType: 'LAMBDA' })).names, ['functions']);
  assert.deepEqual((await list({ vpcIdentifier: vpc })).names, ['archive', 'billing', 'machines']);
  assert.deepEqual((await list({ vpcIdentifier: usVpc })).names, []);
  const first = await list({ maxResults: 1 });
  assert.deepEqual(first.names, ['archive']);
  await remove(id);
  settle();
  const second = await list({ maxResults: 2, nextToken: first.nextToken });
  assert.deepEqual(second.names, ['billing', 'functions']);
  const third = await list({ maxResults: 2, nextToken: second.nextToken });
  assert.deepEqual(third, { names: ['machines'], nextToken: undefined });
  await assert.rejects(list({ nextToken: 'nonsense' }), invalid('nextToken'));
  await assert.rejects(list({ maxResults: 101 }), invalid('maxResults'));
});

test('tags are set at the create, added, changed, removed and listed by ARN', async () => {
  const { client, create, calls } = startLattice();
  const { arn: resourceArn } = await create('shop', { tags: { job: '1' } });
  const tags = async () => (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  assert.deepEqual(await tags(), { job: '1' });
  await client.send(new TagResourceCommand({ resourceArn, tags: { job: '2', owner: 'me', team: '' } }));
  assert.deepEqual(await tags(), { job: '2', owner: 'me', team: '' });
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['owner', 'team', 'none'] }));
  assert.deepEqual(await tags(), { job: '2' });
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['none'] }));
  assert.equal((await calls()).at(-1).changed, false);
  const none = client.send(new UntagResourceCommand({ resourceArn, tagKeys: [] }));
  await assert.rejects(none, invalid('tagKeys'));
  const reserved = client.send(new TagResourceCommand({ resourceArn, tags: { 'aws:a': 'b' } }));
  await assert.rejects(reserved, invalid('tags'));
});

test('a region has so many groups: one more is a quota error, with 402', async () => {
  const { create, set } = startLattice();
  await set({ targetGroupsPerRegion: 2 });
  await create('shop');
  const error = await create('archive').catch(thrown => thrown);
  const { name, serviceCode, resourceType, $metadata } = error;
  assert.deepEqual(
    [name, serviceCode, resourceType, $metadata.httpStatusCode],
    ['ServiceQuotaExceededException', 'vpc-lattice', 'TARGET_GROUP', 402],
  );
  assert.equal(typeof error.quotaCode, 'string');
});

test('the log tells a call as its SDK input, wherever its members travelled', async () => {
  const { client, register, calls } = startLattice();
  await register(billingArn, { id: '10.0.0.4', port: 80 });
  await client.send(new UntagResourceCommand({ resourceArn: billingArn, tagKeys: ['a', 'b'] }));
  await client.send(new ListTargetsCommand({ targetGroupIdentifier: billing, maxResults: 1 }));
  const requests = (await calls()).map((row: { request: unknown }) => row.request);
  assert.deepEqual(requests, [
    { targetGroupIdentifier: billingArn, targets: [{ id: '10.0.0.4', port: 80 }] },
    { resourceArn: billingArn, tagKeys: ['a', 'b'] },
    { targetGroupIdentifier: billing, maxResults: 1 },
  ]);
});

test('required members are required', async () => {
  const { client } = startLattice();
  const targetGroupIdentifier = billing;
  const noTargets = { targetGroupIdentifier, targets: undefined };
  await assert.rejects(client.send(new RegisterTargetsCommand(noTargets)), invalid('targets'));
  await assert.rejects(client.send(new DeregisterTargetsCommand(noTargets)), invalid('targets'));
  const noCheck = new UpdateTargetGroupCommand({ targetGroupIdentifier, healthCheck: undefined });
  await assert.rejects(client.send(noCheck), invalid('healthCheck'));
  const noType = new CreateTargetGroupCommand({ name: 'shop', type: undefined });
  await assert.rejects(client.send(noType), invalid('type'));
});
