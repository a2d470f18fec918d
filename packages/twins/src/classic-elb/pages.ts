// Pages of a list: 400 by default. A marker stands for the last item shown. An empty one asks for the first
// page, as an empty one says that there is no further page.
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
