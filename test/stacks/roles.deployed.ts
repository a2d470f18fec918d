// What the roles allow: what permissions.ts and permissions of the resources say, on the narrowest resources that there
// are, to the one service that each is for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Permission } from '@gatehouse/clouds/permission';
import { type Handler, permissionsOf } from '@gatehouse/functions/permissions';
import { deployment, type Statement, statementsOf } from './deployment.ts';

const { functions, of, outputs } = deployment('prod', { alicloud: true });
const ACCOUNT = '123456789012';
const places = {
  table: `dynamodb:eu-west-1:${ACCOUNT}:table/${outputs['table']}`,
  stateMachine: String(outputs['stateMachine']).split(':').slice(2).join(':'),
  eventBus: `events:eu-west-1:${ACCOUNT}:event-bus/${outputs['eventBus']}`,
  alicloudSecret: `secretsmanager:eu-west-1:${ACCOUNT}:secret:${outputs['alicloudSecret']}`,
};
const deadLetters = `sqs:eu-west-1:${ACCOUNT}:gatehouse-prod-dead-letters`;

/** `service:Operation on ARN`. */
function allowed(statements: Statement[]): string[] {
  const all = statements.flatMap(({ Action, Resource }) =>
    Action.flatMap(action => Resource.map(resource => `${action} on ${resource}`)),
  );
  return all.toSorted();
}

function wanted(permissions: Permission[]): string[] {
  const all = permissions.flatMap(({ service, operations, on }) =>
    operations.map(
      operation =>
        `${service}:${operation} on ${on === '*' ? on : `arn:aws:${on.replace('{account}', ACCOUNT)}`}`,
    ),
  );
  return [...new Set(all)].toSorted();
}

for (const { handler, statements } of functions) {
  test(`the role of ${handler} allows the declared calls, and its own log`, () => {
    const log = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/gatehouse/prod/${handler}:*`;
    const among = handler.startsWith('events/') ? { ...places, deadLetters } : places;
    assert.deepEqual(
      allowed(statements),
      [
        ...wanted(permissionsOf(handler as Handler, among)),
        `logs:CreateLogStream on ${log}`,
        `logs:PutLogEvents on ${log}`,
      ].toSorted(),
    );
    assert.ok(statements.every(({ Effect }) => Effect === 'Allow'));
  });
}

/** What has no resource level, with the reason where it is declared. */
const WITHOUT_RESOURCE = [
  'ec2:DescribeInstances',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'elasticloadbalancing:DescribeLoadBalancerPolicies',
  'elasticloadbalancing:DescribeLoadBalancers',
  'vpc-lattice:ListTagsForResource',
  'vpc-lattice:ListTargetGroups',
];

test('functions have a bare * only for the calls that have no resource level, each with its reason', () => {
  const bare = functions.flatMap(({ statements }) =>
    statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action),
  );
  assert.deepEqual([...new Set(bare)].toSorted(), WITHOUT_RESOURCE);
  for (const { handler } of functions) {
    for (const { on, reason, operations } of permissionsOf(handler as Handler, places))
      if (on === '*') assert.ok(reason, `${handler}: ${operations} says why`);
  }
});

test('only VPC Lattice can be granted access to functions of the account, and only its own service-linked role can be created', () => {
  const conditions = functions.flatMap(({ statements }) =>
    statements
      .filter(({ Action }) => Action.some(action => /^(lambda:Add|iam:)/.test(action)))
      .map(({ Action, Condition }) => [
        ...Action,
        ...Object.entries(Condition?.['StringEquals'] ?? {}).flat(2),
      ]),
  );
  assert.deepEqual(conditions.toSorted(), [
    ['iam:CreateServiceLinkedRole', 'iam:AWSServiceName', 'vpc-lattice.amazonaws.com'],
    ['lambda:AddPermission', 'lambda:Principal', 'vpc-lattice.amazonaws.com'],
  ]);
});

test('no role allows a whole service, or a family of actions', () => {
  for (const role of of('aws:iam/role:Role')) {
    for (const { Action } of statementsOf(role))
      for (const action of [Action].flat()) assert.doesNotMatch(action, /\*/, role.name);
  }
});

test('no role has a managed policy', () => {
  for (const { name, inputs } of of('aws:iam/role:Role'))
    assert.deepEqual(inputs['managedPolicyArns'] ?? [], [], name);
});

test('each role can be taken on by the one service that it is for, for this account alone', () => {
  for (const { name, inputs } of of('aws:iam/role:Role')) {
    const policy = inputs['assumeRolePolicy'];
    const { Statement: statements } = typeof policy === 'string' ? JSON.parse(policy) : policy;
    assert.equal(statements.length, 1, name);
    const [{ Principal, Condition }] = statements;
    const service = name === 'MachineRole' ? 'states' : 'lambda';
    assert.deepEqual(Principal, { Service: `${service}.amazonaws.com` }, name);
    assert.deepEqual(Condition, { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, name);
  }
});
