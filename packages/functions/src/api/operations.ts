// Every route, described for its callers: what it takes and what it answers. The compiler checks that every route of
// routes.ts is here; openapi.ts turns the table into the document.
import { driftSchema } from '@gatehouse/core/api/answers';
import { entryPointHealthSchema } from '@gatehouse/core/api/health-answers';
import { ACTION_OPERATIONS } from './action-operations.ts';
import { DRIFT, ENTRY_POINT, ENTRY_POINT_HEALTH, ENTRY_POINT_PAGE, HEALTH } from './answer-examples.ts';
import { entryPointPageSchema, entryPointSchema, healthSchema } from './answer-schemas.ts';
import { entryPointsQuery } from './input-schemas.ts';
import { JOB_OPERATIONS } from './job-operations.ts';
import type { Operation } from './operation.ts';
import type { ApiRoute } from './routes.ts';

export const OPERATIONS: Record<ApiRoute, Operation> = {
  ...JOB_OPERATIONS,
  ...ACTION_OPERATIONS,
  'GET /v1/entry-points': {
    id: 'listEntryPoints',
    tag: 'Entry points',
    summary: 'List entry points, newest first',
    description:
      'The entry points that match every filter, in pages. Pass `nextPageToken` of one answer as `pageToken` of the next call.',
    query: entryPointsQuery,
    answers: {
      200: {
        description: 'A page of entry points.',
        schema: entryPointPageSchema,
        example: ENTRY_POINT_PAGE,
      },
    },
    problems: ['InvalidRequest'],
  },
  'GET /v1/entry-points/{name}': {
    id: 'getEntryPoint',
    tag: 'Entry points',
    summary: 'Get an entry point',
    description:
      'The entry point as it was last applied, with links to the job that is changing it or is stuck on it.',
    answers: {
      200: {
        description: 'The entry point with every cloud id and its last job.',
        schema: entryPointSchema,
        example: ENTRY_POINT,
      },
    },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/entry-points/{name}/drift': {
    id: 'getDrift',
    tag: 'Entry points',
    summary: 'Detect drift',
    description:
      'Reads every resource of the entry point from its cloud and compares it with what was last applied.',
    answers: {
      200: {
        description: 'Every resource with its differences, member by member.',
        schema: driftSchema,
        example: DRIFT,
      },
    },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/entry-points/{name}/health': {
    id: 'getEntryPointHealth',
    tag: 'Entry points',
    summary: 'Get the health of an entry point',
    description:
      "Reads the verdict of the cloud's health checks on each endpoint and target of the entry point. Resources without health checks are left out.",
    answers: {
      200: {
        description: 'The health of each endpoint and target.',
        schema: entryPointHealthSchema,
        example: ENTRY_POINT_HEALTH,
      },
    },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/openapi.json': {
    id: 'getOpenapi',
    tag: 'Gatehouse',
    summary: 'Get this document',
    description: 'The description of this API, generated from the schemas that validate requests.',
    answers: { 200: { description: 'An OpenAPI 3.1 document.' } },
    problems: [],
  },
  'GET /v1/schemas/{schema}': {
    id: 'getSchema',
    tag: 'Gatehouse',
    summary: 'Get the schema of an event',
    description:
      'The schema of the `detail` of an event: `entry-point-requested`, `entry-point-request-rejected` or `job-status-changed`.',
    answers: { 200: { description: 'A self-contained JSON Schema (2020-12).' } },
    problems: ['SchemaNotFound'],
  },
  'GET /v1/health': {
    id: 'getHealth',
    tag: 'Gatehouse',
    summary: 'Check the health of Gatehouse',
    description: 'Reads the table of Gatehouse, without which it can serve nothing. Requires no identity.',
    answers: { 200: { description: 'Gatehouse can serve requests.', schema: healthSchema, example: HEALTH } },
    problems: [],
  },
};
