// What the command line does without a network: validate, init, schema, help, and bad input of every kind.
import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { EXIT_CODES } from '@gatehouse/cli/exit';
import { INIT_EXAMPLES } from '@gatehouse/cli/init-examples';
import { requestJsonSchema, SCHEMA_FILE } from '@gatehouse/cli/schema';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { gatehouse, json } from './run.ts';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const examples = globSync('examples/*.yaml');

test('every example is valid', async () => {
  assert.ok(examples.length > 5);
  for (const file of examples) {
    const { code, stdout, stderr } = await gatehouse(['validate', '-f', file]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^${file} is valid: provision [a-z-]+\\.\\n$`));
  }
});

test('every error is reported with its line and column, and the exit code is 2', async () => {
  const stdin = `operation: provision
entryPoint: my-edge
listener:
  acceleratorArn: nonsense
  protocol: TPC
  portRanges:
    - { fromPort: 80, toPort: 80 }
    - { fromPort: 99999, toPort: 80, tooMuch: 1 }
endpointGroups:
  - endpoints: []
`;
  const { code, stdout, stderr } = await gatehouse(['validate', '-f', '-'], { stdin });
  assert.equal(code, 2);
  assert.equal(stdout, '');
  const lines = stderr.trim().split('\n');
  assert.equal(lines[0], 'gatehouse: standard input is not a valid request');
  for (const expected of [
    /^standard input:4:3: \/listener\/acceleratorArn: must be the ARN/,
    /^standard input:5:3: \/listener\/protocol: must be `TCP` or `UDP`, not "TPC"$/,
    /^standard input:8:9: \/listener\/portRanges\/1\/fromPort: must be a whole number from 1 to 65535, not 99999$/,
    /^standard input:8:38: \/listener\/portRanges\/1\/tooMuch: unknown member/,
    // A missing member is located at the object that lacks it.
    /^standard input:10:5: \/endpointGroups\/0\/region: is missing/,
  ])
    assert.ok(
      lines.some(line => expected.test(line)),
      `${expected} in\n${stderr}`,
    );
});

test('errors are reported in the order of the file, also those beside a wrong type', async () => {
  const stdin = `entryPoint: my-edge
targetGroups:
  - name: a b
    type: ip
  - type: IP
    name: good-name
    config: { protocol: HTTP, port: 0, vpcIdentifier: vpc-0a1b2c3d4e5f60718 }
  - name: c d
    type: NOTHING
options: { deadlineSeconds: 1 }
`;
  const { stderr } = await gatehouse(['validate', '-f', '-'], { stdin });
  const places = stderr.split('\n').flatMap(line => /^standard input:(\d+:\d+: \S+):/.exec(line)?.[1] ?? []);
  assert.deepEqual(places, [
    '3:5: /targetGroups/0/config',
    '3:5: /targetGroups/0/name',
    '4:5: /targetGroups/0/type',
    '7:31: /targetGroups/1/config/port',
    '8:5: /targetGroups/2/name',
    '9:5: /targetGroups/2/type',
    '10:12: /options/deadlineSeconds',
  ]);
});

test('validate takes what apply takes: a file without an operation, for whichever operation it is valid', async () => {
  const spec = readFileSync('examples/app-cookie.yaml', 'utf8').replace(/^operation: .*\n/m, '');
  for (const options of ['', 'options: { adopt: true }\n', 'options: { allowInterruption: true }\n']) {
    const { code, stdout, stderr } = await gatehouse(['validate', '-f', '-'], { stdin: spec + options });
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'standard input is valid: apply app-cookie.\n');
  }
  const removal = await gatehouse(['validate', '-f', '-'], {
    stdin: 'operation: remove\nentryPoint: app-cookie\n',
  });
  assert.equal(removal.stdout, 'standard input is valid: remove app-cookie.\n');
  const wrong = await gatehouse(['validate', '-f', '-'], { stdin: spec.replace('app-cookie', 'X') });
  assert.equal(wrong.code, 2);
  assert.ok(!wrong.stderr.includes('operation'), wrong.stderr);
});

test("validate applies the limits of the vendor's guide, like an installation, or those of an option", async () => {
  const stdin = `entryPoint: my-edge
cloud: alicloud
listener: { name: a, acceleratorId: ga-bp1arcade5n8r2v6y3j0, protocol: TCP, portRanges: [{ fromPort: 80, toPort: 80 }] }
`;
  const guide = await gatehouse(['validate', '-f', '-'], { stdin });
  assert.equal(guide.code, 2);
  assert.match(guide.stderr, /\/listener\/name: .*according to the guide/);
  const current = await gatehouse(['validate', '-f', '-', '--alicloud-limits', 'current'], { stdin });
  assert.equal(current.code, 0, current.stderr);
});

test('errors in JSON have lines as well', async () => {
  const stdin = '{\n  "operation": "provision",\n  "entryPoint": "X"\n}';
  const { code, stderr } = await gatehouse(['validate', '-f', '-', '--output', 'json'], { stdin });
  assert.equal(code, 2);
  const [told] = json(stderr);
  const { code: name, errors } = Object(told)['error'] as { code: string; errors: Record<string, unknown>[] };
  assert.equal(name, 'BadInput');
  const { pointer, line, column } = errors[0] ?? {};
  assert.deepEqual({ pointer, line, column }, { pointer: '/entryPoint', line: 3, column: 3 });
});

for (const [what, args, stdin, says] of [
  [
    'a file that is not there',
    ['validate', '-f', 'nowhere.yaml'],
    '',
    /nowhere\.yaml cannot be read: the file does not exist/,
  ],
  ['a folder', ['validate', '-f', 'examples'], '', /examples cannot be read: it is a folder/],
  [
    'broken YAML',
    ['validate', '-f', '-'],
    'a: [',
    /standard input is neither YAML nor JSON\nstandard input:1:5: /,
  ],
  [
    'an empty file',
    ['validate', '-f', '-'],
    '',
    /standard input is empty; npx gatehouse init creates an example/,
  ],
  ['no file', ['validate'], '', /required option '-f, --file <file>' not specified/],
  ['an unknown command', ['aply'], '', /unknown command 'aply'\n.*Did you mean apply\?/],
  ['an unknown option', ['list', '--job'], '', /unknown option '--job'\n.*Did you mean --jobs\?/],
  [
    'an option that is misspelt',
    ['apply', '--fil', 'x'],
    '',
    /unknown option '--fil'\n.*Did you mean --file\?/,
  ],
  [
    'nobody',
    ['list', '--as', 'nobody'],
    '',
    /Expected an account and a role or user, such as 123456789012\/role/,
  ],
  [
    'a file that is too long',
    ['validate', '-f', '-'],
    `a: ${'x'.repeat(210_000)}`,
    /larger than the limit of 200 KB/,
  ],
  ['no reason', ['forget', 'my-edge'], '', /required option '--reason <text>' not specified/],
  ['an unknown output', ['list', '--output', 'xml'], '', /Allowed choices are text, json/],
  ['a limit that is none', ['list', '--limit', '0'], '', /whole number from 1 to 10000/],
  ['an address that is none', ['list', '--url', 'gatehouse'], '', /Expected a URL such as https/],
  ['a word too many', ['status', 'one', 'two'], '', /^gatehouse: too many arguments/],
  [
    'a hash that is none',
    ['apply', '-f', '-', '--plan', 'x'],
    '',
    /Expected the 64 hex digits that gatehouse plan/,
  ],
  ['a key that is none', ['apply', '-f', '-', '--idempotency-key', 'a b'], '', /1 to 255 printable ASCII/],
  [
    'a folder that is not there',
    ['init', 'nowhere/my.yaml'],
    '',
    /cannot be created: the folder does not exist/,
  ],
  [
    'a second file',
    ['apply', '-f', 'examples/voice-udp.yaml', '-f', 'examples/app-cookie.yaml'],
    '',
    /option '-f, --file <file>' can be given only once; run the command again for each further value/,
  ],
  [
    'a second entry point',
    ['plan', '--remove', 'one', '--remove', 'two'],
    '',
    /'--remove <name>' can be given only once/,
  ],
  ['a file that is judged after another', ['validate', '-f', 'nowhere.yaml', '--file', '-'], '', /only once/],
  [
    'an instant that is none',
    ['list', '--created-after', 'yesterday'],
    '',
    /Expected an instant such as 2026/,
  ],
  [
    'a day that is none',
    ['list', '--created-after', '2026-02-31T99:00:00Z'],
    '',
    /Expected an instant such as 2026/,
  ],
  ['force without a removal', ['plan', '-f', '-', '--force'], '', /--force requires --remove NAME/],
  [
    'no word where one must be',
    ['cancel'],
    '',
    /missing required argument 'id\|name'\n.*gatehouse COMMAND --help/,
  ],
] as const) {
  test(`${what} is refused with 2, and standard output stays empty`, async () => {
    const { code, stdout, stderr } = await gatehouse([...args], { stdin });
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, says);
  });
}

test('with --output json, an error in the command line is a line of JSON', async () => {
  for (const args of [['aply'], ['validate'], ['list', '--limit', '0'], ['status']]) {
    const { code, stdout, stderr } = await gatehouse(['--output', 'json', ...args]);
    assert.deepEqual([code, stdout], [2, '']);
    const [told, ...more] = json(stderr);
    assert.deepEqual([Reflect.get(Object(told?.['error']), 'code'), more], ['BadInput', []], stderr);
  }
});

for (const cloud of ['aws', 'alicloud']) {
  test(`init creates a valid example for ${cloud}, shows the next commands, and overwrites nothing`, async t => {
    const file = join(temporaryFolder(t), 'my.yaml');
    const { code, stdout } = await gatehouse(['init', file, '--cloud', cloud]);
    assert.equal(code, 0);
    assert.ok(stdout.includes(`gatehouse apply -f ${file} --wait`), stdout);
    assert.equal((await gatehouse(['validate', '-f', file])).code, 0);
    const [, schema = ''] = /^# yaml-language-server: \$schema=(.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    assert.equal(readFileSync(join(file, '..', schema), 'utf8'), readFileSync(SCHEMA_FILE, 'utf8'));
    writeFileSync(file, 'mine');
    const again = await gatehouse(['init', file]);
    assert.deepEqual([again.code, readFileSync(file, 'utf8')], [2, 'mine']);
    assert.match(again.stderr, /already exists; choose another name/);
  });
}

test('schema prints the schema file for editors', async () => {
  const { stdout } = await gatehouse(['schema']);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
});

test('the schema accepts the examples and finds errors', () => {
  const check = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    requestJsonSchema(),
  );
  for (const example of Object.values(INIT_EXAMPLES))
    assert.ok(check(parse(example)), JSON.stringify(check.errors));
  for (const file of examples) {
    const text = readFileSync(file, 'utf8');
    assert.ok(check(parse(text)), `${file}: ${JSON.stringify(check.errors)}`);
    assert.match(text, /^# yaml-language-server: \$schema=\S*entry-point\.schema\.json$/m, file);
  }
  const wrong = { operation: 'provision', entryPoint: 'X', listener: { protocol: 'TPC' } };
  assert.equal(check(wrong), false);
  const places = check.errors?.map(({ instancePath }) => instancePath) ?? [];
  for (const place of ['/entryPoint', '/listener/protocol', '/listener']) assert.ok(places.includes(place));
});

test('--help lists every command and every exit code, and each command has its own help', async () => {
  const { code, stdout } = await gatehouse(['--help']);
  assert.equal(code, 0);
  for (const [exit, meaning] of EXIT_CODES) assert.match(stdout, new RegExp(`^  ${exit} +${meaning}$`, 'm'));
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name = '']) => name);
  for (const command of [...commands, 'schema'].filter(name => name !== 'local')) {
    const help = await gatehouse([command, '--help']);
    assert.equal(help.code, 0, command);
    assert.match(help.stdout, new RegExp(`^Usage: gatehouse ${command}`));
  }
  assert.ok(commands.length >= 8, commands.join());
});

test('init accepts any file name', async t => {
  const file = join(temporaryFolder(t), 'my$&edge.yaml');
  await gatehouse(['init', file]);
  assert.ok(readFileSync(file, 'utf8').includes(`gatehouse validate -f ${file} `));
});

test('Ctrl-C ends the wait for a request on standard input', async () => {
  const stop = new AbortController();
  const typing = new Readable({ read: () => stop.abort() });
  const { code, stderr } = await gatehouse(['validate', '-f', '-'], { stdin: typing, stopped: stop.signal });
  assert.equal(code, 130);
  assert.equal(stderr, 'Stopped.\n');
});
