// The code's own rules, read off the code: which package may import which, and what core must not know.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { requestJsonSchema, SCHEMA_FILE } from '@gatehouse/cli/schema';
import { openApiDocument } from '@gatehouse/functions/api/openapi';
import { GENERATED, openApiTypes } from '../packages/client/generate.ts';

const PACKAGES = ['core', 'clouds', 'functions', 'twins', 'local', 'client', 'cli', 'operate', 'packing'];

const REACHES = new RegExp(`\\.\\./(${PACKAGES.join('|')})/`);

/** Who may import whom. The twins import no other package: their rules come from the clouds' facts, not from our code. */
const ARROWS: Record<string, string[]> = {
  core: [],
  clouds: ['core'],
  functions: ['clouds', 'core'],
  twins: [],
  local: ['functions', 'core', 'twins', 'client', 'cli'],
  client: [],
  // The marks of our resources and the names of our events.
  operate: ['client', 'core/request/aws/own-tags', 'core/record/event-names'],
  // What a request says, and no rule of how it is served.
  cli: [
    'client',
    'core/request/request',
    'core/request/alicloud/limits',
    'core/json/body',
    'core/json/json-schema',
    'core/json/validation-issues',
  ],
};

/** What each folder of core may import, besides itself. */
const CORE_ARROWS: Record<string, string[]> = {
  json: [],
  ports: ['json'],
  request: ['json', 'ports'],
  record: ['json', 'ports', 'request'],
  kinds: ['json', 'ports', 'request', 'record'],
  plan: ['json', 'ports', 'request', 'record', 'kinds'],
  step: ['json', 'ports', 'request', 'record', 'kinds', 'plan'],
  queue: ['json', 'ports', 'request', 'record', 'kinds', 'plan'],
  saga: ['json', 'ports', 'request', 'record', 'kinds', 'plan', 'step', 'queue'],
  api: ['json', 'ports', 'request', 'record', 'kinds', 'plan', 'queue', 'saga'],
  machine: ['json', 'ports', 'request', 'record', 'kinds'],
};

/** What only one place may do; core does none of it. */
const NOT_IN_CORE: [name: string, pattern: RegExp][] = [
  ['the network or the file system', /from 'node:(http|https|net|fs|child_process|dns|timers)/],
  ['an SDK', /from '@aws-sdk\//],
  ['a clock', /Date\.now\(|new Date\(\)|performance\.now|setTimeout|setInterval/],
  ['randomness', /Math\.random|randomUUID|randomBytes/],
  ['the environment', /process\.env/],
];

const MAX_LINES = 300;

const IMPORT = /^(?:import|export)\b[^;]*?from '([^']+)'|import\(['`]([^'`$]+)/gm;

function sources(folder: string): { file: string; text: string; imports: string[] }[] {
  return globSync(`${folder}/**/*.ts`).map(file => {
    const text = readFileSync(file, 'utf8');
    return { file, text, imports: importsOf(text) };
  });
}

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map(match => match[1] ?? match[2] ?? '');
}

for (const name of PACKAGES) {
  test(`${name} imports only what its arrows allow`, () => {
    const found = sources(`packages/${name}/src`);
    assert.ok(found.length > 0, `packages/${name}/src has sources`);
    const allowed = [name, ...(ARROWS[name] ?? [])].map(each => `@gatehouse/${each}`);
    for (const { file, imports } of found) {
      for (const imported of imports.filter(each => each.startsWith('@gatehouse/'))) {
        assert.ok(
          allowed.some(each => imported === each || imported.startsWith(`${each}/`)),
          `${file} imports ${imported}`,
        );
      }
      for (const imported of imports) assert.ok(!REACHES.test(imported), `${file} reaches ${imported}`);
    }
  });

  test(`${name} declares every package that it imports`, () => {
    const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
    const declared = [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.imports ?? {})];
    for (const { file, imports } of sources(`packages/${name}/src`)) {
      for (const imported of imports.filter(each => !each.startsWith('.') && !each.startsWith('node:'))) {
        const dependency = imported.startsWith('@')
          ? imported.split('/').slice(0, 2).join('/')
          : (imported.split('/')[0] ?? '');
        const known = [...declared, manifest.name, 'aws-lambda'];
        assert.ok(
          known.includes(dependency),
          `${file} imports ${dependency}, which packages/${name} does not declare`,
        );
      }
    }
  });
}

test('each folder of core imports only what its arrows allow', () => {
  const found = sources('packages/core/src');
  assert.deepEqual(
    new Set(found.map(({ file }) => folderOf(file))),
    new Set(Object.keys(CORE_ARROWS)),
    'every folder of core has its arrows',
  );
  for (const { file, imports } of found) {
    const from = folderOf(file);
    for (const imported of imports.filter(each => each.startsWith('.'))) {
      const to = folderOf(join(dirname(file), imported));
      assert.ok(to === from || CORE_ARROWS[from]?.includes(to), `${file} imports ${imported}`);
    }
  }
});

function folderOf(file: string): string {
  return file.split('/')[3] ?? '';
}

test('the stacks import the machine, the permissions, the check of access rules and the handlers, and no other code', () => {
  const found = sources('stacks');
  assert.ok(found.length > 0);
  for (const { file, imports } of found) {
    for (const imported of imports.filter(each => !each.startsWith('./')))
      assert.match(
        imported,
        /^@gatehouse\/(core\/(machine\/machine|record\/event-names|request\/access)|clouds\/(every-)?permission|functions\/(permissions|table|(api|events)\/\w+))$/,
        `${file} imports ${imported}`,
      );
  }
});

test('the stacks are built without any SDK', () => {
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const imported of importsOf(readFileSync(file, 'utf8'))) {
      assert.ok(!/^@(aws-sdk|alicloud)\//.test(imported), `${file} imports ${imported}`);
      const inPackage = /^@gatehouse\/(\w+)\/(.+)$/.exec(imported);
      if (inPackage) follow(`packages/${inPackage[1]}/src/${inPackage[2]}.ts`);
      if (imported.startsWith('.')) follow(join(dirname(file), imported));
    }
  };
  for (const file of globSync('stacks/*.ts')) follow(file);
  assert.ok(seen.has('packages/clouds/src/global-accelerator/permissions.ts'));
});

test('the error table of every cloud is in the errors.ts of its folder', () => {
  const found = sources('packages/clouds/src');
  const folders = new Set(found.map(({ file }) => dirname(file)));
  const tables = found.filter(({ text }) => /\bconst \w+: ErrorTable = /.test(text)).map(({ file }) => file);
  assert.deepEqual(new Set(tables), new Set([...folders].map(folder => join(folder, 'errors.ts'))));
});

for (const [what, pattern] of NOT_IN_CORE) {
  test(`core does not know ${what}`, () => {
    for (const { file, text } of sources('packages/core/src')) assert.doesNotMatch(text, pattern, file);
  });
}

test('the environment is read in one file of functions, and nowhere in clouds', () => {
  const readers = [...sources('packages/functions/src'), ...sources('packages/clouds/src')]
    .filter(({ text }) => text.includes('process.env'))
    .map(({ file }) => file);
  assert.deepEqual(readers, ['packages/functions/src/environment.ts']);
});

test('core, clouds and functions do not know whether they run locally', () => {
  for (const name of ['core', 'clouds', 'functions']) {
    for (const { file, text } of sources(`packages/${name}/src`)) {
      assert.doesNotMatch(text, /127\.0\.0\.1|localhost|isLocal/, file);
    }
  }
});

test(`no file that people write is over ${MAX_LINES} lines`, () => {
  const written = [...sources('packages/*/src'), ...sources('stacks')].filter(
    ({ file }) => pathToFileURL(file).href !== GENERATED.href,
  );
  const longer = written.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
  assert.deepEqual(
    longer.map(({ file }) => file),
    [],
  );
});

test('zod is imported as a namespace, as its named import brings all its languages into every bundle', () => {
  for (const name of PACKAGES) {
    for (const { file, text } of sources(`packages/${name}/src`))
      assert.doesNotMatch(text, /import (type )?\{[^}]*\} from 'zod'/, file);
  }
});

test('generated files are up to date', async () => {
  const files: [URL, string][] = [
    [GENERATED, await openApiTypes(openApiDocument())],
    [SCHEMA_FILE, `${JSON.stringify(requestJsonSchema(), undefined, 2)}\n`],
  ];
  // Not shown as a difference: it would fill the screen.
  for (const [file, text] of files) assert.ok(readFileSync(file, 'utf8') === text, 'run npm run generate');
});
