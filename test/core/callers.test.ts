// The names of callers, and the rules that no caller could ever match.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessWarnings, parseAccess } from '@gatehouse/core/request/access';
import {
  callerOfArn,
  callerOfEvent,
  callerOfToken,
  cannotCall,
  type Identities,
  isSameCaller,
} from '@gatehouse/core/request/callers';

const ARNS: [arn: string, caller: string | undefined][] = [
  ['arn:aws:sts::123456789012:assumed-role/deployer/session-1', '123456789012/role/deployer'],
  ['arn:aws-cn:sts::123456789012:assumed-role/deployer/session-1', '123456789012/role/deployer'],
  ['arn:aws:iam::123456789012:role/team/deployer', '123456789012/role/deployer'],
  ['arn:aws:iam::123456789012:user/alice', '123456789012/user/alice'],
  ['arn:aws:iam::123456789012:user/team/alice', '123456789012/user/team/alice'],
  ['arn:aws:sts::123456789012:federated-user/alice', '123456789012/federated-user/alice'],
  ['arn:aws:iam::123456789012:root', '123456789012/root'],
  ['arn:aws:s3:::bucket', undefined],
  ['', undefined],
];

for (const [arn, caller] of ARNS)
  test(`${arn || 'no ARN'} is ${caller ?? 'nobody'}`, () => assert.equal(callerOfArn(arn), caller));

test('an issuer is named without its scheme and the slash at its end', () => {
  for (const issuer of ['https://login.example.com/', 'https://login.example.com'])
    assert.equal(callerOfToken({ issuer, subject: 'alice' }), 'login.example.com/alice');
  const issuer = 'https://login.microsoftonline.com/0a1b/v2.0';
  assert.equal(callerOfToken({ issuer, subject: 'x|1' }), 'login.microsoftonline.com/0a1b/v2.0/x|1');
});

const SAME: [one: string, other: string, same: boolean][] = [
  ['123456789012/role/Deployer', '123456789012/role/deployer', true],
  ['Login.example.com/alice', 'login.example.com/alice', true],
  ['login.example.com/Alice', 'login.example.com/alice', false],
  // Earlier versions kept the slash at the end of an issuer.
  ['login.example.com//alice', 'login.example.com/alice', true],
  ['sts.windows.net/0a1b//alice', 'sts.windows.net/0a1b/alice', true],
  ['login.example.com//alice', 'login.example.com/bob', false],
  ['login.example.com//x', 'login.example.com.evil.example/x', false],
  ['123456789012//role/a', '123456789012/role/a', false],
  ['123456789012/user/team//a', '123456789012/user/team/a', false],
  ['123456789012/event/com//example', '123456789012/event/com/example', false],
  ['123456789012/event/com.Example', '123456789012/event/com.example', false],
  ['123456789012/role/a', '123456789012/user/a', false],
];

for (const [one, other, same] of SAME)
  test(`${one} and ${other} are ${same ? 'one caller' : 'two callers'}`, () =>
    assert.equal(isSameCaller(one, other), same));

const TOKENS: Identities = { tokenIssuer: 'https://login.example.com/' };

const NOBODY: [rule: string, nearest: string, identities?: Identities][] = [
  ['arn:aws:iam::123456789012:role/deployer', '123456789012/role/deployer'],
  ['arn:aws:sts::123456789012:assumed-role/deployer/session1', '123456789012/role/deployer'],
  ['arn:aws:iam::123456789012:root', '123456789012/root'],
  ['123456789012/role/team/deployer', '123456789012/role/deployer'],
  ['123456789012/assumed-role/deployer/session1', '123456789012/role/deployer'],
  ['123456789012/role/deployer/', '123456789012/role/deployer'],
  ['123456789012/deployer', '123456789012/role/deployer'],
  ['123456789012/role/*', '123456789012/role/deployer'],
  ['12345/role/deployer', '123456789012/role/deployer'],
  ['123456789012/root/x', '123456789012/root'],
  ['login.example.com/alice', '123456789012/role/deployer'],
  ['https://login.example.com/alice', 'login.example.com/alice', TOKENS],
  ['login.example.com//alice', 'login.example.com/alice', TOKENS],
  ['other.example.com/alice', 'login.example.com/alice', TOKENS],
  ['123456789012/role/deployer', 'login.example.com/deployer', TOKENS],
];

for (const [rule, nearest, identities = {}] of NOBODY)
  test(`a rule for ${rule} ${identities.tokenIssuer ? 'with tokens ' : ''}is refused, and names ${nearest}`, () => {
    const why = cannotCall(rule, identities);
    assert.ok(why?.includes(`\`${nearest}\``), String(why));
    for (const rules of [{ administrators: [rule] }, { callers: { [rule]: {} } }])
      assert.throws(() => parseAccess(rules, identities), /is no caller/);
  });

const SOMEBODY: [rule: string, identities?: Identities][] = [
  ['123456789012/role/AWSReservedSSO_Deploy_0123456789abcdef'],
  ['123456789012/Role/deployer'],
  ['123456789012/user/team/alice'],
  ['123456789012/root'],
  ['123456789012/federated-user/alice'],
  ['123456789012/event/com.example.pipeline'],
  ['123456789012/event/com.example.pipeline', TOKENS],
  ['login.example.com/alice', TOKENS],
  ['login.example.com/auth0|61f/x', TOKENS],
  ['LOGIN.example.com/alice', TOKENS],
];

for (const [rule, identities = {}] of SOMEBODY)
  test(`a rule for ${rule} ${identities.tokenIssuer ? 'with tokens ' : ''}is valid`, () =>
    assert.equal(cannotCall(rule, identities), undefined));

test('a rule for the source of events is refused where its events are', () => {
  const caller = callerOfEvent({ account: '111122223333', source: 'com.example.pipeline' });
  assert.equal(cannotCall(caller, { eventSources: ['com.example.*'] }), undefined);
  assert.match(String(cannotCall(caller, { eventSources: ['org.example'] })), /accepted: org\.example/);
  assert.match(String(cannotCall(caller, { eventSources: [] })), /accepted: none/);
});

test('rules that leave every other caller without limits are warned of', () => {
  const named = { '123456789012/role/checkout': { ports: [] } };
  assert.match(String(accessWarnings(parseAccess({ callers: named }))[0]), /checkout only.*no rule `\*`/);
  for (const callers of [{}, { '*': {} }, { ...named, '*': {} }])
    assert.deepEqual(accessWarnings(parseAccess({ callers })), []);
});
