// The schemas of the API as the JSON Schemas of the OpenAPI document and of the events.
import { type Json, jsonSchemas } from '@gatehouse/core/json/json-schema';
import type * as z from 'zod';

export type { Json };

type Io = 'input' | 'output';

const COMPONENTS = '#/components/schemas/';

/** Every named schema that these need, in the OpenAPI document. */
export function namedSchemas(schemas: readonly z.ZodType[], io: Io): Record<string, Json> {
  const given = Object.fromEntries(schemas.map((schema, index) => [String(index), schema]));
  const { named } = jsonSchemas(given, { io, refs: COMPONENTS });
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, anyCloud(schema)]));
}

/** A request without a cloud is for AWS. As the discriminating member is optional, the schema cannot be a `oneOf`. */
function anyCloud(schema: Json): Json {
  const { oneOf, ...rest } = schema;
  const refs = Array.isArray(oneOf) ? oneOf.map(({ $ref }) => $ref) : [];
  return refs.includes(`${COMPONENTS}AwsRequest`) ? { ...rest, anyOf: oneOf } : schema;
}

/** A reference to a named schema; any other schema as it is, with references to named schemas in it. */
export function jsonSchema(schema: z.ZodType, io: Io): Json {
  return jsonSchemas({ schema }, { io, refs: COMPONENTS }).schemas['schema'] ?? {};
}

/** A schema with every schema that it refers to, so that it can be used alone. */
export function standaloneSchema(schema: z.ZodType, io: Io): Json {
  const { schemas, named } = jsonSchemas({ schema }, { io, refs: '#/$defs/' });
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schemas['schema'], $defs: named };
}

export function described(schema: z.ZodType): { schema: Json; description: string } {
  const { description = '', ...rest } = jsonSchema(schema, 'input');
  return { schema: rest, description: String(description) };
}
