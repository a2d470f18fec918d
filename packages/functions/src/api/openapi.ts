// The OpenAPI 3.1 document, made of the schemas that validate and of the tables of routes, operations and problems:
// nothing in it is written twice. Members of ours that JSON Schema does not know begin with `x-`.
import manifest from '../../package.json' with { type: 'json' };
import { problemSchema } from './answer-schemas.ts';
import { idempotencyKeySchema } from './asked-schemas.ts';
import { described, type Json, jsonSchema, namedSchemas, reference } from './json-schemas.ts';
import type { AnswerHeader, Operation, RequestHeader } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import { type ApiRoute, OPEN_ROUTES } from './routes.ts';

const REQUEST_HEADERS: Record<RequestHeader, { required: boolean; schema: Json; description: string }> = {
  'Idempotency-Key': { required: true, ...described(idempotencyKeySchema) },
  'If-Match': {
    required: false,
    schema: { type: 'string', pattern: '^"?[0-9a-f]{64}"?$' },
    description:
      'The hash of a plan that was looked at before: the job fails with `PlanChanged` if it would get another one.',
  },
  'If-None-Match': {
    required: false,
    schema: { type: 'string' },
    description: 'The `ETag` of an earlier answer: if nothing has changed since, the answer is a 304.',
  },
  Prefer: {
    required: false,
    schema: { type: 'string', examples: ['wait=20'] },
    description: '`wait=20` (RFC 7240): how many seconds the answer may take to come with news, at most 25.',
  },
};

const ANSWER_HEADERS: Record<AnswerHeader, { schema: Json; description: string }> = {
  ETag: { schema: { type: 'string' }, description: 'Names what was answered, for `If-None-Match`.' },
  'Idempotent-Replayed': {
    schema: { type: 'string', const: 'true' },
    description: 'This key and request came before.',
  },
  Location: { schema: { type: 'string' }, description: 'Where the job is to be looked at.' },
  'Preference-Applied': { schema: { type: 'string' }, description: 'The `wait` that was granted.' },
  'Retry-After': {
    schema: { type: 'integer' },
    description: 'Seconds after which it is worth asking again.',
  },
};

/** API Gateway's own words: no function of ours is asked. */
const THROTTLED = {
  description: 'Too many requests at once. API Gateway says so, in its own words; ask again a little later.',
  content: {
    'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } },
  },
};

/** What any route can answer. */
const EVERYWHERE: ProblemCode[] = ['InternalFailure', 'ServiceUnavailable'];

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of Object.keys(OPERATIONS) as ApiRoute[]) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(route, OPERATIONS[route]) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version: manifest.version,
      summary: 'Provisions network entry points, all or nothing, and always with an answer.',
      description:
        'Ask for an entry point with `POST /v1/jobs`, then look at the job at its `Location`, no sooner than `Retry-After` says, until it has ended.',
      license: { name: 'All rights reserved', identifier: 'LicenseRef-UNLICENSED' },
    },
    servers: [{ url: '/', description: 'The house that serves this document.' }],
    security: [{ sigv4: [] }, { token: [] }],
    tags: [
      { name: 'Jobs', description: 'What was asked for, and how far it is.' },
      { name: 'Entry points', description: 'What stands.' },
      { name: 'Gatehouse', description: 'The service itself.' },
    ],
    paths,
    components: {
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4. On one machine without an account it is not needed.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Instead of a signature, where an installation takes tokens of an issuer of its own.',
        },
      },
      schemas: namedSchemas(),
    },
  };
}

function operationObject(route: ApiRoute, operation: Operation): Json {
  const { id, tag, summary, description, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...(OPEN_ROUTES.includes(route) ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(operation), ...headerParameters(operation)],
    ...(body ? { requestBody: requestBody(body) } : {}),
    responses: { ...answers(operation), ...problemAnswers(route, operation), 429: THROTTLED },
  };
}

function pathParameters(route: ApiRoute): Json[] {
  return [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Operation): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = jsonSchema(query, 'input');
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    description,
    schema,
  }));
}

function headerParameters({ headers = [] }: Operation): Json[] {
  return headers.map(name => ({ name, in: 'header', ...REQUEST_HEADERS[name] }));
}

function requestBody({ schema, required, examples }: NonNullable<Operation['body']>): Json {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }]);
  const content = { schema: reference(schema, 'input'), examples: Object.fromEntries(named) };
  return { required, content: { 'application/json': content, 'application/yaml': content } };
}

function answers(operation: Operation): Record<string, Json> {
  const told = Object.entries(operation.answers).map(([status, { description, schema, headers = [] }]) => [
    status,
    {
      description,
      ...(headers.length > 0
        ? { headers: Object.fromEntries(headers.map(name => [name, ANSWER_HEADERS[name]])) }
        : {}),
      ...(schema ? { content: { 'application/json': { schema: reference(schema, 'output') } } } : {}),
    },
  ]);
  return Object.fromEntries(told);
}

/** One answer per status, which says the codes that it can carry. */
function problemAnswers(route: ApiRoute, { problems }: Operation): Record<string, Json> {
  const codes = [
    ...(OPEN_ROUTES.includes(route) ? [] : (['Unauthenticated'] as const)),
    ...problems,
    ...EVERYWHERE,
  ];
  const byStatus = Map.groupBy(codes, code => PROBLEMS[code].status);
  const told = [...byStatus].map(([status, ofStatus]) => [
    String(status),
    {
      description: ofStatus.map(code => `${code}: ${PROBLEMS[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: reference(problemSchema, 'output') } },
    },
  ]);
  return Object.fromEntries(told);
}
