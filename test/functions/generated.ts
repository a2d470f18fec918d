// Generated parts of requests to the API: valid ones, nearly valid ones, and ones that were made to hurt.
import { OPERATIONS } from '@gatehouse/functions/api/operations';
import { REQUEST_EXAMPLES } from '@gatehouse/functions/api/request-examples';
import type { ApiRoute } from '@gatehouse/functions/api/routes';
import fc from 'fast-check';

const ACCOUNT = '123456789012';

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '.',
    '..',
    '%',
    '\u0000',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
    '💥',
    '*',
    '{id}',
    "' OR 1=1",
  ),
);
export const encoded = odd.map(text => encodeURIComponent(text.toWellFormed()));

export function pathOf(template: string) {
  const part = (name: string) =>
    name === 'id'
      ? fc.oneof(fc.constant('THE-JOB'), fc.constant('job-none'), encoded)
      : fc.oneof(
          fc.constantFrom('stands-edge', 'shop-edge', 'no-edge', 'start.js', 'job-status-changed'),
          encoded,
        );
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return fc
    .tuple(...names.map(part))
    .map(parts => names.reduce((path, name, at) => path.replace(`{${name}}`, String(parts[at])), template));
}

const number = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('1', '2', '100', '0', '-1', '1e3', '0x1', '9'.repeat(30)),
);
const instant = fc.date({ noInvalidDate: true }).map(date => date.toISOString());
const VALUES: Record<string, fc.Arbitrary<string>> = {
  status: fc.constantFrom('QUEUED', 'RUNNING', 'SUCCEEDED', 'DONE'),
  entryPoint: fc.constantFrom('shop-edge', 'no-edge'),
  cloud: fc.constantFrom('aws', 'alicloud', 'azure'),
  requester: fc.constantFrom(`${ACCOUNT}/user/local`, 'nobody'),
  owner: fc.constantFrom(`${ACCOUNT}/user/local`, 'nobody'),
  createdAfter: fc.oneof(instant, fc.constant('2026-01-01T00:00:00+14:00')),
  pageSize: number,
  after: number,
  pageToken: fc.jsonValue().map(value => Buffer.from(JSON.stringify(value)).toString('base64url')),
};

export function queryOf(route: string) {
  const { query } = OPERATIONS[route as ApiRoute] ?? {};
  const known = Object.keys(query?.shape ?? {});
  const name = fc.oneof(fc.constantFrom(...(known.length > 0 ? known : ['status'])), odd);
  const pair = name.chain(each =>
    fc.tuple(fc.constant(each), fc.oneof(Object.hasOwn(VALUES, each) ? (VALUES[each] ?? odd) : odd, odd)),
  );
  return fc.array(pair, { maxLength: 4 }).map(pairs => {
    const text = new URLSearchParams(
      pairs.map(([key, value]): [string, string] => [key.toWellFormed(), value.toWellFormed()]),
    );
    return pairs.length > 0 ? `?${text}` : '';
  });
}

const provisions = Object.values(REQUEST_EXAMPLES).filter(({ operation }) => operation === 'provision');

/** A valid request with one thing changed somewhere in it. */
const nearlyValid = fc
  .tuple(fc.constantFrom(...provisions), fc.nat(60), fc.jsonValue(), fc.constantFrom('set', 'drop', 'rename'))
  .map(([example, at, value, how]) => {
    const copy: unknown = structuredClone(example);
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (!place) return JSON.stringify(copy);
    if (how === 'set') Reflect.set(place.holder, place.key, value);
    else {
      const held: unknown = Reflect.get(place.holder, place.key);
      Reflect.deleteProperty(place.holder, place.key);
      if (how === 'rename') Reflect.set(place.holder, `${place.key}s`, held);
    }
    return JSON.stringify(copy);
  });

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [{ holder: value, key }, ...placesIn(each)]);
}

const valid = fc
  .tuple(
    fc.constantFrom(...provisions),
    fc.constantFrom('stands-edge', 'shop-edge', 'other-edge', 'third-edge'),
    fc.constantFrom('provision', 'update'),
  )
  .map(([example, entryPoint, operation]) => JSON.stringify({ ...example, operation, entryPoint }));
const taken = fc.constant(JSON.stringify({ ...REQUEST_EXAMPLES.listener, entryPoint: 'kept-edge' }));
const removal = fc
  .constantFrom('stands-edge', 'no-edge')
  .map(entryPoint => JSON.stringify({ operation: 'remove', entryPoint }));
const actions = fc
  .record(
    {
      reason: fc.oneof(fc.string(), fc.jsonValue()),
      step: fc.oneof(fc.constant('listener'), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  .map(value => JSON.stringify(value));
const actionBodies = fc.constantFrom(
  '',
  '{}',
  '{"reason":"a mistake"}',
  '{"step":"listener"}',
  '{"step":"no-step"}',
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom(
    '',
    '{',
    '[[[[[[[[',
    '{"a":1,"a":2}',
    '{"__proto__":{"operation":"provision"}}',
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]',
    'a: &a\n  b: *a',
    '\uFEFF{}',
    '"\\ud800"',
    '1e400',
  ),
);
const tooLarge = fc.constant(' '.repeat(200 * 1024 + 1));
export const body = fc.oneof(
  { weight: 6, arbitrary: valid },
  { weight: 6, arbitrary: nearlyValid },
  { weight: 4, arbitrary: hostile },
  { weight: 2, arbitrary: removal },
  { weight: 2, arbitrary: actions },
  { weight: 1, arbitrary: taken },
  { weight: 1, arbitrary: tooLarge },
);

export const headers = fc
  .record(
    {
      'content-type': fc.oneof(
        { weight: 4, arbitrary: fc.constant('application/json') },
        fc.constantFrom('application/yaml', 'text/html', 'application/json; charset=utf-16', ';', ''),
        fc.string(),
      ),
      'idempotency-key': fc.oneof({ weight: 4, arbitrary: fc.uuid() }, fc.constantFrom('one', 'two'), odd),
      'if-match': fc.oneof(fc.constant('a'.repeat(64)), odd),
      'if-none-match': fc.oneof(fc.constantFrom('*', '""', 'W/'), odd),
      // Never a wait that would be granted: time is real here.
      prefer: fc.constantFrom('wait=0', 'wait=', 'wait=-5', 'wait=x', 'respond-async', '\u0000', ','),
      'gatehouse-caller': fc.constantFrom(`${ACCOUNT}/user/local`, `${ACCOUNT}/role/other`, 'nobody', ''),
      origin: odd,
      accept: odd,
    },
    { requiredKeys: [] },
  )
  .map(record =>
    Object.fromEntries(
      Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
  );

/** The routes of actions get the bodies of actions more often than whole requests. */
export function bodyOf(route: string): fc.Arbitrary<string> {
  if (!route.startsWith('POST')) return fc.constant('');
  return route.includes('{id}') ? fc.oneof(actionBodies, actions, body) : body;
}
