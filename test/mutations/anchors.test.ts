// Each mutation finds its piece of source, once, and each part of a sweep its tests and cases: seen here at once, and not only
// when the sweeps run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MUTATIONS } from './mutations.ts';
import { PARTS, type Part } from './parts.ts';
import { mutated } from './planting.ts';

test(`the source of each mutation exists (${MUTATIONS.length} mutations)`, () => {
  const missing = MUTATIONS.flatMap(mutation => {
    try {
      mutated(mutation);
      return [];
    } catch (thrown) {
      return [`the loss of ${mutation.loses}: ${thrown instanceof Error ? thrown.message : thrown}`];
    }
  });
  assert.equal(missing.length, 0, missing.join('\n'));
});

test('no two mutations have one name', () => {
  assert.equal(new Set(MUTATIONS.map(({ loses }) => loses)).size, MUTATIONS.length);
});

test('a piece that is not there, or there twice, is no mutation', () => {
  const file = 'core/src/step/fence.ts';
  assert.throws(() => mutated({ file, from: 'no such piece', to: '' }), /0 times instead of once/);
  assert.throws(() => mutated({ file, from: 'throw new', to: '' }), /\d times instead of once/);
});

const parts: [string, Part][] = Object.entries(PARTS);

test('every part has a mutation', () => {
  assert.deepEqual(new Set(MUTATIONS.map(({ part }) => part)), new Set(Object.keys(PARTS)));
});

test('the titles of the tests of each part exist', () => {
  for (const [name, { file, tests = [] }] of parts) {
    const own = readFileSync(`test/${file}`, 'utf8');
    const imported = [...own.matchAll(/from '\.\/(\S+\.ts)'/g)].map(([, path]) => `test/saga/${path}`);
    const literals = [own, ...imported.map(path => readFileSync(path, 'utf8'))].flatMap(literalsOf);
    for (const piece of tests) {
      assert.doesNotMatch(piece, /[.*+?^$()[\]{}|\\]/, `${name}: a plain piece`);
      assert.ok(
        literals.some(literal => literal.includes(piece)),
        `${name}: a title of ${file} or of what it imports has "${piece}"`,
      );
    }
  }
});

test('what the cases of each part are named after exists', () => {
  const named = new Set([
    ...readdirSync('examples').map(path => path.replace(/\.\w+$/, '')),
    ...['test/saga', 'packages/twins/src']
      .flatMap(folder => sourcesIn(folder))
      .flatMap(literalsOf)
      .flatMap(wordsOf),
  ]);
  for (const [name, { cases = '' }] of parts) {
    for (const word of wordsOf(cases)) assert.ok(named.has(word), `${name}: there is no ${word}`);
  }
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .map(path => readFileSync(`${folder}/${path}`, 'utf8'));
}

/** Of each line, its strings; of comments, none. */
function literalsOf(source: string): string[] {
  const code = source.split('\n').filter(line => !/^\s*(\/\/|\/?\*)/.test(line));
  return code.flatMap(line => line.match(/'[^']*'|`[^`]*`|"[^"]*"/g) ?? []);
}

/** Names of examples and operations, words of titles. */
function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z][A-Za-z-]*[A-Za-z]/g) ?? [];
}
