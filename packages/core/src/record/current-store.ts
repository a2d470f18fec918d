// A store that reads items of earlier versions as those of today.
import type { Key, Store, Stored, StoredAt } from '../ports/ports.ts';
import { current } from './older.ts';

/** What is written is of today's version; a version in between is never seen. */
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
      return written.written ? written : { written: false, standing: read(key, written.standing) };
    },
    remove: async (key, version) => {
      const removed = await store.remove(key, version);
      return removed.written ? removed : { written: false, standing: read(key, removed.standing) };
    },
    // A list holds jobs or entry points, of which no list is asked for what has changed its name.
    list: store.list,
  };
}
