// The access rules of a stage: rules that could match nobody stop the deployment, before anything is registered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequestRules } from '@gatehouse/functions/environment';
import { deployment, program } from './deployment.ts';

const JWT = { issuer: 'https://login.example.com/', audiences: ['gatehouse'] };
const LIMITS = { ports: [{ fromPort: 443, toPort: 443 }] };

test('a rule that no caller can match stops the deployment, and says how to write it', () => {
  const access = { administrators: ['123456789012/role/team/network'], callers: {} };
  const { status, stderr } = program('trial', { settings: { access } });
  assert.notEqual(status, 0);
  assert.match(
    stderr,
    /settings\.ts are not valid: \/administrators\/0 is no caller.*`123456789012\/role\/network`/,
  );
});

test('with tokens, the callers are subjects of the issuer', () => {
  const wrong = { administrators: ['123456789012/role/network'], callers: {} };
  const refused = program('trial', { settings: { access: wrong, jwt: JWT } });
  assert.match(
    refused.stderr,
    /tokens of https:\/\/login\.example\.com\/ are accepted here.*`login\.example\.com\/network`/,
  );
});

test('the functions start with the rules that were checked, and know who can call', () => {
  const access = { administrators: [], callers: { 'login.example.com/alice': LIMITS, '*': LIMITS } };
  const { functions } = deployment('trial', { settings: { access, jwt: JWT } });
  const submit = functions.find(({ handler }) => handler === 'api/submit-job');
  assert.deepEqual(readRequestRules(submit?.environment).access, access);
  assert.throws(
    () => readRequestRules({ ...submit?.environment, GATEHOUSE_TOKEN_ISSUER: '' }),
    /login\.example\.com~1alice is no caller/,
  );
});

test('rules without one for everybody else are warned of', () => {
  const access = { administrators: [], callers: { '123456789012/role/checkout': LIMITS } };
  const { status, stderr } = program('trial', { settings: { access } });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /limit 123456789012\/role\/checkout only: every other caller can use everything/);
});

test('rules that do not fit into the environment of a function stop the deployment', () => {
  const functions = Array.from(
    { length: 60 },
    (_, at) => `arn:aws:lambda:eu-west-1:123456789012:function:f-${at}`,
  );
  const access = { administrators: [], callers: { '*': { functions } } };
  const { status, stderr } = program('trial', { settings: { access } });
  assert.notEqual(status, 0);
  assert.match(stderr, /have \d+ bytes, and the environment of a function has room for 2560; use patterns/);
});
