// The schemas that validate, as JSON Schemas for other programs: the OpenAPI document, events, editors. A schema with an `id` in
// its metadata becomes a definition of that name. Only what every reader of JSON Schema knows remains; keywords of our own
// begin with `x-`.
import * as z from 'zod';

export type Json = Record<string, unknown>;

export interface JsonSchemas {
  /** By the names that were given. A named schema is a reference. */
  schemas: Record<string, Json>;
  /** Every named schema that they need. */
  named: Record<string, Json>;
}

/**
 * `io`: a request before its defaults are filled in, or an answer, to which later versions can add members. `refs`: the prefix
 * of references.
 */
export function jsonSchemas(
  given: Record<string, z.ZodType>,
  {
    io,
    refs,
    target = 'draft-2020-12',
  }: { io: 'input' | 'output'; refs: string; target?: 'draft-2020-12' | 'draft-7' },
): JsonSchemas {
  const made: Json = z.toJSONSchema(z.strictObject(given), { io, target });
  const whole = portable(made, io);
  const definitions = target === 'draft-7' ? 'definitions' : '$defs';
  const named: unknown = whole[definitions] ?? {};
  const referring = JSON.stringify({ schemas: whole['properties'], named }).replaceAll(
    `"#/${definitions}/`,
    `"${refs}`,
  );
  return JSON.parse(referring);
}

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const ONE = ['items', 'additionalProperties', 'propertyNames', 'not'];
const LIST = ['oneOf', 'anyOf', 'allOf', 'prefixItems'];
const BY_NAME = ['properties', '$defs', 'definitions'];

function portable(schema: Json, io: 'input' | 'output'): Json {
  const { pattern: _, ...rest } = schema;
  // Of an instant, the format says more than the pattern.
  const given = rest['format'] === 'date-time' ? rest : schema;
  return Object.fromEntries(
    Object.entries(given).flatMap(([keyword, value]) => keywords(keyword, value, io)),
  );
}

function keywords(keyword: string, value: unknown, io: 'input' | 'output'): [string, unknown][] {
  const inner = (each: unknown) => (isSchema(each) ? portable(each, io) : each);
  if (keyword === 'id') return [];
  if (keyword === 'inPlace') return [['x-in-place', value]];
  if (keyword === 'unit') return [['x-unit', value]];
  if (keyword === 'pattern') return patterns(String(value));
  if (keyword === 'format') return FORMATS.includes(String(value)) ? [[keyword, value]] : [];
  // Zod states the bounds of safe integers, which say nothing about the member.
  if (value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER) return [];
  if (keyword === 'additionalProperties' && value === false && io === 'output') return [];
  if (LIST.includes(keyword) && Array.isArray(value)) return [[keyword, value.map(inner)]];
  if (BY_NAME.includes(keyword) && isSchema(value)) {
    return [[keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]))]];
  }
  return [[keyword, ONE.includes(keyword) ? inner(value) : value]];
}

/** The formats of JSON Schema that are used here. */
const FORMATS = ['date-time', 'ipv4', 'ipv6'];

/**
 * Regular expressions of Python have no classes of Unicode, those of Go no look-around. Without its negative look-ahead, a
 * pattern accepts more; Gatehouse still applies the exact one, which is in `x-pattern`.
 */
function patterns(exact: string): [string, string][] {
  const wider = exact.replaceAll(/\(\?!(?:[^()[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*\)/g, '');
  const isPortable = !/\\[pP]\{|\(\?[=!<]/.test(wider);
  return [
    ...(isPortable ? ([['pattern', wider]] as [string, string][]) : []),
    ...(wider === exact && isPortable ? [] : ([['x-pattern', exact]] as [string, string][])),
  ];
}

function isSchema(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
