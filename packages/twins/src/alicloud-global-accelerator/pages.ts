// Pages of a list, by number or by token, with the present total. By number, items that are added or removed between
// two pages shift the others; a token names the last item shown.
import { createHash } from 'node:crypto';
import type { Context } from '../shared/cloud.ts';
import { illegal } from './errors.ts';
import { listOrder } from './switches.ts';

export interface NumberedPage {
  PageNumber?: number;
  PageSize?: number;
}

export function numberedPage<Item>(
  all: Item[],
  { PageNumber = 1, PageSize = 10 }: NumberedPage,
  context: Context,
): { items: Item[]; PageNumber: number; PageSize: number; TotalCount: number } {
  const items = inOrder(all, context).slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
  return { items, PageNumber, PageSize, TotalCount: all.length };
}

export interface TokenPage {
  MaxResults?: number;
  NextToken?: string;
}

export function tokenPage<Item>(
  all: Item[],
  { MaxResults = 20, NextToken }: TokenPage,
  list: { of: string; keyOf: (item: Item) => string },
): { items: Item[]; MaxResults: number; TotalCount: number; NextToken?: string } {
  const tokenOf = (item: Item) =>
    createHash('sha256')
      .update(`${list.of}\n${list.keyOf(item)}`)
      .digest('base64url');
  const start = NextToken ? all.findIndex(item => tokenOf(item) === NextToken) + 1 : 0;
  if (NextToken && start === 0) throw illegal('NextToken', 'be a token of an earlier answer');
  const items = all.slice(start, start + MaxResults);
  const last = items.at(-1);
  const isMore = last !== undefined && start + MaxResults < all.length;
  return { items, MaxResults, TotalCount: all.length, ...(isMore ? { NextToken: tokenOf(last) } : {}) };
}

export function inOrder<Item>(items: Item[], context: Context): Item[] {
  return context.setting(listOrder) === 'newestFirst' ? items.toReversed() : items;
}
