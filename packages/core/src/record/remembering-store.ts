// A store for one invocation, which caches each item as it was last read or written. So a conditional write needs no other read:
// if the item has changed in the meantime, the write fails and returns the current item.
import type { Key, Store, Stored, StoredAt } from '../ports/ports.ts';

interface Known {
  stored: Stored<unknown> | undefined;
}

/** The ports of one invocation. */
export function forOneInvocation<P extends { store: Store }>(ports: P): P {
  return { ...ports, store: rememberingStore(ports.store) };
}

export function rememberingStore(store: Store): Store {
  const items = new Map<string, Known>();
  /** Partitions that were read completely: an item that is not in `items` does not exist. */
  const whole = new Set<string>();
  const nameOf = ({ pk, sk }: Key<unknown>) => `${pk}\n${sk}`;
  const remember = <T>(key: Key<T>, stored: Stored<T> | undefined): Stored<T> | undefined => {
    items.set(nameOf(key), { stored });
    return stored;
  };
  return {
    get: async key => remember(key, await store.get(key)),
    async many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>> {
      const found = await store.many(keys);
      for (const [index, key] of keys.entries()) remember(key, found[index]);
      return found;
    },
    async all(pk) {
      const found = await store.all(pk);
      for (const { sk, stored } of found) remember({ pk, sk }, stored);
      whole.add(pk);
      return found;
    },
    async put(key, value, version, index) {
      const written = await store.put(key, value, version, index);
      remember(key, written.written ? { value, version: written.version } : written.current);
      return written;
    },
    async remove(key, version) {
      const removed = await store.remove(key, version);
      remember(key, removed.written ? undefined : removed.current);
      return removed;
    },
    list: store.list,
    known<T>(key: Key<T>) {
      const known = items.get(nameOf(key)) ?? (whole.has(key.pk) ? { stored: undefined } : undefined);
      return known as { stored: Stored<T> | undefined } | undefined;
    },
  };
}
