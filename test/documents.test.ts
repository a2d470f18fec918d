// What comments, strings and pages cite is in the repository: documents, headings, and the numbered facts of docs/clouds.
// The pages of docs/clouds have a row for every switch of the twins.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')];
const SOURCES = ['packages', 'stacks', 'test'].flatMap(folder =>
  globSync(`${folder}/**/*.{ts,mjs,json,md,yaml}`, { exclude: ['**/node_modules/**'] }),
);

/** By page of docs/clouds: the switches of the simulated clouds that it answers for. */
const SWITCHES: [folder: string, pages: string[]][] = [
  ['global-accelerator', ['global-accelerator']],
  ['vpc-lattice', ['vpc-lattice']],
  ['classic-elb', ['classic-elb']],
  [
    'alicloud-global-accelerator',
    ['alicloud-global-accelerator', 'alicloud-forwarding-rules', 'alicloud-gateway'],
  ],
];

const FACT = /\b(?:GA|VL|CE|SDK|RT|AG|AR|AW)-\d+\b/g;

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Paths of documents in a text, without those of web addresses. */
function documentsIn(text: string): string[] {
  const local = text.replaceAll(/\b(?:https?:\/\/|github\.com\/)[^\s)>]*/g, '');
  return [...local.matchAll(/(?<![\w*])[\w./-]*\w\.md\b/g)].map(([path]) => path);
}

/** In the repository: what lies beside it on this machine is not. */
function isHere(path: string): boolean {
  return !path.startsWith('..') && existsSync(path);
}

for (const file of [...SOURCES, ...PAGES]) {
  const cited = [...new Set(documentsIn(read(file)))];
  if (cited.length === 0) continue;
  test(`${file} cites documents that are in the repository`, () => {
    for (const path of cited) {
      const places = [join('.', path), join(dirname(file), path)];
      assert.ok(places.some(isHere), `there is no ${path}`);
    }
  });
}

for (const page of PAGES) {
  test(`the links of ${page} lead to files and headings that exist`, () => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    for (const link of links.filter(each => !/^https?:/.test(each))) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      assert.ok(isHere(target), `there is no ${link}`);
      if (heading) assert.ok(headingsOf(target).includes(heading), `there is no heading ${link}`);
    }
  });
}

/** As GitHub names them. */
function headingsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

const facts = globSync('docs/clouds/*.md').flatMap(page =>
  [...read(page).matchAll(/^\| ([A-Z]{2,3}-\d+) \|/gm)].map(([, fact = '']) => ({ page, fact })),
);

test('every fact of docs/clouds has a unique number', () => {
  assert.ok(facts.length > 0);
  const pageOf = new Map<string, string>();
  for (const { page, fact } of facts) {
    assert.match(
      fact,
      new RegExp(`^${FACT.source}$`),
      `${page} has a prefix that no other file cites: ${fact}`,
    );
    assert.ok(!pageOf.has(fact), `${page} and ${pageOf.get(fact)} have ${fact}`);
    pageOf.set(fact, page);
  }
});

test('a fact that is cited by its number exists', () => {
  const known = new Set(facts.map(({ fact }) => fact));
  for (const file of [...SOURCES, ...PAGES]) {
    for (const [fact] of read(file).matchAll(FACT))
      assert.ok(known.has(fact), `${file}: there is no ${fact}`);
  }
});

test('the pages of docs/clouds are those that its README lists', () => {
  const readme = read('docs/clouds/README.md');
  for (const page of globSync('docs/clouds/*.md').map(each => basename(each)))
    assert.ok(page === 'README.md' || readme.includes(`](${page})`), page);
});

test('every simulated cloud has its pages', () => {
  const simulated = globSync('packages/twins/src/*/switches.ts').map(file => basename(dirname(file)));
  assert.deepEqual(
    simulated.filter(name => name !== 'shared').toSorted(),
    SWITCHES.map(([name]) => name).toSorted(),
  );
});

for (const [folder, pages] of SWITCHES) {
  test(`docs/clouds has a row for each switch of ${folder}, with its first value`, async () => {
    const text = pages.map(page => read(`docs/clouds/${page}.md`)).join('\n');
    const questions = text.slice(text.indexOf('## Open questions')).split('\n');
    const switches: unknown = await import(`../packages/twins/src/${folder}/switches.ts`);
    for (const { name, initial } of switchesOf(switches)) {
      const rows = questions.filter(line => line.includes(`\`${name}\``));
      assert.ok(rows.length > 0, `no row has \`${name}\``);
      for (const row of rows)
        assert.match(row, new RegExp(`\`${name}\`[^;:]*: ${initial}\\b`), `${name} is ${initial} at first`);
    }
  });
}

function switchesOf(module: unknown): { name: string; initial: string | number }[] {
  assert.ok(typeof module === 'object' && module !== null);
  return Object.values(module).map(each => {
    assert.ok('name' in each && 'initial' in each);
    return { name: String(each.name), initial: each.initial };
  });
}
