// Pages over a list that is sorted by a number of each item. The token is the number of the last item of the page, so
// that the next page is right even if items are added, removed or filtered out.
import { WireError } from '../http/aws-json.ts';
import { type Body, optionalString, pageSize } from './members.ts';

export interface Page<T> {
  items: T[];
  nextToken?: string;
}

export interface Listing<T> {
  sorted: T[];
  numberOf(item: T): number;
  order: 'ascending' | 'descending';
}

export function page<T>(body: Body, { sorted, numberOf, order }: Listing<T>): Page<T> {
  const size = pageSize(body);
  const token = optionalString(body, 'nextToken');
  const given = token === undefined ? undefined : lastGiven(token);
  const comes = (item: T, number: number) =>
    order === 'ascending' ? numberOf(item) > number : numberOf(item) < number;
  const rest = given === undefined ? sorted : sorted.filter(item => comes(item, given));
  const items = rest.slice(0, size);
  const last = items.at(-1);
  if (last === undefined || rest.length <= size) return { items };
  return { items, nextToken: Buffer.from(`after:${numberOf(last)}`).toString('base64url') };
}

function lastGiven(token: string): number {
  const found = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (found?.[1]) return Number(found[1]);
  throw new WireError('InvalidToken', `Invalid Token: '${token}'`);
}
