// GET /v1/schemas/{schema}: the JSON Schema of an event's detail, generated from the schema that validates it. It is the
// same for everyone, so it requires no identity.

import { shortened } from '@gatehouse/core/json/validation-issues';
import {
  entryPointRequestedSchema,
  jobStatusChangedSchema,
  requestRejectedSchema,
} from '@gatehouse/core/record/bus-events';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, open } from './http.ts';
import { type Json, standaloneSchema } from './json-schemas.ts';
import { problem } from './problem.ts';

/** By detail type, in kebab-case. */
export const EVENT_SCHEMAS = {
  'entry-point-requested': () => standaloneSchema(entryPointRequestedSchema, 'input'),
  'entry-point-request-rejected': () => standaloneSchema(requestRejectedSchema, 'output'),
  'job-status-changed': () => standaloneSchema(jobStatusChangedSchema, 'output'),
} as const satisfies Record<string, () => Json>;

const schemas = new Map<string, () => Json>(Object.entries(EVENT_SCHEMAS));

export async function getSchema({ parameters }: Pick<ApiRequest, 'parameters'>): Promise<ApiAnswer<Json>> {
  const name = parameters['schema'] ?? '';
  const made = schemas.get(name);
  if (!made) {
    return problem(
      'SchemaNotFound',
      `the schema ${shortened(name)} does not exist; the schemas are ${[...schemas.keys()].join(', ')}`,
    );
  }
  const headers = { 'content-type': 'application/schema+json', 'cache-control': 'public, max-age=300' };
  return { status: 200, headers, body: { $id: `urn:gatehouse:schema:${name}:1`, ...made() } };
}

export const handler = open(getSchema);
