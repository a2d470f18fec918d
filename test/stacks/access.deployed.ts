// The access rules of a stage: rules that could match nobody stop the deployment, before anything is registered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequestRules } from '@gatehouse/functions/environment';
import type { Settings } from '../../stacks/settings.ts';
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

test('settings that do not fit into the environment of a function together stop the deployment', () => {
  const rules = (count: number) => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function';
    const functions = Array.from({ length: count }, (_, at) => `${arn}:f-${at}`);
    return { administrators: [], callers: { '*': { functions } } };
  };
  const sources = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`com.example.team-${at}`, ['123456789012']]),
    );
  const deployed = (access: Settings['access'], eventSources: Settings['eventSources']) =>
    program('trial', { settings: { access, eventSources } });
  const large = deployed(rules(60), {});
  assert.notEqual(large.status, 0);
  assert.match(
    large.stderr,
    /has room for 2560 bytes of settings, and these have \d+: the access rules \d+, the names of eventSources 0/,
  );
  assert.equal(deployed(rules(40), {}).status, 0);
  assert.equal(deployed(rules(1), sources(40)).status, 0);
  const both = deployed(rules(40), sources(40));
  assert.notEqual(both.status, 0);
  assert.match(
    both.stderr,
    /the access rules 2\d{3}, the names of eventSources 7\d\d, the issuer of jwt 0; use/,
  );
});
