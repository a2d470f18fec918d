// Paging, the same for every list: page sizes are bounded; page tokens are opaque, and bound to the filters that they
// were made for.
import { TerminalError } from '@gatehouse/core/errors';
import type { Mistake } from '@gatehouse/core/mistakes';
import type { Page } from '@gatehouse/core/ports';
import type { ApiAnswer } from './http.ts';
import { problem } from './problem.ts';

const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

export interface Paging {
  pageSize: number;
  after?: string;
}

const STALE_TOKEN = {
  pointer: '/pageToken',
  detail: 'is not of a page with these filters; start over without it',
};

/** `filters`: the list's own parameters, by name; an empty list of mistakes says that the query can be answered. */
export function readPaging(
  query: Record<string, string>,
  filters: readonly string[],
): { paging: Paging; mistakes: Mistake[] } {
  const { pageSize: size, pageToken: token } = query;
  const known = [...filters, 'pageSize', 'pageToken'];
  const pageSize = size === undefined ? DEFAULT_PAGE_SIZE : /^\d+$/.test(size) ? Number(size) : 0;
  const after = token === undefined ? undefined : readToken(query, filters, token);
  const mistakes: Mistake[] = Object.keys(query)
    .filter(name => !known.includes(name))
    .map(name => ({ pointer: `/${name}`, detail: `is not a parameter; known are ${known.join(', ')}` }));
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
    mistakes.push({ pointer: '/pageSize', detail: `is a whole number from 1 to ${MAX_PAGE_SIZE}` });
  }
  if (token !== undefined && after === undefined) mistakes.push(STALE_TOKEN);
  return { paging: { pageSize, ...(after ? { after } : {}) }, mistakes };
}

/** The page as an answer, each item as `show` shows it. */
export async function pageAnswer<T>(
  query: Record<string, string>,
  filters: readonly string[],
  found: Promise<Page<T>>,
  show: (item: T) => unknown,
): Promise<ApiAnswer> {
  const page = await found.catch(refusedToken);
  if (!page) return problem('InvalidRequest', 'the query is not valid', { errors: [STALE_TOKEN] });
  const nextPageToken = page.next && writeToken(query, filters, page.next);
  return { status: 200, body: { items: page.items.map(show), ...(nextPageToken ? { nextPageToken } : {}) } };
}

/** A token that was forged so well that only the table sees it. */
function refusedToken(thrown: unknown): undefined {
  if (thrown instanceof TerminalError && thrown.code === 'InvalidRequest') return undefined;
  throw thrown;
}

function writeToken(query: Record<string, string>, filters: readonly string[], next: string): string {
  return Buffer.from(JSON.stringify({ of: boundTo(query, filters), next })).toString('base64url');
}

/** Where to go on; undefined for what is no token of ours or belongs to other filters. */
function readToken(
  query: Record<string, string>,
  filters: readonly string[],
  token: string,
): string | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof read !== 'object' || read === null || !('of' in read) || !('next' in read)) return undefined;
    return read.of === boundTo(query, filters) && typeof read.next === 'string' ? read.next : undefined;
  } catch {
    return undefined;
  }
}

function boundTo(query: Record<string, string>, filters: readonly string[]): string {
  return JSON.stringify(filters.map(name => [name, query[name] ?? '']));
}
