// Paging, the same for every list: the query is read by its schema; page tokens are opaque, and bound to the filters
// that they were made for.

import type { Mistake } from '@gatehouse/core/json/mistakes';
import { schemaMistakes } from '@gatehouse/core/json/schema-mistakes';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { Page } from '@gatehouse/core/ports/ports';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import { problem } from './problem.ts';

const STALE_TOKEN = {
  pointer: '/pageToken',
  detail: 'is not of a page with these filters; start over without it',
};

/** A query of a list, with where its page begins. */
export type Asked<Query> =
  | { ok: true; query: Query; after: string | undefined }
  | { ok: false; answer: ApiAnswer<never> };

export function readQuery<Schema extends z.ZodObject>(
  schema: Schema,
  given: Record<string, string>,
): Asked<z.output<Schema>> {
  const read = schema.safeParse(given);
  const { pageToken } = given;
  const after = pageToken === undefined ? undefined : readToken(schema, given, pageToken);
  const stale = pageToken !== undefined && after === undefined;
  if (read.success && !stale) return { ok: true, query: read.data, after };
  const mistakes = read.success ? [] : schemaMistakes(read.error, schema, given);
  const told = mistakes.some(({ pointer }) => pointer === STALE_TOKEN.pointer);
  return { ok: false, answer: refused([...mistakes, ...(stale && !told ? [STALE_TOKEN] : [])]) };
}

export interface PageOf<Shown> {
  items: Shown[];
  nextPageToken?: string;
}

/** The page as an answer, each item as `show` shows it. */
export async function pageAnswer<T, Shown>(
  schema: z.ZodObject,
  given: Record<string, string>,
  found: Promise<Page<T>>,
  show: (item: T) => Shown,
): Promise<ApiAnswer<PageOf<Shown>>> {
  const page = await found.catch(refusedToken);
  if (!page) return refused([STALE_TOKEN]);
  const nextPageToken = page.next && writeToken(schema, given, page.next);
  return { status: 200, body: { items: page.items.map(show), ...(nextPageToken ? { nextPageToken } : {}) } };
}

function refused(errors: Mistake[]): ApiAnswer<never> {
  return problem('InvalidRequest', 'the query is not valid', { errors });
}

/** A token that was forged so well that only the table sees it. */
function refusedToken(thrown: unknown): undefined {
  if (thrown instanceof TerminalError && thrown.code === 'InvalidRequest') return undefined;
  throw thrown;
}

function writeToken(schema: z.ZodObject, given: Record<string, string>, next: string): string {
  return Buffer.from(JSON.stringify({ of: boundTo(schema, given), next })).toString('base64url');
}

/** Where to go on; undefined for what is no token of ours or belongs to other filters. */
function readToken(schema: z.ZodObject, given: Record<string, string>, token: string): string | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof read !== 'object' || read === null || !('of' in read) || !('next' in read)) return undefined;
    return read.of === boundTo(schema, given) && typeof read.next === 'string' ? read.next : undefined;
  } catch {
    return undefined;
  }
}

function boundTo(schema: z.ZodObject, given: Record<string, string>): string {
  const filters = Object.keys(schema.shape).filter(name => name !== 'pageSize' && name !== 'pageToken');
  return JSON.stringify(filters.map(name => [name, given[name] ?? '']));
}
