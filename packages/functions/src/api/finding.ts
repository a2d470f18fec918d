// A page of what an index holds, the newest first, of which only some is looked for. How much one answer reads is
// bounded: only what lies further apart than that makes a page short, or even empty, with a next one all the same.
import type { IndexName, Page, Store } from '@gatehouse/core/ports/ports';

/** Items that one answer looks at, at most, in reads of so many: ours, a second or two of the table's time. */
const MOST_READS = 10;
const READ_AT_ONCE = 100;

export interface LookedFor<T> {
  index: IndexName;
  of: string;
  pageSize: number;
  after: string | undefined;
  matches(item: T): boolean;
  /** When an item was made, and the instant before which nothing is looked for. */
  madeAt(item: T): string;
  createdAfter: string | undefined;
}

export async function findPage<T>(store: Store, wanted: LookedFor<T>): Promise<Page<T>> {
  const { index, of, pageSize, matches, madeAt, createdAfter = '' } = wanted;
  const items: T[] = [];
  const upTo = (next: string | undefined): Page<T> => (next === undefined ? { items } : { items, next });
  let next = wanted.after;
  for (let reads = 0; reads < MOST_READS; reads++) {
    // Most lists leave nothing out, and are done with the first read.
    const limit = reads === 0 ? pageSize : READ_AT_ONCE;
    const read = await store.list<T>(index, of, { limit, ...(next === undefined ? {} : { after: next }) });
    for (const [at, item] of read.items.entries()) {
      // Newest first: after one that is too old there is nothing more.
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
