// The table in memory, for sweeps that run thousands of jobs. It passes the same contract tests as the store on
// DynamoDB.
import { TerminalError } from '@gatehouse/core/ports/errors';
import type {
  IndexEntry,
  IndexName,
  Key,
  Listed,
  Store,
  Stored,
  StoredAt,
  Written,
} from '@gatehouse/core/ports/ports';

/** As in DynamoDB, which counts a value differently by a few percent. */
const MAX_ITEM_BYTES = 400 * 1024;

interface Row {
  pk: string;
  sk: string;
  version: number;
  json: string;
  index: IndexEntry | undefined;
}

/** One item of the table, in DynamoDB's form. */
export interface Item {
  pk: string;
  sk: string;
  value: unknown;
  index?: IndexEntry;
}

/** A store that can list all its items. */
export interface MemoryStore extends Store {
  /** The whole table, oldest item first. */
  items(): Item[];
}

/** An empty table. */
export function memoryStore(): MemoryStore {
  const rows = new Map<string, Row>();
  const idOf = ({ pk, sk }: { pk: string; sk: string }) => `${pk}\n${sk}`;
  const stored = <T>(row: Row): Stored<T> => ({ value: JSON.parse(row.json) as T, version: row.version });

  function conditionally<T>(key: Key<T>, version: number, write: () => Written<T>): Written<T> {
    const row = rows.get(idOf(key));
    if ((row?.version ?? 0) === version) return write();
    return { written: false, current: row ? stored<T>(row) : undefined };
  }

  return {
    items: () =>
      [...rows.values()].map(({ pk, sk, json, index }) => {
        return { pk, sk, value: JSON.parse(json), ...(index ? { index } : {}) };
      }),
    async get<T>(key: Key<T>) {
      const row = rows.get(idOf(key));
      return row ? stored<T>(row) : undefined;
    },
    async many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>> {
      return keys.map(key => {
        const row = rows.get(idOf(key));
        return row && stored(row);
      }) as StoredAt<K>;
    },
    async all(pk) {
      const found = [...rows.values()].filter(row => row.pk === pk);
      return found
        .toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
        .map(row => ({ sk: row.sk, stored: stored<unknown>(row) }));
    },
    async put<T>(key: Key<T>, value: T, version: number, index?: IndexEntry) {
      return conditionally(key, version, () => {
        const json = JSON.stringify(value);
        if (Buffer.byteLength(json) > MAX_ITEM_BYTES)
          throw new TerminalError('InvalidRequest', 'the item is too large');
        const row = { pk: key.pk, sk: key.sk, version: version + 1, json, index };
        rows.set(idOf(key), row);
        return { written: true, version: version + 1 };
      });
    },
    async remove<T>(key: Key<T>, version: number) {
      const outcome = conditionally(key, version, () => {
        rows.delete(idOf(key));
        return { written: true, version: 0 };
      });
      return outcome.written || outcome.current ? outcome : { written: true, version: 0 };
    },
    async list<T>(
      index: IndexName,
      of: string,
      { limit, after }: { limit: number; after?: string },
    ): Promise<Listed<T>> {
      const found = [...rows.values()]
        .filter(row => row.index?.[index] === of)
        .toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))
        .filter(row => after === undefined || orderOf(row) < after);
      const page = found.slice(0, limit);
      const items = page.map(row => stored<T>(row).value);
      const places = page.map(orderOf);
      const next = found.length > limit ? places.at(-1) : undefined;
      return { items, places, ...(next === undefined ? {} : { next }) };
    },
  };
}

function orderOf(row: Row): string {
  return row.index?.order ?? '';
}
