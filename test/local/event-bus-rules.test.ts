// Buses, rules and targets with the real SDK client: created, listed, changed, deleted, and refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Tag,
} from '@aws-sdk/client-eventbridge';
import { account, bench, EVERYTHING, entry, region, toFunction, toQueue } from './event-bus-bench.ts';

const EventPattern = JSON.stringify(EVERYTHING);
const TAGS: Tag[] = [{ Key: 'team', Value: 'edge' }];

test('a bus is made once, described, listed and deleted', async () => {
  const { client } = bench();
  const Name = 'team-one';
  const { EventBusArn } = await client.send(new CreateEventBusCommand({ Name }));
  assert.equal(EventBusArn, `arn:aws:events:${region}:${account}:event-bus/${Name}`);
  await assert.rejects(client.send(new CreateEventBusCommand({ Name })), {
    name: 'ResourceAlreadyExistsException',
  });
  assert.equal((await client.send(new DescribeEventBusCommand({ Name: EventBusArn }))).Name, Name);
  const { EventBuses } = await client.send(new ListEventBusesCommand({}));
  assert.deepEqual(
    EventBuses?.map(bus => bus.Name),
    ['default', Name],
  );
  await client.send(new DeleteEventBusCommand({ Name }));
  await assert.rejects(client.send(new DescribeEventBusCommand({ Name })), {
    name: 'ResourceNotFoundException',
  });
});

test('the default bus cannot be deleted, nor one that has rules', async () => {
  const { client } = bench();
  await client.send(new CreateEventBusCommand({ Name: 'one' }));
  await client.send(new PutRuleCommand({ Name: 'r', EventBusName: 'one', EventPattern }));
  for (const Name of ['default', 'one']) {
    await assert.rejects(client.send(new DeleteEventBusCommand({ Name })), { name: 'ValidationException' });
  }
});

test('a rule is put, described with its ARN, listed by prefix, disabled, enabled and deleted', async () => {
  const { client, put, events } = bench();
  await client.send(new PutRuleCommand({ Name: 'orders', EventPattern, Description: 'all of them' }));
  await client.send(new PutRuleCommand({ Name: 'other', EventPattern }));
  const described = await client.send(new DescribeRuleCommand({ Name: 'orders' }));
  assert.equal(described.Arn, `arn:aws:events:${region}:${account}:rule/orders`);
  assert.equal(described.State, 'ENABLED');
  const { Rules } = await client.send(new ListRulesCommand({ NamePrefix: 'ord' }));
  assert.deepEqual(
    Rules?.map(rule => rule.Description),
    ['all of them'],
  );
  await client.send(new DisableRuleCommand({ Name: 'orders' }));
  await put(entry());
  await client.send(new EnableRuleCommand({ Name: 'orders' }));
  await put(entry());
  assert.deepEqual(
    (await events()).map(row => row.rules),
    [['other'], ['other', 'orders']],
  );
  await client.send(new DeleteRuleCommand({ Name: 'orders' }));
  await assert.rejects(client.send(new DescribeRuleCommand({ Name: 'orders' })), {
    name: 'ResourceNotFoundException',
  });
});

test('targets are put, replaced by id, listed and removed; a rule that has some is not deleted', async () => {
  const { client } = bench();
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  const targets = [toFunction('a'), toQueue('b')];
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets: targets }));
  const replaced = { ...toFunction('a'), RetryPolicy: { MaximumRetryAttempts: 0 } };
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [replaced] }));
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'r' }));
  assert.deepEqual(Targets, [replaced, toQueue('b')]);
  await assert.rejects(client.send(new DeleteRuleCommand({ Name: 'r' })), { message: /it has targets/ });
  await client.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['a', 'b', 'absent'] }));
  await client.send(new DeleteRuleCommand({ Name: 'r' }));
});

test('a rule put again keeps its targets', async () => {
  const { client } = bench();
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [toQueue('b')] }));
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["x"]}' }));
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'r' }));
  assert.equal(Targets?.length, 1);
});

test('lists come in pages', async () => {
  const { client } = bench();
  for (const Name of ['a', 'b', 'c']) await client.send(new PutRuleCommand({ Name, EventPattern }));
  const first = await client.send(new ListRulesCommand({ Limit: 2 }));
  const second = await client.send(new ListRulesCommand({ Limit: 2, NextToken: first.NextToken }));
  assert.deepEqual(
    [first, second].map(page => page.Rules?.map(rule => rule.Name)),
    [['a', 'b'], ['c']],
  );
  assert.equal(second.NextToken, undefined);
});

test('a rule has five targets at most', async () => {
  const { client } = bench();
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  const Targets = ['a', 'b', 'c', 'd', 'e', 'f'].map(toQueue);
  await assert.rejects(client.send(new PutTargetsCommand({ Rule: 'r', Targets })), {
    name: 'LimitExceededException',
  });
});

for (const [why, rule, name, says] of [
  ['without pattern and schedule', {}, 'ValidationException', /EventPattern or ScheduleExpression/],
  ['with a broken pattern', { EventPattern: '{' }, 'InvalidEventPatternException', /not JSON/],
  ['with a wrong name', { Name: 'a b', EventPattern }, 'ValidationException', /Name must match/],
  [
    'with a broken schedule',
    { ScheduleExpression: 'rate(1 minutes)' },
    'ValidationException',
    /ScheduleExpression is not valid/,
  ],
  [
    'with a schedule that this host lacks',
    { ScheduleExpression: 'cron(0 1 * * ? *)' },
    'ValidationException',
    /rate\(\.\.\.\) schedules only/,
  ],
  [
    'with a role',
    { EventPattern, RoleArn: 'arn:aws:iam::123456789012:role/r' },
    'ValidationException',
    /RoleArn must be absent: this host does not support it/,
  ],
  ['with tags', { EventPattern, Tags: TAGS }, 'ValidationException', /Tags must be absent/],
  [
    'on a bus that is not there',
    { EventPattern, EventBusName: 'nowhere' },
    'ResourceNotFoundException',
    /nowhere does not exist/,
  ],
] as const) {
  test(`a rule ${why} is refused`, async () => {
    const { client } = bench();
    await assert.rejects(client.send(new PutRuleCommand({ Name: 'r', ...rule })), { name, message: says });
  });
}

test('a schedule is for the default bus', async () => {
  const { client } = bench();
  await client.send(new CreateEventBusCommand({ Name: 'one' }));
  const rule = { Name: 'r', EventBusName: 'one', ScheduleExpression: 'rate(1 hour)' };
  await assert.rejects(client.send(new PutRuleCommand(rule)), { message: /only on the default event bus/ });
});

for (const [why, target, says] of [
  [
    'a target of an unknown kind',
    { Id: 'a', Arn: 'arn:aws:sns:eu-west-1:123456789012:topic' },
    /no such targets/,
  ],
  [
    'a dead-letter queue that is none',
    { ...toFunction('a'), DeadLetterConfig: { Arn: toFunction('b').Arn } },
    /is an SQS queue/,
  ],
  ['too many retries', { ...toFunction('a'), RetryPolicy: { MaximumRetryAttempts: 186 } }, /from 0 to 185/],
  ['an input path', { ...toFunction('a'), InputPath: '$.detail' }, /InputPath must be absent/],
  ['a role', { ...toFunction('a'), RoleArn: 'arn:aws:iam::123456789012:role/r' }, /RoleArn must be absent/],
  [
    'a message group',
    { ...toQueue('a'), SqsParameters: { MessageGroupId: 'g' } },
    /SqsParameters must be absent/,
  ],
  [
    'a header',
    { ...toFunction('a'), HttpParameters: { HeaderParameters: {} } },
    /HttpParameters must be absent/,
  ],
  ['a FIFO queue', { Id: 'a', Arn: 'arn:aws:sqs:eu-west-1:123456789012:q.fifo' }, /no such targets/],
  [
    'a FIFO queue for dead letters',
    { ...toFunction('a'), DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:123456789012:q.fifo' } },
    /is an SQS queue/,
  ],
] as const) {
  test(`${why} is refused`, async () => {
    const { client } = bench();
    await client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
    const put = client.send(new PutTargetsCommand({ Rule: 'r', Targets: [target] }));
    await assert.rejects(put, { name: 'ValidationException', message: says });
  });
}

test('targets of a rule that is not there are refused', async () => {
  const { client } = bench();
  const put = client.send(new PutTargetsCommand({ Rule: 'none', Targets: [toQueue('a')] }));
  await assert.rejects(put, { name: 'ResourceNotFoundException', message: /Rule none does not exist/ });
});

test('a target whose input is no JSON is refused, as nothing could be delivered to it', async () => {
  const { client } = bench();
  await client.send(new PutRuleCommand({ Name: 'orders', EventPattern }));
  for (const Input of ['not json', `${'['.repeat(4000)}${']'.repeat(4000)}`]) {
    const asked = new PutTargetsCommand({ Rule: 'orders', Targets: [{ ...toQueue('kept'), Input }] });
    await assert.rejects(client.send(asked), { name: 'ValidationException', message: /JSON syntax error/ });
  }
});

for (const [why, bus, says] of [
  ['a key', { KmsKeyIdentifier: 'alias/bus' }, /KmsKeyIdentifier must be absent/],
  ['a dead-letter queue', { DeadLetterConfig: { Arn: toQueue('a').Arn } }, /DeadLetterConfig must be absent/],
  ['tags', { Tags: TAGS }, /Tags must be absent/],
  ["a partner's source", { EventSourceName: 'aws.partner/x/y' }, /EventSourceName must be absent/],
  ['a slash in its name', { Name: 'a/b' }, /a\/b must not contain a slash/],
  ["the name of a partner's", { Name: 'aws.partner/x/y' }, /must not contain a slash/],
] as const) {
  test(`a bus with ${why} is refused`, async () => {
    const { client } = bench();
    const create = client.send(new CreateEventBusCommand({ Name: 'one', ...bus }));
    await assert.rejects(create, { name: 'ValidationException', message: says });
  });
}

test('empty tags, and an empty pattern beside a schedule or the reverse, count as none', async () => {
  const { client } = bench();
  await client.send(new CreateEventBusCommand({ Name: 'one', Tags: [] }));
  const ScheduleExpression = 'rate(1 hour)';
  await client.send(new PutRuleCommand({ Name: 'timed', ScheduleExpression, EventPattern: '' }));
  await client.send(new PutRuleCommand({ Name: 'matching', EventPattern, ScheduleExpression: '' }));
  const described = async (Name: string) => {
    const rule = await client.send(new DescribeRuleCommand({ Name }));
    return [rule.EventPattern, rule.ScheduleExpression];
  };
  assert.deepEqual(await described('timed'), [undefined, ScheduleExpression]);
  assert.deepEqual(await described('matching'), [EventPattern, undefined]);
});

test('a bus has the time of its last change, and a rule the account that made it', async () => {
  const { client } = bench();
  const bus = await client.send(new DescribeEventBusCommand({}));
  assert.deepEqual(bus.LastModifiedTime, bus.CreationTime);
  assert.ok(bus.LastModifiedTime);
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  assert.equal((await client.send(new DescribeRuleCommand({ Name: 'r' }))).CreatedBy, account);
  const { Rules: [listed] = [] } = await client.send(new ListRulesCommand({}));
  assert.equal(listed && 'CreatedBy' in listed, false);
});
