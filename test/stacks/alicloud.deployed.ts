// A stage with Alibaba Cloud and one without: all of it, its key where it is needed and nowhere else; or nothing of it.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { readAlicloud, readRequestRules } from '@gatehouse/functions/environment';
import { arnOf, deployment, statementsOf } from './deployment.ts';
import { platform } from './platform.ts';

const withIt = deployment('prod', { alicloud: true });
const without = deployment('prod');

const STEPS = [
  'steps/additional-certificate',
  'steps/alicloud-endpoint-group',
  'steps/alicloud-listener',
  'steps/forwarding-rule',
];
const LOOKS = ['api/create-plan', 'api/get-drift', 'api/get-health', 'steps/begin'];

const handlers = ({ functions }: typeof withIt) => functions.map(({ handler }) => handler);
const SECRET_ARN = arnOf('secretsmanager', 'secret:gatehouse-prod-alicloud');
const secrets = ({ of }: typeof withIt) => of('aws:secretsmanager/secret:Secret');
const definitionOf = ({ of }: typeof withIt) =>
  String(of('aws:sfn/stateMachine:StateMachine')[0]?.inputs['definition']);
const settingsOf = ({ environment }: (typeof withIt)['functions'][number]) => readRequestRules(environment);

test('a stage without it has every function but the four that walk its steps', () => {
  assert.deepEqual(
    handlers(without).toSorted(),
    handlers(withIt)
      .filter(each => !STEPS.includes(each))
      .toSorted(),
  );
  assert.ok(STEPS.every(each => handlers(withIt).includes(each)));
});

test('a stage without it has no secret and no key, and its functions refuse requests for it', () => {
  assert.deepEqual(secrets(without), []);
  for (const each of without.functions) {
    assert.deepEqual(settingsOf(each).clouds, ['aws'], each.handler);
    assert.deepEqual(readAlicloud(each.environment), {}, each.handler);
    assert.doesNotMatch(Object.keys(each.environment).join(), /ALIBABA|ALICLOUD/, each.handler);
  }
});

test('the machine of a stage without it is valid and has no state of it', () => {
  const text = definitionOf(without);
  assert.doesNotMatch(text, /alibaba|alicloud/i);
  assert.match(definitionOf(withIt), /Alicloud listener/);
  const validate = createRequire(join(platform(), 'package.json'))('asl-validator');
  const { isValid, errors } = validate(JSON.parse(text));
  assert.ok(isValid, JSON.stringify(errors));
});

test('the machine of a stage without it calls all that is deployed for it, and nothing else', () => {
  const steps = without.functions.filter(({ handler }) => handler.startsWith('steps/')).map(({ arn }) => arn);
  const called = definitionOf(without).match(/arn:aws:lambda:[^"]+/g);
  // Executions of older machines still call these.
  const older = Object.keys(OLDER_FUNCTIONS).map(name => `steps/${name}`);
  const today = without.functions.filter(
    ({ handler, arn }) => steps.includes(arn) && !older.includes(handler),
  );
  assert.deepEqual([...new Set(called)].toSorted(), today.map(({ arn }) => arn).toSorted());
  const role = without.of('aws:iam/role:Role').find(({ name }) => name === 'MachineRole');
  assert.deepEqual(statementsOf(role)[0]?.Resource.toSorted(), steps.toSorted());
});

test('the access key is one secret, and the functions that call Alibaba Cloud alone know and may read it', () => {
  const [secret, ...others] = secrets(withIt);
  assert.deepEqual([secret?.inputs['name'], others], ['gatehouse-prod-alicloud', []]);
  for (const { handler, environment, statements } of withIt.functions) {
    const calls = [...STEPS, ...LOOKS].includes(handler);
    assert.deepEqual(readAlicloud(environment), calls ? { secret: SECRET_ARN } : {}, handler);
    const reading = statements.filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'));
    assert.deepEqual(
      reading.map(({ Resource }) => Resource),
      calls ? [[SECRET_ARN]] : [],
      handler,
    );
  }
  assert.deepEqual(withIt.of('sst:sst:Secret'), [], 'no secret is an input of the deployment');
});

test('the policy of the secret denies reading it to everybody else', () => {
  const [policy] = withIt.of('aws:secretsmanager/secretPolicy:SecretPolicy');
  const { Statement: statements } = JSON.parse(String(policy?.inputs['policy']));
  const [{ Condition, ...denied }] = statements;
  assert.deepEqual(denied, {
    Sid: 'DenyReadingToOthers',
    Effect: 'Deny',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
  });
  const roles = withIt.functions.filter(({ handler }) => [...STEPS, ...LOOKS].includes(handler));
  assert.deepEqual(
    Condition.ArnNotEquals['aws:PrincipalArn'].toSorted(),
    roles.map(({ inputs }) => String(inputs['role'])).toSorted(),
  );
});

test('every function of a stage with it holds requests to the limits of its settings', () => {
  for (const each of withIt.functions) {
    const { clouds, alicloudLimits } = settingsOf(each);
    assert.deepEqual([clouds, alicloudLimits], [['aws', 'alicloud'], 'guide'], each.handler);
    assert.equal(each.environment['GATEHOUSE_ALICLOUD_LIMITS'], 'guide', each.handler);
  }
});
