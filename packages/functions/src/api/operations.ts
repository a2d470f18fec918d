// Each route for who calls it: what it takes and what it answers. The compiler holds that every route of routes.ts is
// here; openapi.ts makes the document of it.
import { driftSchema } from '@gatehouse/core/api/answers';
import { entryPointPageSchema, entryPointSchema, healthSchema } from './answer-schemas.ts';
import { entryPointsQuery } from './asked-schemas.ts';
import { JOB_OPERATIONS } from './job-operations.ts';
import type { Operation } from './operation.ts';
import type { ApiRoute } from './routes.ts';
import { VERB_OPERATIONS } from './verb-operations.ts';

export const OPERATIONS: Record<ApiRoute, Operation> = {
  ...JOB_OPERATIONS,
  ...VERB_OPERATIONS,
  'GET /v1/entry-points': {
    id: 'listEntryPoints',
    tag: 'Entry points',
    summary: 'List what stands, the youngest first',
    query: entryPointsQuery,
    answers: { 200: { description: 'A page of entry points.', schema: entryPointPageSchema } },
    problems: ['InvalidRequest'],
  },
  'GET /v1/entry-points/{name}': {
    id: 'getEntryPoint',
    tag: 'Entry points',
    summary: 'Look at an entry point',
    answers: {
      200: { description: 'What stands, with every cloud id, and its last job.', schema: entryPointSchema },
    },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/entry-points/{name}/drift': {
    id: 'getDrift',
    tag: 'Entry points',
    summary: 'See what was changed behind the back of Gatehouse',
    description: 'Reads every resource of the entry point from its cloud, and compares it with what was set.',
    answers: { 200: { description: 'Every resource, member by member.', schema: driftSchema } },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/openapi.json': {
    id: 'getOpenapi',
    tag: 'Gatehouse',
    summary: 'This document',
    answers: { 200: { description: 'An OpenAPI 3.1 document.' } },
    problems: [],
  },
  'GET /v1/schemas/{schema}': {
    id: 'getSchema',
    tag: 'Gatehouse',
    summary: 'The schema of an event',
    description:
      'Of the `detail` of what goes over the event bus: `entry-point-requested`, `entry-point-request-rejected`, `job-status-changed`.',
    answers: { 200: { description: 'A JSON Schema (2020-12), complete in itself.' } },
    problems: ['SchemaNotFound'],
  },
  'GET /v1/health': {
    id: 'getHealth',
    tag: 'Gatehouse',
    summary: 'Whether Gatehouse can work right now',
    answers: { 200: { description: 'It can.', schema: healthSchema } },
    problems: [],
  },
};
