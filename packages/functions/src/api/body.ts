// A request's body, JSON or YAML, read by its schema; or the problem that says what is wrong with it.
import { type ParsedBody, parseBody } from '@gatehouse/core/json/body';
import { plainValue } from '@gatehouse/core/json/plain-value';
import { schemaMistakes } from '@gatehouse/core/json/schema-mistakes';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './http.ts';
import { problem } from './problem.ts';

export type ReadBody<Body> = { ok: true; body: Body } | { ok: false; answer: ApiAnswer<never> };

/** For a body that may be left out, and then is an empty object. */
export async function readBody<Schema extends z.ZodType>(
  schema: Schema,
  { body, headers }: ApiRequest,
): Promise<ReadBody<z.output<Schema>>> {
  const parsed: ParsedBody =
    body === '' ? { ok: true, value: {} } : await parseBody(body, headers['content-type']);
  if (!parsed.ok) return { ok: false, answer: notParsed(parsed) };
  const { value, mistakes: notPlain } = plainValue(parsed.value);
  const read = schema.safeParse(value);
  if (read.success && notPlain.length === 0) return { ok: true, body: read.data };
  const errors = [...notPlain, ...(read.success ? [] : schemaMistakes(read.error, schema, value))];
  return {
    ok: false,
    answer: problem('InvalidRequest', 'the body is not valid; nothing was done', { errors }),
  };
}

/** A body that says nothing that could be judged: too large, of an unknown type, or broken. */
export function notParsed({ because, mistakes }: Extract<ParsedBody, { ok: false }>): ApiAnswer<never> {
  const [first] = mistakes;
  if (because === 'tooLarge')
    return problem('BodyTooLarge', first?.detail ?? 'send less', { errors: mistakes });
  if (because === 'unsupportedType')
    return problem('UnsupportedMediaType', first?.detail ?? 'send JSON or YAML', { errors: mistakes });
  return problem('InvalidRequest', 'the body is not well formed; nothing was written', { errors: mistakes });
}
