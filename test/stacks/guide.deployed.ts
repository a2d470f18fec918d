// docs/deploy.md against what would be deployed: its commands as far as they can be run here, its policies, its tables.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { OPERATIONS, PREFLIGHT } from '@gatehouse/clouds/alicloud-global-accelerator/permissions';
import { OPEN_ROUTES, ROUTES } from '@gatehouse/functions/api/routes';
import { type Handler, ramActionsOf } from '@gatehouse/functions/permissions';
import { SST_VERSION } from '../../stacks/settings.ts';
import { expectedSignature } from '../client/signature.ts';
import { unreliableProxy } from '../client/unreliable-proxy.ts';
import { start, temporaryFolder } from '../end-to-end/gatehouse.ts';
import { deployment } from './deployment.ts';

const guide = readFileSync('docs/deploy.md', 'utf8');
const { functions, of } = deployment('prod', { alicloud: true });

const ADDRESS = 'https://API_ID.execute-api.eu-west-1.amazonaws.com';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const ENVIRONMENT = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_SESSION_TOKEN: 'token/of+session=',
};

const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const commands = blocks('sh').flatMap(block => block.replaceAll('\\\n', ' ').trim().split('\n'));
/** The first column of a table, by its head. */
const rowsOf = (head: string) =>
  (guide.split(`\n| ${head} |`)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(2)
    .map(row => row.split('|')[1]?.trim() ?? '');
const backticked = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const shell = promisify(execFile);
const run = (command: string, env: NodeJS.ProcessEnv) => shell('sh', ['-c', command], { env });

test('every command of SST is that of the clone, in the one version, and on stages that there are', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(devDependencies.sst, SST_VERSION);
  const sst = commands.filter(command => command.startsWith('npx sst'));
  assert.ok(sst.length >= 4);
  const told = sst.map(command => {
    const [, what = '', stage = ''] = /^npx sst (\S+) --stage (\w+)(?: +#.*)?$/.exec(command) ?? [];
    assert.match(stage, /^(trial|prod)$/, command);
    return what;
  });
  assert.deepEqual([...new Set(told)].toSorted(), ['deploy', 'diff', 'remove']);
});

test('the access key of Alibaba Cloud is set on the secret that is deployed, in the form that functions read', () => {
  const [secret] = of('aws:secretsmanager/secret:Secret');
  const put = commands.find(command => command.startsWith('aws secretsmanager put-secret-value'));
  const [, id] = /--secret-id (\S+) --secret-string file:\/\/key\.json$/.exec(String(put)) ?? [];
  assert.equal(id, secret?.inputs['name']);
  const [key] = blocks('json').filter(block => block.includes('accessKeyId'));
  assert.deepEqual(Object.keys(JSON.parse(String(key))), ['accessKeyId', 'accessKeySecret']);
});

test('the call with curl is signed so that API Gateway takes it', async t => {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  proxy.mishaps.push({ status: 202, body: '{}' });
  const curl = commands.find(command => command.startsWith('curl ')) ?? '';
  await run(`${curl.replace(ADDRESS, proxy.url)} -s`, ENVIRONMENT);
  const [seen] = proxy.seen;
  assert.ok(seen);
  assert.deepEqual([seen.method, seen.path], ['POST', '/v1/jobs']);
  assert.equal(seen.body, readFileSync('examples/voice-udp.yaml', 'utf8'));
  assert.match(seen.headers['authorization'] ?? '', /\/eu-west-1\/execute-api\/aws4_request/);
  assert.match(
    seen.headers['authorization'] ?? '',
    new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
  );
});

test('the command line signs every call of the printed command, and follows its job to the end', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
  // On one machine nobody checks a signature: it is checked here, and goes no further.
  const proxy = await unreliableProxy(t, url, ({ headers: { authorization: _, ...headers }, ...rest }) => ({
    ...rest,
    headers,
  }));
  const command = commands.find(each => each.includes('npx gatehouse')) ?? '';
  const { stdout } = await run(command.replace(ADDRESS, proxy.url), {
    ...ENVIRONMENT,
    GATEHOUSE_AWS_REGION: 'eu-west-1',
  });
  assert.match(stdout, /SUCCEEDED after/);
  assert.ok(proxy.seen.length >= 2);
  for (const seen of proxy.seen)
    assert.match(
      seen.headers['authorization'] ?? '',
      new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
    );
});

test('the policy for a team covers every route that needs a caller, and only routes of the API', () => {
  const [policy = '{}'] = blocks('json').filter(text => text.includes('execute-api'));
  const [{ Action, Resource }] = JSON.parse(policy).Statement;
  assert.equal(Action, 'execute-api:Invoke');
  const allows = new RegExp(`^${Resource.split('*').join('.*')}$`);
  for (const route of Object.keys(ROUTES)) {
    if (OPEN_ROUTES.some(each => each === route)) continue;
    const arn = `arn:aws:execute-api:eu-west-1:123456789012:API_ID/$default/${route.replace(' ', '')}`;
    assert.match(arn, allows, route);
  }
});

test('the policy for the user of Alibaba Cloud allows what the code calls there, and nothing else', () => {
  const [policy = '{}'] = blocks('json').filter(text => text.includes('acs:ga'));
  const [calls, onBehalf, ...others] = JSON.parse(policy).Statement;
  const called = [...PREFLIGHT, ...Object.values(OPERATIONS).flat()].map(operation => `ga:${operation}`);
  assert.deepEqual(calls.Action, [...new Set(called)].toSorted());
  assert.equal(onBehalf.Action, 'ram:CreateServiceLinkedRole');
  assert.deepEqual(others, []);
  const calling = functions.filter(({ handler }) => ramActionsOf(handler as Handler).length > 0);
  assert.match(
    guide,
    new RegExp(`^${calling.length === 8 ? 'Eight' : calling.length} functions read the secret`, 'm'),
  );
});

test('the guide lists everything that is allowed on `*`', () => {
  const bare = functions.flatMap(({ statements }) =>
    statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action),
  );
  assert.deepEqual(rowsOf('Action').flatMap(backticked).toSorted(), [...new Set(bare)].toSorted());
});

test('the table of functions has every function, and no other', () => {
  const names = rowsOf('Function').flatMap(backticked);
  assert.deepEqual(names.toSorted(), functions.map(({ handler }) => handler).toSorted());
});

test('the table of alarms has every alarm, and no other, each with its response', () => {
  const alarms = of('aws:cloudwatch/metricAlarm:MetricAlarm').map(({ inputs }) =>
    String(inputs['name']).replace('gatehouse-prod-', ''),
  );
  assert.deepEqual(rowsOf('Alarm').flatMap(backticked).toSorted(), alarms.toSorted());
  const rows = guide.split('\n').filter(line => alarms.some(name => line.startsWith(`| \`${name}\` |`)));
  for (const row of rows) assert.ok((row.split('|')[3]?.trim().length ?? 0) > 20, row);
});
