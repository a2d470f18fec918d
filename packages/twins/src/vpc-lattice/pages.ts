// Pages of a list, in the order of its keys. A token contains the last key shown, so items that are added or removed
// between two pages neither repeat nor hide others.
import { InputError } from '../shared/input.ts';

export interface Page {
  maxResults?: number;
  nextToken?: string;
}

const tokenPrefix = 'after ';

export function pageOf<Item>(
  all: Item[],
  { maxResults = 100, nextToken }: Page,
  keyOf: (item: Item) => string,
): { items: Item[]; nextToken?: string } {
  const after = nextToken === undefined ? '' : keyIn(nextToken);
  const left = all
    .map(item => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = left.slice(0, maxResults);
  const items = page.map(({ item }) => item);
  const last = page.at(-1);
  return last && left.length > page.length ? { items, nextToken: tokenAfter(last.key) } : { items };
}

function tokenAfter(key: string): string {
  return Buffer.from(`${tokenPrefix}${key}`).toString('base64url');
}

function keyIn(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(tokenPrefix))
    throw new InputError('constraint', 'nextToken', 'be a token of an earlier answer');
  return text.slice(tokenPrefix.length);
}
