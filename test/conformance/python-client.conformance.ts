// The API as programs of others meet it: a Python client, generated from the document and installed, submits every example
// request and polls it; Python and Go read the schemas and their patterns; and Spectral finds nothing.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { requestJsonSchema } from '@gatehouse/cli/schema';
import { openApiDocument } from '@gatehouse/functions/api/openapi';
import { REQUEST_EXAMPLES } from '@gatehouse/functions/api/request-examples';
import { parse } from 'yaml';
import { startedStack } from '../client/local-stack.ts';
import { python } from './python.ts';

const interpreter = python('client-requirements.txt');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-client-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** An update comes after the provision of its entry point, a removal after both. */
const ORDER = ['provision', 'update', 'remove'];

test('a generated Python client can be installed, submits every example and reads every answer', async () => {
  const url = await startedStack();
  const document = join(folder, 'openapi.json');
  writeFileSync(document, await (await fetch(`${url}/v1/openapi.json`)).text());
  const site = installedClient(document);
  const requests = Object.values(REQUEST_EXAMPLES).toSorted(
    (a, b) => ORDER.indexOf(a.operation) - ORDER.indexOf(b.operation),
  );
  const outcomes = await runs(site, {
    url,
    requests,
    schema: requestJsonSchema(),
    examples: globSync('examples/*.yaml').map(file => parse(readFileSync(file, 'utf8'))),
    patterns: [...patternsIn(requestJsonSchema()), ...patternsIn(openApiDocument())],
  });
  const succeeded = requests.map(({ operation, entryPoint }) => [`${operation} ${entryPoint}`, 'SUCCEEDED']);
  assert.deepEqual(outcomes, Object.fromEntries(succeeded));
});

/** Returns the folder from which Python imports it. A warning is allowed for YAML bodies only, which the generator omits. */
function installedClient(document: string): string {
  const client = join(folder, 'client');
  const site = join(folder, 'site');
  const module = ['-m', 'openapi_python_client', 'generate', '--path', document];
  const { stdout, stderr, status } = spawnSync(
    interpreter,
    [...module, '--output-path', client, '--meta', 'setup'],
    // The generator formats what it writes with a program beside the interpreter.
    { encoding: 'utf8', env: { ...process.env, PATH: `${dirname(interpreter)}:${process.env['PATH']}` } },
  );
  const said = stdout + stderr;
  assert.equal(status, 0, said);
  const warnings = said
    .split('\n')
    .filter(line => /^(WARNING|ERROR|Error|Unsupported|Attempted|Cannot)/.test(line));
  const others = warnings.filter(line => !/^WARNING parsing POST |content type application\/yaml/.test(line));
  assert.deepEqual(others, [], said);
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--no-build-isolation', '--no-index'];
  execFileSync(interpreter, [...install, '--target', site, client]);
  return site;
}

async function runs(site: string, input: object): Promise<unknown> {
  const child = spawn(interpreter, [join(import.meta.dirname, 'python-client.py')], {
    env: { ...process.env, PYTHONPATH: site, NO_PROXY: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(JSON.stringify(input));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.ok(out, errors);
  return JSON.parse(out);
}

function patternsIn(schema: object): string[] {
  const patterns = new Set<string>();
  JSON.stringify(schema, (key, value) => {
    if (key === 'pattern' && typeof value === 'string') patterns.add(value);
    return value;
  });
  return [...patterns];
}

const SPECTRAL = '@stoplight/spectral-cli@6.16.3';

test('the recommended rules of Spectral find nothing', async () => {
  const [document, rules] = [join(folder, 'document.json'), join(folder, 'rules.yaml')];
  writeFileSync(document, JSON.stringify(openApiDocument()));
  writeFileSync(rules, 'extends: spectral:oas\n');
  const args = ['--yes', SPECTRAL, 'lint', document, '--ruleset', rules, '--fail-severity', 'hint'];
  const { stdout } = await promisify(execFile)('npx', args).catch(failed => failed);
  assert.match(stdout, /No results with a severity of 'hint' or higher found!/);
});
