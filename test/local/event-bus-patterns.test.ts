// Event patterns: the comparisons of EventBridge's user guide in one table, and invalid patterns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { bench } from './event-bus-bench.ts';

const detail = {
  state: 'running',
  file: '/var/lib/a.png',
  count: 5,
  price: 3.5,
  none: null,
  on: true,
  address: '10.0.0.33',
  tags: ['blue', 'Green'],
  inner: { name: 'x', deep: { deeper: 1 } },
  items: [
    { kind: 'listener', port: 443 },
    { kind: 'group', port: 80 },
  ],
};

const event = {
  version: '0',
  id: '00000000-0000-4000-8000-000000000001',
  'detail-type': 'Order Placed',
  source: 'com.example.shop',
  account: '123456789012',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:states:eu-west-1:123456789012:execution:m:one'],
  detail,
};

const CASES: [why: string, pattern: object, matches: boolean][] = [
  ['equal text', { state: ['running'] }, true],
  ['other text', { state: ['stopped'] }, false],
  ['one of several', { state: ['stopped', 'running'] }, true],
  ['every field must match', { state: ['running'], count: [6] }, false],
  ['case counts', { state: ['Running'] }, false],
  ['equal number', { count: [5] }, true],
  ['a number is no text', { count: ['5'] }, false],
  ['null', { none: [null] }, true],
  ['null is not absent', { state: [null] }, false],
  ['true', { on: [true] }, true],
  ['one element of a list', { tags: ['blue'] }, true],
  ['no element of a list', { tags: ['red'] }, false],
  ['nested', { inner: { deep: { deeper: [1] } } }, true],
  ['an inner node is no value', { inner: ['x'] }, false],
  ['one element of a list in all its fields', { items: { kind: ['listener'], port: [443] } }, true],
  ['fields of two elements', { items: { kind: ['listener'], port: [80] } }, false],
  ['prefix', { file: [{ prefix: '/var/' }] }, true],
  ['no prefix', { file: [{ prefix: 'var' }] }, false],
  ['prefix of a number', { count: [{ prefix: '5' }] }, false],
  ['prefix, whatever case', { state: [{ prefix: { 'equals-ignore-case': 'RUN' } }] }, true],
  ['suffix', { file: [{ suffix: '.png' }] }, true],
  ['suffix, whatever case', { file: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, true],
  ['whatever case', { tags: [{ 'equals-ignore-case': 'GREEN' }] }, true],
  ['wildcard', { file: [{ wildcard: '/var/*.png' }] }, true],
  ['wildcard for nothing', { file: [{ wildcard: '*/var/lib/a.png*' }] }, true],
  ['wildcard of ten prefixes', { file: [{ wildcard: '*a*a*a*a*a' }] }, false],
  ['wildcards of many texts', { file: [{ wildcard: '*/var/*lib/*a.p*' }, { wildcard: 'https://*' }] }, true],
  ['wildcard, a dot is a dot', { file: [{ wildcard: '/var/lib/a?png' }] }, false],
  ['wildcards, no part twice', { file: [{ wildcard: '/var/*/lib/a.png*' }] }, false],
  ['an escaped star is a star', { state: [{ wildcard: 'runn\\*' }] }, false],
  ['anything but', { state: [{ 'anything-but': 'stopped' }] }, true],
  ['anything but this', { state: [{ 'anything-but': 'running' }] }, false],
  ['anything but these', { state: [{ 'anything-but': ['stopped', 'running'] }] }, false],
  ['anything but a number', { count: [{ 'anything-but': [1, 2] }] }, true],
  ['anything but a prefix', { state: [{ 'anything-but': { prefix: 'run' } }] }, false],
  ['anything but prefixes', { state: [{ 'anything-but': { prefix: ['stop', 'start'] } }] }, true],
  ['anything but a wildcard', { file: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, false],
  ['anything but, of what is absent', { absent: [{ 'anything-but': 'x' }] }, false],
  ['numeric', { count: [{ numeric: ['>', 0, '<=', 5] }] }, true],
  ['numeric, out of range', { count: [{ numeric: ['<', 5] }] }, false],
  ['numeric equality', { price: [{ numeric: ['=', 3.5] }] }, true],
  ['numeric of a text', { state: [{ numeric: ['>', 0] }] }, false],
  ['exists', { state: [{ exists: true }] }, true],
  ['exists, null too', { none: [{ exists: true }] }, true],
  ['exists not', { absent: [{ exists: false }] }, true],
  ['exists not, inside what is absent', { absent: { deeper: [{ exists: false }] } }, true],
  ['exists is about leaves', { inner: [{ exists: true }] }, false],
  ['cidr', { address: [{ cidr: '10.0.0.0/24' }] }, true],
  ['another cidr', { address: [{ cidr: '10.0.1.0/24' }] }, false],
  ['either of two', { $or: [{ state: ['stopped'] }, { count: [5] }] }, true],
  ['neither of two', { $or: [{ state: ['stopped'] }, { count: [6] }] }, false],
  ['an absent field', { absent: ['x'] }, false],
];

const { client } = bench();
const matches = async (pattern: string) =>
  (await client.send(new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(event) })))
    .Result;

for (const [why, pattern, expected] of CASES) {
  test(`${why}: ${JSON.stringify(pattern)} ${expected ? 'matches' : 'does not match'}`, async () => {
    assert.equal(await matches(JSON.stringify({ detail: pattern })), expected);
  });
}

test('a list of resources matches by one of them', async () => {
  assert.equal(await matches(JSON.stringify({ resources: [{ prefix: 'arn:aws:states:' }] })), true);
});

for (const [why, pattern, says] of [
  ['no JSON', '{', /it is not JSON/],
  ['no object', '[]', /Filter is not an object/],
  ['an empty object', '{}', /Empty objects are not allowed/],
  ['a bare value', '{"source":"x"}', /"source" must be an object or an array/],
  ['an empty list', '{"source":[]}', /"source" Empty arrays are not allowed/],
  ['an unknown comparison', '{"detail":{"a":[{"like":"x"}]}}', /"detail.a" Unrecognized match type like/],
  ['a member of every object', '{"source":[{"toString":"x"}]}', /Unrecognized match type toString/],
  ['two comparisons at once', '{"source":[{"prefix":"a","suffix":"b"}]}', /Only one key allowed/],
  ['a list in a list', '{"source":[["a"]]}', /Match value must be String/],
  ['exists without a boolean', '{"source":[{"exists":1}]}', /must be either true or false/],
  ['a prefix that is no text', '{"source":[{"prefix":1}]}', /prefix match pattern must be a string/],
  ['two stars in a row', '{"source":[{"wildcard":"a**b"}]}', /Consecutive wildcard characters/],
  ['a wildcard with many repeats', '{"source":[{"wildcard":"*a*a*a*a*a*"}]}', /Rule is too complex/],
  [
    'wildcards of one field that have many repeats together',
    '{"source":[{"wildcard":"*a*a*a"},{"anything-but":{"wildcard":["*a*a*"]}}]}',
    /Rule is too complex/,
  ],
  ['a wrong escape', '{"source":[{"wildcard":"a\\\\n"}]}', /Invalid escape character/],
  [
    'mixed anything-but',
    '{"source":[{"anything-but":["a",1]}]}',
    /all values are strings or all are numbers/,
  ],
  ['an unknown order', '{"detail":{"a":[{"numeric":["~",1]}]}}', /Unrecognized numeric range operator: ~/],
  ['an order without a bound', '{"detail":{"a":[{"numeric":["<"]}]}}', /one or two comparisons/],
  ['two lower bounds', '{"detail":{"a":[{"numeric":[">",1,">",2]}]}}', /Bad numeric range operator: >/],
  ['an upper bound first', '{"detail":{"a":[{"numeric":["<",5,">",1]}]}}', /Too many terms in numeric range/],
  ['an empty range', '{"detail":{"a":[{"numeric":[">",5,"<",1]}]}}', /Bottom must be less than top/],
  [
    'anything but an empty prefix',
    '{"source":[{"anything-but":{"prefix":""}}]}',
    /must be a string that is not empty/,
  ],
  [
    'anything but an empty suffix',
    '{"source":[{"anything-but":{"suffix":[""]}}]}',
    /must be a string that is not empty/,
  ],
  [
    'anything but a prefix of whatever case',
    '{"source":[{"anything-but":{"prefix":{"equals-ignore-case":"a"}}}]}',
    /must be a string that is not empty/,
  ],
  ['no address', '{"detail":{"a":[{"cidr":"10.0.0/33"}]}}', /Malformed CIDR/],
] as const) {
  test(`${why} is no pattern`, async () => {
    await assert.rejects(matches(pattern), { name: 'InvalidEventPatternException', message: says });
  });
}

test('many wildcards over a long text are soon done with', async () => {
  const { client } = bench();
  const EventPattern = JSON.stringify({ text: [{ wildcard: `${'a*'.repeat(5)}b` }] });
  const Event = JSON.stringify({ ...event, text: 'a'.repeat(10_000) });
  assert.equal((await client.send(new TestEventPatternCommand({ EventPattern, Event }))).Result, false);
});

for (const [why, pattern, dotted, expected] of [
  ['a dotted name in the event', { a: { b: ['x'] } }, { 'a.b': 'x' }, true],
  ['a dotted name in the pattern', { 'a.b': ['x'] }, { a: { b: 'x' } }, true],
  ['dotted names at other places', { a: { 'b.c': ['x'] } }, { 'a.b': { c: 'x' } }, true],
  ['another value under a dotted name', { a: { b: ['x'] } }, { 'a.b': 'y' }, false],
  ['both spellings in one event', { a: { b: ['x'] } }, { a: { b: 'y' }, 'a.b': 'x' }, true],
  ['a dotted name beside others', { a: { b: ['x'], c: [1] } }, { a: { c: 1 }, 'a.b': 'x' }, true],
  ['a dotted name that is not to exist', { a: { b: [{ exists: false }] } }, { 'a.b': 'x' }, false],
  ['a name of nothing but dots', { a: ['x'] }, { ['.'.repeat(100_000)]: 1, a: 'x' }, true],
] as const) {
  test(`${why} ${expected ? 'matches' : 'does not match'}`, async () => {
    const EventPattern = JSON.stringify({ detail: pattern });
    const Event = JSON.stringify({ ...event, detail: dotted });
    const { Result } = await client.send(new TestEventPatternCommand({ EventPattern, Event }));
    assert.equal(Result, expected);
  });
}

for (const [why, Event] of [
  ['a list', '[]'],
  ['no JSON', '{'],
  ...['id', 'account', 'source', 'time', 'region', 'detail-type'].map(name => [
    `no ${name}`,
    JSON.stringify({ ...event, [name]: undefined }),
  ]),
] as const) {
  test(`an event that has ${why} is not tested`, async () => {
    const EventPattern = JSON.stringify({ source: ['x'] });
    await assert.rejects(client.send(new TestEventPatternCommand({ EventPattern, Event: Event ?? '' })), {
      name: 'ValidationException',
      message: /Parameter Event is not valid/,
    });
  });
}
