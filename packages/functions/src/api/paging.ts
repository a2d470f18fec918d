// Paging, the same for every list. A schema reads the query. Page tokens are opaque and bound to the filters that they were
// created for.

import { schemaIssues } from '@gatehouse/core/json/schema-issues';
import type { ValidationIssue } from '@gatehouse/core/json/validation-issues';
import type { Page } from '@gatehouse/core/ports/ports';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import { problem } from './problem.ts';

const STALE_TOKEN = {
  pointer: '/pageToken',
  detail: 'does not belong to these filters; start again without a page token',
};

/** The query of a list, with the position at which its page begins. */
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
  const issues = read.success ? [] : schemaIssues(read.error, schema, given);
  const isReported = issues.some(({ pointer }) => pointer === STALE_TOKEN.pointer);
  return { ok: false, answer: refused([...issues, ...(stale && !isReported ? [STALE_TOKEN] : [])]) };
}

export interface PageOf<Shown> {
  items: Shown[];
  nextPageToken?: string;
}

/** The page as an answer; `show` converts each item. */
export async function pageAnswer<T, Shown>(
  schema: z.ZodObject,
  given: Record<string, string>,
  found: Promise<Page<T>>,
  show: (item: T) => Shown,
): Promise<ApiAnswer<PageOf<Shown>>> {
  const page = await found;
  const nextPageToken = page.next && writeToken(schema, given, page.next);
  return { status: 200, body: { items: page.items.map(show), ...(nextPageToken ? { nextPageToken } : {}) } };
}

function refused(errors: ValidationIssue[]): ApiAnswer<never> {
  return problem('InvalidRequest', 'the query is not valid', { errors });
}

function writeToken(schema: z.ZodObject, given: Record<string, string>, next: string): string {
  return Buffer.from(JSON.stringify({ of: boundTo(schema, given), next })).toString('base64url');
}

/** What the items of every list are sorted by: an instant, and an id or a name. */
const PLACE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w-]{1,64}$/;

/** The position to continue from; undefined for a token that is not ours or belongs to other filters. */
function readToken(schema: z.ZodObject, given: Record<string, string>, token: string): string | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof read !== 'object' || read === null || !('of' in read) || !('next' in read)) return undefined;
    const { of, next } = read;
    return of === boundTo(schema, given) && typeof next === 'string' && PLACE.test(next) ? next : undefined;
  } catch {
    return undefined;
  }
}

function boundTo(schema: z.ZodObject, given: Record<string, string>): string {
  const filters = Object.keys(schema.shape).filter(name => name !== 'pageSize' && name !== 'pageToken');
  return JSON.stringify(filters.map(name => [name, given[name] ?? '']));
}
