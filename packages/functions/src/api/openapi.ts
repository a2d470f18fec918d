// The OpenAPI 3.1 document, generated from the schemas that validate and from the tables of routes, operations and problems,
// so that nothing is written twice. Keywords of our own begin with `x-`.
import manifest from '../../package.json' with { type: 'json' };
import { problemSchema } from './answer-schemas.ts';
import { idempotencyKeySchema } from './input-schemas.ts';
import { described, type Json, jsonSchema, namedSchemas } from './json-schemas.ts';
import type { AnswerHeader, Operation, RequestHeader } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import { problemExample } from './problem-examples.ts';
import { type ApiRoute, OPEN_ROUTES } from './routes.ts';

const REQUEST_HEADERS: Record<RequestHeader, { required: boolean; schema: Json; description: string }> = {
  'Idempotency-Key': { required: true, ...described(idempotencyKeySchema) },
  'If-Match': {
    required: false,
    schema: { type: 'string', pattern: '^"?[0-9a-f]{64}"?$' },
    description:
      'The `planHash` of an earlier plan. The job fails with `PlanChanged` if its plan would be different.',
  },
  'If-None-Match': {
    required: false,
    schema: { type: 'string' },
    description: 'The `ETag` of an earlier answer. If nothing has changed since, the answer is a 304.',
  },
  Prefer: {
    required: false,
    schema: { type: 'string', examples: ['wait=20'] },
    description: '`wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25.',
  },
};

const ANSWER_HEADERS: Record<AnswerHeader, { schema: Json; description: string }> = {
  ETag: { schema: { type: 'string' }, description: 'The version of the answer, for `If-None-Match`.' },
  'Idempotent-Replayed': {
    schema: { type: 'string', const: 'true' },
    description: 'An earlier request with the same key created this job.',
  },
  Location: { schema: { type: 'string' }, description: 'The path of the job.' },
  'Preference-Applied': { schema: { type: 'string' }, description: 'The `wait` that was applied.' },
  'Retry-After': {
    schema: { type: 'integer' },
    description: 'The number of seconds to wait before polling again.',
  },
};

/** API Gateway answers this itself. */
const THROTTLED = {
  description:
    'Too many requests. This answer comes from API Gateway; wait before you send the request again.',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Throttled' },
      example: { message: 'Too Many Requests' },
    },
  },
};

/** The problems that every route can answer. */
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
      summary: 'Provisions network entry points, all or nothing, and always reports progress.',
      description:
        'Submit a request with `POST /v1/jobs`, then poll the job at its `Location` after each `Retry-After` until the job has ended.',
      contact: { name: 'The operators of this installation' },
      license: { name: 'All rights reserved', identifier: 'LicenseRef-UNLICENSED' },
    },
    servers: [{ url: '/', description: 'This server' }],
    security: [{ sigv4: [] }, { token: [] }],
    tags: [
      { name: 'Jobs', description: 'Requests and their progress.' },
      { name: 'Entry points', description: 'Provisioned entry points.' },
      { name: 'Gatehouse', description: 'The service itself.' },
    ],
    paths,
    components: {
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4. The local stack requires no signature.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token (JWT) instead of a signature, in a deployment that accepts tokens of an issuer.',
        },
      },
      schemas: allSchemas(),
    },
  };
}

/** Of everything that a route takes or answers. */
function allSchemas(): Record<string, Json> {
  const operations: Operation[] = Object.values(OPERATIONS);
  const taken = operations.flatMap(({ body }) => body?.schema ?? []);
  const answered = operations.flatMap(each =>
    Object.values(each.answers).flatMap(({ schema }) => schema ?? []),
  );
  return {
    ...namedSchemas(taken, 'input'),
    ...namedSchemas([...answered, problemSchema], 'output'),
    Throttled: { type: 'object', properties: { message: { type: 'string' } } },
  };
}

function operationObject(route: ApiRoute, operation: Operation): Json {
  const { id, tag, summary, description, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    ...(OPEN_ROUTES.includes(route) ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(operation), ...headerParameters(operation)],
    ...(body ? { requestBody: requestBody(body) } : {}),
    responses: { ...answers(operation), ...problemAnswers(route, operation) },
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
  const content = { schema: jsonSchema(schema, 'input'), examples: Object.fromEntries(named) };
  return { required, content: { 'application/json': content, 'application/yaml': content } };
}

function answers(operation: Operation): Record<string, Json> {
  const entries = Object.entries(operation.answers).map(([status, answer]) => {
    const { description, schema, example, headers = [] } = answer;
    return [
      status,
      {
        description,
        ...(headers.length > 0
          ? { headers: Object.fromEntries(headers.map(name => [name, ANSWER_HEADERS[name]])) }
          : {}),
        ...(schema
          ? { content: { 'application/json': { schema: jsonSchema(schema, 'output'), example } } }
          : {}),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** One answer per status, with the codes that it can carry. */
function problemAnswers(route: ApiRoute, { problems }: Operation): Record<string, Json> {
  const codes = [
    ...(OPEN_ROUTES.includes(route) ? [] : (['Unauthenticated'] as const)),
    ...problems,
    ...EVERYWHERE,
  ];
  const byStatus = Map.groupBy(codes, code => PROBLEMS[code].status);
  const entries = [...byStatus].map(([status, ofStatus]) => [
    String(status),
    {
      description: [
        ...ofStatus.map(code => `${code}: ${PROBLEMS[code].title}.`),
        ...(status === 429 ? [THROTTLED.description] : []),
      ].join(' '),
      content: {
        ...(status === 429 ? THROTTLED.content : {}),
        'application/problem+json': {
          schema: jsonSchema(problemSchema, 'output'),
          examples: Object.fromEntries(ofStatus.map(code => [code, { value: problemExample(code) }])),
        },
      },
    },
  ]);
  return { 429: THROTTLED, ...Object.fromEntries(entries) };
}
