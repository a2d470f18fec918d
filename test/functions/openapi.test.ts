// The API's document: that it tells all there is, in a form that others read, and that real answers are as it says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { requestJsonSchema } from '@gatehouse/cli/schema';
import { parseRequest } from '@gatehouse/core/request/request';
import { problemSchema } from '@gatehouse/functions/api/answer-schemas';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { getEntryPoint } from '@gatehouse/functions/api/get-entry-point';
import { getJob } from '@gatehouse/functions/api/get-job';
import { getOpenapi } from '@gatehouse/functions/api/get-openapi';
import { EVENT_SCHEMAS } from '@gatehouse/functions/api/get-schema';
import { health } from '@gatehouse/functions/api/health';
import { listEntryPoints } from '@gatehouse/functions/api/list-entry-points';
import { listJobs } from '@gatehouse/functions/api/list-jobs';
import { openApiDocument } from '@gatehouse/functions/api/openapi';
import { OPERATIONS } from '@gatehouse/functions/api/operations';
import { PROBLEMS, type ProblemCode } from '@gatehouse/functions/api/problem';
import { problemExample } from '@gatehouse/functions/api/problem-examples';
import { REQUEST_EXAMPLES } from '@gatehouse/functions/api/request-examples';
import { ROUTES } from '@gatehouse/functions/api/routes';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { errorsOf } from '../saga/sweep.ts';
import { createWorld } from '../world/world.ts';
import { apiRequest, got, listed, posted, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const document = openApiDocument();
const { paths, components } = document as {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, unknown> };
};

test('a public linter finds nothing to complain about', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  assert.deepEqual(
    found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
    [],
  );
});

test('every route is in the document, and nothing else is', () => {
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  );
  const routes = Object.keys(ROUTES).filter(route => route !== 'GET /' && !route.startsWith('GET /docs'));
  assert.deepEqual(told.toSorted(), routes.toSorted());
  const ids = Object.values(OPERATIONS).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'each operation has a name of its own');
});

const MEMBERED = [
  'AwsRequest',
  'Listener',
  'EndpointGroup',
  'StickinessPolicy',
  'AlicloudRequest',
  'AlicloudListener',
  'AlicloudEndpointGroup',
  'ForwardingRule',
];

test('every named schema is used, and every member of a request has a description', () => {
  const text = JSON.stringify(document);
  for (const name of Object.keys(components.schemas))
    assert.ok(text.includes(`"#/components/schemas/${name}"`), name);
  for (const name of MEMBERED) {
    const { properties } = components.schemas[name] as { properties: Record<string, object> };
    for (const [member, schema] of Object.entries(properties))
      assert.ok('description' in schema, `${name}.${member}`);
  }
});

test('the document is the same wherever it comes from', async () => {
  const written = execFileSync(process.execPath, ['packages/local/src/bin/write-openapi.ts'], {
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(written), document);
  assert.deepEqual((await getOpenapi()).body, document);
});

for (const [name, example] of Object.entries(REQUEST_EXAMPLES)) {
  test(`the example ${name} is taken as it is, its job succeeds, and all its answers are as documented`, async () => {
    assert.ok(parseRequest(example).ok);
    const world = createWorld();
    if (example.operation !== 'provision')
      await world.finish((await world.submit(REQUEST_EXAMPLES.listener)).id);
    const submitted = await submitJob(world.ports(), posted(example));
    assert.equal(submitted.status, 202, JSON.stringify(submitted.body));
    assertDocumented('POST /v1/jobs', submitted);
    const id = String(told(submitted, 'id'));
    await world.finish(id);
    const ports = world.ports();
    const job = await getJob(ports, got(id));
    assert.equal(told(job, 'status'), 'SUCCEEDED');
    assertDocumented('GET /v1/jobs/{id}', job);
    const unchanged = await getJob(ports, got(id, { 'if-none-match': String(job.headers?.['etag']) }));
    assertDocumented('GET /v1/jobs/{id}', unchanged);
    const cancelled = await cancelJob(ports, apiRequest({ parameters: { id } }));
    assertDocumented('POST /v1/jobs/{id}/cancel', cancelled);
    assertDocumented('GET /v1/jobs', await listJobs(ports, listed()));
    assertDocumented('GET /v1/entry-points', await listEntryPoints(ports, listed()));
    const parameters = { name: example.entryPoint };
    const entryPoint = await getEntryPoint(ports, apiRequest({ method: 'GET', parameters }));
    assert.equal(entryPoint.status, example.operation === 'remove' ? 404 : 200);
    assertDocumented('GET /v1/entry-points/{name}', entryPoint);
    assertDocumented('GET /v1/health', await health(ports));
  });
}

test('a job that was rolled back is answered as documented, with its problem and its undo', async () => {
  const world = createWorld();
  const error = errorsOf('globalaccelerator').denied;
  await world.faults([
    { service: 'globalaccelerator', operation: 'CreateEndpointGroup', fault: 'error', times: 1, error },
  ]);
  const { id } = await world.submit(REQUEST_EXAMPLES.listener);
  await world.finish(id);
  const job = await getJob(world.ports(), got(id));
  assert.equal(told(job, 'status'), 'ROLLED_BACK', JSON.stringify(job.body));
  assertDocumented('GET /v1/jobs/{id}', job);
});

test('every answer with a body of ours has an example, which its schema accepts', () => {
  for (const [route, { answers }] of Object.entries(OPERATIONS)) {
    for (const [status, { schema, example }] of Object.entries(answers)) {
      if (schema) assert.ok(schema.safeParse(example).success, `${route} ${status}`);
    }
  }
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(methods as Record<string, Answers>)) {
      for (const [status, { content = {} }] of Object.entries(responses)) {
        for (const media of Object.values(content))
          assert.ok(media.example ?? media.examples, `${method} ${path} ${status}`);
      }
    }
  }
  for (const code of Object.keys(PROBLEMS) as ProblemCode[])
    assert.deepEqual(problemSchema.safeParse(problemExample(code)).error, undefined, code);
});

interface Answers {
  responses: Record<string, { content?: Record<string, { example?: unknown; examples?: unknown }> }>;
}

test('every object and every variant of a union has a name, from which generators make classes', () => {
  for (const [name, schema] of Object.entries(components.schemas)) {
    for (const { at, inner } of innerSchemas(schema, name)) {
      assert.ok(!('properties' in inner), `${at} is an object without a name`);
      const variants = [inner['oneOf'], inner['anyOf']].flatMap(each => (Array.isArray(each) ? each : []));
      for (const variant of variants)
        assert.notEqual(variant.type, 'object', `${at} has a variant without a name`);
    }
  }
});

/** Every schema inside of a schema. */
function innerSchemas(schema: unknown, at: string): { at: string; inner: Record<string, unknown> }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (['default', 'example', 'examples', 'enum', 'const', 'required'].includes(key)) return [];
    const place = `${at}/${key}`;
    if (key === 'properties')
      return Object.entries(value).flatMap(([name, each]) => inside(each, `${place}/${name}`));
    if (Array.isArray(value)) return value.flatMap((each, index) => inside(each, `${place}/${index}`));
    return inside(value, place);
  });
}

function inside(schema: unknown, at: string): { at: string; inner: Record<string, unknown> }[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  return [{ at, inner: schema as Record<string, unknown> }, ...innerSchemas(schema, at)];
}

test('keywords, formats and patterns are those that readers in any language know', () => {
  const schemas = [document, requestJsonSchema(), ...Object.values(EVENT_SCHEMAS).map(made => made())];
  for (const schema of schemas) {
    for (const { at, inner } of innerSchemas(schema, '')) {
      const { pattern, format } = inner;
      if (typeof pattern === 'string') assert.ok(!/\(\?[=!<]|\\[pPu]/.test(pattern), `${at}: ${pattern}`);
      if (typeof format === 'string')
        assert.ok(['date-time', 'ipv4', 'ipv6'].includes(format), `${at}: ${format}`);
      for (const own of ['inPlace', 'unit', 'id']) assert.ok(!(own in inner), `${at}/${own}`);
    }
  }
});
