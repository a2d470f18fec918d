// Who may put which event on the deployed bus: its policy evaluated as IAM does, for senders of this account and of others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Handler, publishes } from '@gatehouse/functions/permissions';
import { deployment, program } from './deployment.ts';

const OWN = '123456789012';
const TEAM = '111122223333';
const PIPELINE = `arn:aws:iam::${OWN}:role/ci/pipeline`;
const { of, functions } = deployment('trial', {
  settings: { eventSources: { 'com.example.*': [PIPELINE], 'org.team': [TEAM] } },
});

type Condition = Record<string, Record<string, string | string[]>>;
interface BusStatement {
  Effect: 'Allow' | 'Deny';
  Principal: '*' | { AWS: string[] };
  Condition: Condition;
}

const [policy] = of('aws:cloudwatch/eventBusPolicy:EventBusPolicy');
const { Statement: statements } = JSON.parse(String(policy?.inputs['policy'])) as {
  Statement: BusStatement[];
};

interface Event {
  /** The ARN of the role or user that puts it. */
  by: string;
  source: string;
  detailType?: string;
}

/** Of a principal whose own policy allows PutEvents on the bus. */
function mayPut({ by, source, detailType = 'Entry Point Requested' }: Event): boolean {
  const account = by.split(':')[4] ?? '';
  const context: Record<string, string> = {
    'events:source': source,
    'events:detail-type': detailType,
    'aws:PrincipalArn': by,
    'aws:PrincipalAccount': account,
  };
  const applying = statements.filter(
    ({ Principal, Condition: condition }) =>
      (Principal === '*' || Principal.AWS.includes(account)) && holds(condition, context),
  );
  if (applying.some(({ Effect }) => Effect === 'Deny')) return false;
  return account === OWN || applying.some(({ Effect }) => Effect === 'Allow');
}

function holds(condition: Condition, context: Record<string, string>): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const is = (value: string) =>
        operator.endsWith('Like')
          ? new RegExp(`^${value.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(context[key] ?? '')
          : value === context[key];
      return [values].flat().some(is) !== operator.includes('Not');
    }),
  );
}

const roleOf = (handler: string) => {
  const role = String(functions.find(each => each.handler === handler)?.inputs['role']);
  assert.match(role, /^arn:aws:iam::/);
  return role;
};

const CASES: [why: string, event: Event, allowed: boolean][] = [
  ['the named role of this account', { by: PIPELINE, source: 'com.example.pipeline' }, true],
  [
    'another role of this account, whatever its own policy',
    { by: `arn:aws:iam::${OWN}:role/x`, source: 'com.example.pipeline' },
    false,
  ],
  ['the named role with a source of others', { by: PIPELINE, source: 'org.team' }, false],
  ['a source that nobody has', { by: PIPELINE, source: 'net.other' }, false],
  ['any role of the named account', { by: `arn:aws:iam::${TEAM}:role/x`, source: 'org.team' }, true],
  ['that account with another source', { by: `arn:aws:iam::${TEAM}:role/x`, source: 'com.example.a' }, false],
  [
    'that account with another type',
    { by: `arn:aws:iam::${TEAM}:role/x`, source: 'org.team', detailType: 'Job Status Changed' },
    false,
  ],
  ['an account that is not named', { by: 'arn:aws:iam::444455556666:role/x', source: 'org.team' }, false],
  ['a person as Gatehouse', { by: PIPELINE, source: 'io.gatehouse' }, false],
  ['a function as Gatehouse', { by: roleOf('steps/finish'), source: 'io.gatehouse' }, true],
  ['a function as a sender', { by: roleOf('steps/finish'), source: 'com.example.a' }, false],
  ['a function that publishes nothing', { by: roleOf('api/list-jobs'), source: 'io.gatehouse' }, false],
];

for (const [why, event, allowed] of CASES)
  test(`${why}: ${event.source} is ${allowed ? 'accepted' : 'denied'}`, () =>
    assert.equal(mayPut(event), allowed));

test('without settings, only the functions of Gatehouse put events', () => {
  const [none] = deployment('trial').of('aws:cloudwatch/eventBusPolicy:EventBusPolicy');
  const { Statement } = JSON.parse(String(none?.inputs['policy']));
  assert.deepEqual(
    Statement.map(({ Effect }: BusStatement) => Effect),
    ['Deny', 'Deny'],
  );
});

test('the role of a function allows events with the source of Gatehouse alone', () => {
  for (const { handler, statements: own } of functions) {
    const puts = own.filter(({ Action }) => Action.includes('events:PutEvents'));
    assert.equal(puts.length, publishes(handler as Handler) ? 1 : 0, handler);
    for (const { Condition } of puts)
      assert.deepEqual(Condition, { StringEquals: { 'events:source': ['io.gatehouse'] } }, handler);
  }
});

test('the log of events takes those of Gatehouse alone', () => {
  const rule = of('aws:cloudwatch/eventRule:EventRule').find(({ name }) => name === 'RuleLog');
  assert.deepEqual(JSON.parse(String(rule?.inputs['eventPattern'])), {
    source: ['io.gatehouse'],
    'detail-type': ['Job Status Changed'],
  });
});

for (const [why, eventSources, says] of [
  ['a sender that is none', { 'com.example': ['pipeline'] }, /`pipeline` is no sender; write an account/],
  ['a source without a sender', { 'com.example': [] }, /there is no sender/],
  ['a source of AWS', { 'aws.ec2': [TEAM] }, /`aws\.ec2` is no source/],
  [
    'two entries for one source',
    { 'com.*': [TEAM], 'com.example': [TEAM] },
    /com\.\* also matches com\.example/,
  ],
] as const)
  test(`${why} stops the deployment`, () => {
    const { status, stderr } = program('trial', { settings: { eventSources: eventSources as never } });
    assert.notEqual(status, 0);
    assert.match(stderr, says);
  });
