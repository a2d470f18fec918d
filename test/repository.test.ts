// The repository's own files against the repository: the workflow, manifests, decisions and the maintainers' pages name
// only what exists, and all of it.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { blocksBelow } from './contributing.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const manifests = globSync(['package.json', 'packages/*/package.json']);
const root = JSON.parse(read('package.json'));

test('the workflow runs the gate on a clean checkout, with no more than the right to read', () => {
  const workflow = parse(read('.github/workflows/ci.yml'));
  const { gate } = workflow.jobs;
  const steps: { uses?: string; run?: string }[] = gate.steps;
  assert.match(steps[0]?.uses ?? '', /^actions\/checkout@v\d+$/);
  assert.deepEqual(
    steps.flatMap(({ run = [] }) => run),
    ['bash .ci/run'],
  );
  assert.ok(existsSync('.ci/run'));
  for (const { uses } of steps)
    if (uses) assert.match(uses, /^actions\/[a-z-]+@v\d+$/, 'official and pinned');
  assert.deepEqual(workflow.permissions, { contents: 'read' });
  assert.deepEqual(Object.keys(workflow.on), ['push', 'pull_request']);
  assert.ok(workflow.concurrency.group.includes('github.ref'));
  assert.ok(gate['timeout-minutes'] > 0);
});

test('the gate runs every suite except the sweeps', () => {
  const suites = [...read('.ci/run').matchAll(/\bsuite (test[\w:]*)/g)].map(([, name]) => name);
  const scripts = Object.keys(root.scripts).filter(name => /^test(?!:sweep)/.test(name));
  assert.deepEqual(suites.toSorted(), scripts.toSorted());
});

test('every manifest has a description and keywords, and grants no licence', () => {
  assert.ok(manifests.length > 1);
  for (const file of manifests) {
    const { description, keywords, license } = JSON.parse(read(file));
    assert.match(description ?? '', /^[A-Z].*\.$/, file);
    assert.ok(keywords?.length > 0, file);
    assert.equal(license, 'UNLICENSED', file);
  }
});

test('.nvmrc and the types name the major of the Node that the project brings', () => {
  const majorOf = (version: string) => version.trim().split('.')[0];
  const { node, '@types/node': types } = root.devDependencies;
  assert.equal(majorOf(read('.nvmrc')), majorOf(node));
  assert.equal(majorOf(types), majorOf(node));
});

test('the index of decisions lists every record with its title, date and status, and nothing else', () => {
  const records = globSync('docs/decisions/[0-9]*.md').toSorted();
  const numbers = records.map(file => basename(file).split('-', 1)[0] ?? '');
  assert.equal(new Set(numbers).size, records.length, 'each record has a number of its own');
  const rows = records.map((file, index) => {
    const text = read(file);
    const number = numbers[index];
    assert.match(text, new RegExp(`^# ${Number(number)}\\. `), `${file} is number ${number}`);
    assert.deepEqual(
      [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading),
      ['Context', 'Decision', 'Instead of', 'Consequences'],
      file,
    );
    const [, title] = /^# \d+\. (.*)$/m.exec(text) ?? [];
    const [, date] = /^- Date: (\d{4}-\d\d-\d\d)$/m.exec(text) ?? [];
    const [, status] = /^- Status: (.*)$/m.exec(text) ?? [];
    return `| [${number}](${basename(file)}) | ${title} | ${date} | ${status} |`;
  });
  const index = read('docs/decisions/README.md').split('\n');
  assert.deepEqual(
    index.filter(line => line.startsWith('| [')),
    rows,
  );
  assert.equal(globSync('docs/decisions/*').length, records.length + 1);
});

test('Renovate merges nothing, and its rules name files and versions that exist', () => {
  const renovate = JSON.parse(read('renovate.json'));
  assert.match(renovate.$schema, /renovate-schema\.json$/);
  assert.doesNotMatch(read('renovate.json'), /"automerge": true/);
  const named: string[] = renovate.packageRules.flatMap((rule: { matchFileNames?: string[] }) => {
    return rule.matchFileNames ?? [];
  });
  for (const file of named) assert.ok(existsSync(file), file);
  for (const { managerFilePatterns, matchStrings } of renovate.customManagers) {
    for (const file of managerFilePatterns) {
      const finds = matchStrings.some((pattern: string) => new RegExp(pattern).test(read(file)));
      assert.ok(finds, `${file} has a version for Renovate`);
    }
  }
});

test('issue forms have the keys that GitHub requires', () => {
  const forms = globSync('.github/ISSUE_TEMPLATE/*.yml').filter(file => basename(file) !== 'config.yml');
  assert.ok(forms.length > 0);
  for (const file of forms) {
    const { name, description, body } = parse(read(file));
    assert.ok(name && description, file);
    const ids = body.flatMap(({ id = [] }) => id);
    assert.equal(new Set(ids).size, ids.length, `${file}: ids are unique`);
    for (const { type, attributes } of body) {
      assert.ok(['markdown', 'input', 'textarea', 'dropdown'].includes(type), `${file}: ${type}`);
      assert.ok(type === 'markdown' ? attributes.value : attributes.label, file);
    }
  }
  assert.equal(parse(read('.github/ISSUE_TEMPLATE/config.yml')).blank_issues_enabled, false);
});

test('generated files that .gitattributes names exist', () => {
  const generated = [...read('.gitattributes').matchAll(/^(\S+) linguist-generated$/gm)];
  assert.ok(generated.length > 0);
  for (const [, pattern = ''] of generated) assert.ok(globSync(pattern).length > 0, pattern);
});

test('the commands and files that the pages for maintainers name exist, or are made by the example of a resource', () => {
  const made = blocksBelow('Add a resource').flatMap(({ file, language }) =>
    language === 'diff' ? [] : [file],
  );
  for (const page of ['CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md']) {
    const text = read(page);
    const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
    for (const script of scripts) assert.ok(root.scripts[script], `${page}: npm run ${script}`);
    const files = [...text.matchAll(/(?:test|docs|stacks|packages)\/[\w./-]*\w/g)].map(([file]) => file);
    for (const file of files) assert.ok(existsSync(file) || made.includes(file), `${page}: ${file}`);
  }
});

test('ARCHITECTURE.md lists every package and every folder of core', () => {
  const listed = [...read('ARCHITECTURE.md').matchAll(/^\| `(packages\/[\w/]+)` \|/gm)].map(
    ([, path]) => path,
  );
  const folders = globSync(['packages/*/', 'packages/core/src/*/']).filter(path => path !== 'packages/core');
  assert.deepEqual(listed.toSorted(), [...folders, 'packages/core/src'].toSorted());
});

test('CONTRIBUTING.md lists every folder of tests with its proof', () => {
  const [, table = ''] = /^\| Folder of `test` .*\n((?:\|.*\n)+)/m.exec(read('CONTRIBUTING.md')) ?? [];
  const listed = table.split('\n').flatMap(row => {
    const [, folders = ''] = row.split('|');
    return [...folders.matchAll(/`(\w[\w-]*)`/g)].map(([, name]) => name);
  });
  const folders = globSync('test/*/').map(path => basename(path));
  assert.deepEqual(listed.toSorted(), folders.toSorted());
});
