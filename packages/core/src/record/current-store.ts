// A store that converts items of earlier versions to today's when it reads them.
import type { IndexName, Key, Store, Stored, StoredAt } from '../ports/ports.ts';
import { current } from './older.ts';
import { INVENTORY } from './records.ts';

/** Every write has today's version. Code above this store sees no other version. */
export function currentStore(store: Store): Store {
  const read = <T>({ sk }: Key<T>, stored: Stored<T> | undefined): Stored<T> | undefined =>
    stored && { ...stored, value: current(sk, stored.value) as T };
  return {
    get: async key => read(key, await store.get(key)),
    async many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>> {
      const found = await store.many(keys);
      return keys.map((key, index) => read(key, found[index])) as StoredAt<K>;
    },
    all: async pk =>
      (await store.all(pk)).map(({ sk, stored }) => ({
        sk,
        stored: { ...stored, value: current(sk, stored.value) },
      })),
    put: async (key, value, version, index) => {
      const written = await store.put(key, value, version, index);
      return written.written ? written : { written: false, current: read(key, written.current) };
    },
    remove: async (key, version) => {
      const removed = await store.remove(key, version);
      return removed.written ? removed : { written: false, current: read(key, removed.current) };
    },
    async list<T>(index: IndexName, of: string, page: { limit: number; after?: string }) {
      const listed = await store.list<T>(index, of, page);
      const sk = of === INVENTORY ? 'ENTRYPOINT' : 'JOB';
      return { ...listed, items: listed.items.map(item => current(sk, item) as T) };
    },
  };
}
