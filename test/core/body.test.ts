// Text to value: what JSON and YAML may say, where a mistake is, and that nothing built to hurt does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BODY_BYTES, parseBody } from '@gatehouse/core/json/body';
import fc from 'fast-check';

const JSON_TYPE = 'application/json';
const YAML_TYPE = 'application/yaml';

const accepted: [reason: string, text: string, type: string | undefined, value: unknown][] = [
  [
    'JSON',
    '{"a": [1, -0.5e1, "x\\u00e9\\n", true, false, null, {}, []]}',
    JSON_TYPE,
    { a: [1, -5, 'xé\n', true, false, null, {}, []] },
  ],
  ['JSON with parameters and another case', '{"a":1}', 'Application/JSON; charset=utf-8', { a: 1 }],
  ['JSON after a byte order mark', '\uFEFF{"a":1}', JSON_TYPE, { a: 1 }],
  ['JSON without a type', ' {"a":1}\n', undefined, { a: 1 }],
  ['JSON with an empty type', '{"a":1}', '', { a: 1 }],
  ['YAML without a type', 'a: 1', undefined, { a: 1 }],
  ['YAML in flow style without a type', '{a: 1, b: [x]}', undefined, { a: 1, b: ['x'] }],
  ['application/yaml', 'a:\n  - b: 1\n', YAML_TYPE, { a: [{ b: 1 }] }],
  ['application/x-yaml', 'a: 1', 'application/x-yaml', { a: 1 }],
  ['text/yaml', 'a: 1', 'text/yaml; charset=utf-8', { a: 1 }],
  [
    'YAML 1.2 words: yes, on and dates are texts',
    'a: yes\nb: on\nc: 2026-01-01',
    YAML_TYPE,
    { a: 'yes', b: 'on', c: '2026-01-01' },
  ],
  ['numbers as names are texts', '443: 80', YAML_TYPE, { 443: 80 }],
  ['an empty member is null', 'a:\nb: ~', YAML_TYPE, { a: null, b: null }],
  ['an anchor that nobody uses', 'a: &x 1', YAML_TYPE, { a: 1 }],
  ['a merge key is only a name', '<<: {a: 1}', YAML_TYPE, { '<<': { a: 1 } }],
  ['one document with its marks', '---\na: 1\n...\n', YAML_TYPE, { a: 1 }],
];
for (const [reason, text, type, value] of accepted) {
  test(`a body is read: ${reason}`, async () => {
    assert.deepEqual(await parseBody(text, type), { ok: true, value });
  });
}

const refused: [reason: string, text: string, type: string | undefined, said: RegExp][] = [
  ['nothing', '', undefined, /^the body is empty; send a request as JSON or YAML$/],
  ['white space', ' \n\uFEFF', JSON_TYPE, /^the body is empty/],
  [
    'an unsupported type',
    'a: 1',
    'text/plain',
    /content type "text\/plain".* send one of application\/json, application\/yaml/,
  ],
  ['YAML called JSON', 'a: 1', JSON_TYPE, /^line 1, column 1: expected a value/],
  [
    'JSON that ends early',
    '{"a": 1',
    JSON_TYPE,
    /^line 1, column 8: expected `,` or `}`, found the end of the text$/,
  ],
  [
    'JSON with a comma too many',
    '{\n  "a": 1,\n}',
    JSON_TYPE,
    /^line 3, column 1: expected a name in double quotes, found "}"$/,
  ],
  ['a list with a comma too many', '[1,]', JSON_TYPE, /^line 1, column 4: expected a value/],
  ['a missing colon', '{"a" 1}', JSON_TYPE, /^line 1, column 6: expected `:` after a name/],
  ['two values', '{} {}', JSON_TYPE, /^line 1, column 4: expected the end of the text/],
  ['a text that does not end', '{"a": "x\n"}', JSON_TYPE, /^line 1, column 7: expected a closed string/],
  [
    'a number with a leading zero',
    '{"a": 01}',
    JSON_TYPE,
    /^line 1, column 8: expected `,` or `}`, found "1"$/,
  ],
  ['NaN', '{"a": NaN}', JSON_TYPE, /^line 1, column 7: expected a value.*, found "NaN"$/],
  [
    'a JSON member named twice',
    '{"a": 1,\n "\\u0061": 2}',
    JSON_TYPE,
    /^line 2, column 2: `a` is given twice; give it once$/,
  ],
  [
    'a YAML member named twice',
    'a: 1\nb: 2\na: 3',
    YAML_TYPE,
    /^line 3, column 1: `a` is given twice; give it once$/,
  ],
  [
    'a member named twice, told by neither type',
    '{"a": 1, "a": 2}',
    undefined,
    /^line 1, column 10: `a` is given twice/,
  ],
  ['broken JSON without a type', '{"a": [1, }', undefined, /^line 1, column 11: expected a value/],
  ['broken YAML without a type', 'a: b: c', undefined, /^line 1, column 4: /],
  ['a tab as indentation', 'a:\n\tb: 1', YAML_TYPE, /^line 2, column 1: Tabs/],
  ['an alias', 'a: &x [1]\nb: *x', YAML_TYPE, /^line 2, column 4: aliases \(`\*name`\) are not supported/],
  ['a tag of its own', 'a: !!js/function x', YAML_TYPE, /^line 1, column 4: tags/],
  ['a binary', 'a: !!binary aGk=', YAML_TYPE, /^line 1, column 4: tags/],
  ['two documents', 'a: 1\n---\nb: 2', YAML_TYPE, /^line 2, column 1: a second document begins/],
  ['a name that is a list', '? [a]\n: 1', YAML_TYPE, /^line 1, column 3: a name must be a string$/],
  [
    'a YAML version that nobody knows',
    '%YAML 3.0\n---\na: 1',
    YAML_TYPE,
    /^line 1, .*Unsupported YAML version/,
  ],
];
for (const [reason, text, type, said] of refused) {
  test(`a body is refused, with its place: ${reason}`, async () => {
    const parsed = await parseBody(text, type);
    assert.equal(parsed.ok, false);
    assert.equal(parsed.issues[0]?.pointer, '');
    assert.match(parsed.issues[0].detail, said);
  });
}

test('a body of 200 KB is read and one byte more is refused, counted in UTF-8', async () => {
  const quoted = (text: string) => parseBody(JSON.stringify(text), JSON_TYPE);
  assert.equal((await quoted('x'.repeat(MAX_BODY_BYTES - 2))).ok, true);
  assert.equal((await quoted('x'.repeat(MAX_BODY_BYTES - 1))).ok, false);
  assert.equal((await quoted('é'.repeat(MAX_BODY_BYTES / 2 - 1))).ok, true);
  assert.equal((await quoted('é'.repeat(MAX_BODY_BYTES / 2))).ok, false);
});

test('why a body is refused is told apart for HTTP: broken, too large, a type that is not read', async () => {
  const reason = async (text: string, type: string) => {
    const parsed = await parseBody(text, type);
    return parsed.ok ? 'read' : parsed.reason;
  };
  assert.equal(await reason('{', JSON_TYPE), 'broken');
  assert.equal(await reason('', JSON_TYPE), 'broken');
  assert.equal(await reason('x'.repeat(MAX_BODY_BYTES + 1), YAML_TYPE), 'tooLarge');
  assert.equal(await reason('{}', 'application/xml'), 'unsupportedType');
});

test('all duplicate members are reported, up to the limit', async () => {
  for (const type of [JSON_TYPE, YAML_TYPE]) {
    const parsed = await parseBody(`{${Array.from({ length: 301 }, () => '"k": 1').join(',\n')}}`, type);
    assert.equal(parsed.ok ? 0 : parsed.issues.length, 100);
    assert.deepEqual(!parsed.ok && parsed.issues.at(-1), { pointer: '', detail: 'and 201 more errors' });
  }
});

test('a member named __proto__ stays a member and changes no prototype', async () => {
  for (const text of ['{"__proto__": {"polluted": 1}}', '__proto__: {polluted: 1}']) {
    const parsed = await parseBody(text, undefined);
    assert.deepEqual(parsed.ok && Object.keys(Object(parsed.value)), ['__proto__']);
    assert.equal(parsed.ok && Object.getPrototypeOf(parsed.value), Object.prototype);
  }
});

/** Nine aliases of nine aliases: expanded, a billion texts. */
const laughs = [
  'a0: &a0 [lol]',
  ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`),
].join('\n');

test('a billion laughs are refused at the first alias', async () => {
  const parsed = await parseBody(laughs, YAML_TYPE);
  assert.match(parsed.ok ? '' : (parsed.issues[0]?.detail ?? ''), /^line 2, column 10: aliases/);
});

const openers = [
  '[',
  '{a: ',
  '- ',
  '? ',
  '{? ',
  '[{a: ',
  '{"a": ',
  '!!seq [',
  '&a [',
  '- ? ',
  '"',
  '[,',
  'a:\n ',
];
for (const opener of openers) {
  test(`a body of nothing but ${JSON.stringify(opener)} is refused and does not throw`, async () => {
    for (const times of [33, 1_000, 10_000]) {
      for (const type of [JSON_TYPE, YAML_TYPE, undefined]) {
        assert.equal((await parseBody(opener.repeat(times), type)).ok, false, `${times} times as ${type}`);
      }
    }
  });
}

test('nesting is read down to 32 levels and refused one deeper, in JSON and YAML alike', async () => {
  for (const type of [JSON_TYPE, YAML_TYPE]) {
    const nested = (levels: number) => parseBody('['.repeat(levels) + ']'.repeat(levels), type);
    assert.equal((await nested(32)).ok, true);
    assert.match(JSON.stringify(await nested(33)), /nested deeper than 32 levels/);
  }
});

test('any text gives a value or mistakes, never an exception', async () => {
  const shard = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '\n',
    ' ',
    '- ',
    '? ',
    '&a ',
    '*a',
    '!x ',
    '|',
    '>',
    '#',
    '%',
    '\\',
    '\0',
    '\ud800',
    '---',
    '1e400',
    '.nan',
    'a',
    '\t',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(shard, { maxLength: 40 }).map(shards => shards.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(JSON_TYPE, YAML_TYPE, undefined), async (body, type) => {
      const parsed = await parseBody(body, type);
      return parsed.ok || (parsed.issues.length > 0 && parsed.issues.every(({ detail }) => detail !== ''));
    }),
    { numRuns: 2_000 },
  );
});

test('it refuses what JSON.parse refuses, and reads the rest as JSON.parse does', async () => {
  const shard = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"b"',
    '-',
    '0',
    '1.5',
    'e3',
    'true',
    'null',
    ' ',
    '"\\n"',
    '"\\x"',
  );
  const text = fc.oneof(
    fc.json(),
    fc.array(shard, { minLength: 1, maxLength: 8 }).map(shards => shards.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, async body => {
      const parsed = await parseBody(body, JSON_TYPE);
      if (parsed.ok) assert.deepEqual(parsed.value, JSON.parse(body));
      else if (!/given twice|is empty/.test(parsed.issues[0]?.detail ?? ''))
        assert.throws(() => JSON.parse(body));
    }),
    { numRuns: 2_000 },
  );
});
