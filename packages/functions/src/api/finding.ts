// A filtered page of an index, newest first. The number of items that one answer reads is bounded. If matching items are
// further apart than that, the page is short or even empty, and still has a next page.
import type { IndexName, Page, Store } from '@gatehouse/core/ports/ports';

/** The most reads per answer, and the items of each: our own bound, one or two seconds of the table's time. */
const MAX_READS = 10;
const READ_SIZE = 100;

export interface LookedFor<T> {
  index: IndexName;
  of: string;
  pageSize: number;
  after: string | undefined;
  matches(item: T): boolean;
  /** The instant at which an item was created. Items created at or before `createdAfter` are left out. */
  madeAt(item: T): string;
  createdAfter: string | undefined;
}

export async function findPage<T>(store: Store, wanted: LookedFor<T>): Promise<Page<T>> {
  const { index, of, pageSize, matches, madeAt, createdAfter = '' } = wanted;
  const items: T[] = [];
  const upTo = (next: string | undefined): Page<T> => (next === undefined ? { items } : { items, next });
  let next = wanted.after;
  for (let reads = 0; reads < MAX_READS; reads++) {
    // Most lists filter nothing out and need one read only.
    const limit = reads === 0 ? pageSize : READ_SIZE;
    const read = await store.list<T>(index, of, { limit, ...(next === undefined ? {} : { after: next }) });
    for (const [at, item] of read.items.entries()) {
      // The items are sorted newest first: every item after one that is too old is too old as well.
      if (madeAt(item) <= createdAfter) return upTo(undefined);
      if (matches(item)) items.push(item);
      if (items.length < pageSize) continue;
      return upTo(at === read.items.length - 1 ? read.next : read.places[at]);
    }
    next = read.next;
    if (next === undefined) break;
  }
  return upTo(next);
}
