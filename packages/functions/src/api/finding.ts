// A page of what an index holds, the newest first, of which only some is looked for. How much one answer reads is
// bounded, so that a page may be short, even empty, and have a next one all the same.
import type { IndexName, Page, Store } from '@gatehouse/core/ports';

/** Reads of the index for one answer; what they did not reach is the next page's. */
const MAX_READS = 10;

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
  let next = wanted.after;
  for (let reads = 0; reads < MAX_READS && items.length < pageSize; reads++) {
    const limit = pageSize - items.length;
    const page = await store.list<T>(index, of, { limit, ...(next ? { after: next } : {}) });
    const young = page.items.filter(item => madeAt(item) > createdAfter);
    items.push(...young.filter(matches));
    // Newest first: after one that is too old there is nothing more.
    next = young.length < page.items.length ? undefined : page.next;
    if (!next) break;
  }
  return next ? { items, next } : { items };
}
