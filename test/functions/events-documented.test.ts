// The schemas of events as they are served, and docs/events.md: what is told and what is shown there holds against them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EVENT_SCHEMAS, getSchema } from '@gatehouse/functions/api/get-schema';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import { EVENT_FUNCTIONS, EVENT_SOURCE, RULES } from '@gatehouse/functions/events/rules';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createWorld } from '../world/world.ts';
import { apiPorts, REQUEST, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ROUTE = 'GET /v1/schemas/{schema}';
const docs = readFileSync('docs/events.md', 'utf8');
const [requested, changed, rejected] = [...docs.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) =>
  JSON.parse(text),
);

async function validatorOf(schema: string) {
  const { body } = await getSchema({ parameters: { schema } });
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(Object(body));
  return (value: unknown) => assert.ok(validate(value), JSON.stringify(validate.errors));
}

for (const [schema, example] of [
  ['entry-point-requested', requested],
  ['job-status-changed', changed],
  ['entry-point-request-rejected', rejected],
] as const) {
  test(`${schema} is served, complete in itself, and the example of the docs holds against it`, async () => {
    const answer = await getSchema({ parameters: { schema } });
    assertDocumented(ROUTE, answer);
    assert.equal(answer.headers?.['content-type'], 'application/schema+json');
    assert.doesNotMatch(JSON.stringify(answer.body), /#\/components/);
    (await validatorOf(schema))(example);
  });
}

test('a schema that is not there is a 404 that names those there are', async () => {
  for (const schema of ['job', 'toString']) {
    const answer = await getSchema({ parameters: { schema } });
    assertDocumented(ROUTE, answer);
    assert.equal(answer.status, 404);
    assert.match(String(told(answer, 'detail')), /job-status-changed/);
  }
});

test('the docs name every schema, the source, and how a source is allowed', () => {
  for (const name of Object.keys(EVENT_SCHEMAS)) assert.ok(docs.includes(`\`${name}\``), name);
  assert.ok(docs.includes(`\`${EVENT_SOURCE}\``));
  assert.ok(docs.includes('GATEHOUSE_EVENT_SOURCES'));
});

test('every rule of the table calls a function of the table, or keeps a letter', () => {
  for (const { targets } of RULES)
    for (const target of targets) assert.ok(target in EVENT_FUNCTIONS || target === 'gatehouse-dead-letters');
});

test('events of jobs and of rejected requests match the published schemas', async () => {
  const world = createWorld();
  const value = { ...REQUEST, endpointGroups: [] };
  await world.finish((await world.submit(value)).id);
  const isChange = await validatorOf('job-status-changed');
  const events = await world.told();
  assert.ok(events.length >= 3);
  for (const { detail } of events) isChange(detail);

  const { ports, counted } = apiPorts();
  const bad = {
    id: 'e-1',
    source: 'org.stranger',
    account: '111122223333',
    time: '2026-03-01T12:00:00Z',
    detail: {},
  };
  await requestEntryPoint(ports, bad);
  (await validatorOf('entry-point-request-rejected'))(counted.told[0]?.detail);
});

test('the example event has the same request as the YAML file', async () => {
  const [entry] = JSON.parse(readFileSync('examples/events/metrics-lambda.json', 'utf8'));
  const { ports } = apiPorts();
  const detail = JSON.parse(entry.Detail);
  (await validatorOf('entry-point-requested'))(detail);
  const event = {
    id: 'e-1',
    source: entry.Source,
    account: '111122223333',
    time: '2026-03-01T12:00:00Z',
    detail,
  };
  const answered = await requestEntryPoint(ports, event);
  assert.ok('jobId' in answered, JSON.stringify(answered));
});
