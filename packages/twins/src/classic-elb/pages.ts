// Pages of a list: 400 items by default. A marker names the last item shown. An empty marker in a request asks for the
// first page; in an answer it means that there is no further page.
import type { Context } from '../shared/cloud.ts';
import { cloudError } from './errors.ts';
import type { Page } from './requests.ts';
import { lastMarker } from './switches.ts';

export function pageOf<Item>(
  all: Item[],
  { Marker = '', PageSize = 400 }: Page,
  nameOf: (item: Item) => string,
  context: Context,
): { items: Item[]; NextMarker?: string } {
  const markerOf = (item: Item) => Buffer.from(nameOf(item)).toString('base64url');
  const start = Marker === '' ? 0 : all.findIndex(item => markerOf(item) === Marker) + 1;
  if (Marker !== '' && start === 0) throw cloudError('ValidationError', 'The Marker is not valid');

  const items = all.slice(start, start + PageSize);
  const last = items.at(-1);
  const isMore = start + PageSize < all.length;
  if (last !== undefined && isMore) return { items, NextMarker: markerOf(last) };
  return context.setting(lastMarker) === 'absent' ? { items } : { items, NextMarker: '' };
}
