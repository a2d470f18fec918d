// Reads the body of a request, JSON or YAML, with its schema, or returns the problem to answer.
import { type ParsedBody, parseBody } from '@gatehouse/core/json/body';
import { plainValue } from '@gatehouse/core/json/plain-value';
import { schemaIssues } from '@gatehouse/core/json/schema-issues';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './http.ts';
import { problem } from './problem.ts';

export type ReadBody<Body> = { ok: true; body: Body } | { ok: false; answer: ApiAnswer<never> };

/** An omitted body counts as an empty object. */
export async function readBody<Schema extends z.ZodType>(
  schema: Schema,
  { body, headers }: ApiRequest,
): Promise<ReadBody<z.output<Schema>>> {
  const parsed: ParsedBody =
    body === '' ? { ok: true, value: {} } : await parseBody(body, headers['content-type']);
  if (!parsed.ok) return { ok: false, answer: notParsed(parsed) };
  const { value, issues: notPlain } = plainValue(parsed.value);
  const read = schema.safeParse(value);
  if (read.success && notPlain.length === 0) return { ok: true, body: read.data };
  const errors = [...notPlain, ...(read.success ? [] : schemaIssues(read.error, schema, value))];
  return {
    ok: false,
    answer: problem('InvalidRequest', 'the body is not valid; nothing was changed', { errors }),
  };
}

/** For a body that cannot be validated: too large, of an unsupported type, or malformed. */
export function notParsed({ reason, issues }: Extract<ParsedBody, { ok: false }>): ApiAnswer<never> {
  const [first] = issues;
  if (reason === 'tooLarge') return problem('BodyTooLarge', first?.detail ?? 'send less', { errors: issues });
  if (reason === 'unsupportedType')
    return problem('UnsupportedMediaType', first?.detail ?? 'send JSON or YAML', { errors: issues });
  return problem('InvalidRequest', 'the body is malformed; nothing was changed', { errors: issues });
}
