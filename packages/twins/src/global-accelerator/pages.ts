// Pages of a list: 10 items by default. A token names the list and the last item shown, so items that are added or
// removed between two pages neither repeat nor hide others; once that item is removed the token is stale.
import { createHash } from 'node:crypto';
import type { Context } from '../shared/cloud.ts';
import { cloudError } from './errors.ts';
import { emptyNextToken } from './switches.ts';

export interface Page {
  MaxResults?: number;
  NextToken?: string;
}

export function pageOf<Item>(
  all: Item[],
  { MaxResults = 10, NextToken }: Page,
  list: { of: string; arnOf: (item: Item) => string; context: Context },
): { items: Item[]; NextToken?: string } {
  const tokenOf = (item: Item) =>
    createHash('sha256')
      .update(`${list.of}\n${list.arnOf(item)}`)
      .digest('base64url');

  let start = 0;
  const isFirst = NextToken === '' && list.context.setting(emptyNextToken) === 'firstPage';
  if (NextToken !== undefined && !isFirst) {
    start = all.findIndex(item => tokenOf(item) === NextToken) + 1;
    if (start === 0) throw cloudError('InvalidNextTokenException', 'The NextToken is not valid');
  }
  const items = all.slice(start, start + MaxResults);
  const last = items.at(-1);
  const isMore = start + MaxResults < all.length;
  return last !== undefined && isMore ? { items, NextToken: tokenOf(last) } : { items };
}
