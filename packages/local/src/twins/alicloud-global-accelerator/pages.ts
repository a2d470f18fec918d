// Pages of a list by number, with the total as it is at that moment: what comes or goes between two pages
// shifts the rest, as it does in the API.
import type { Context } from '../cloud.ts';
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

export function inOrder<Item>(items: Item[], context: Context): Item[] {
  return context.setting(listOrder) === 'newestFirst' ? items.toReversed() : items;
}
