// The one table: its keys and indexes, as data, for whoever creates it. What lies in it: dynamodb-store.ts.
import type { IndexName } from '@gatehouse/core/ports/ports';

export const TABLE_KEYS = { hash: 'pk', range: 'sk' } as const;

/** Each index and the attribute that it hashes by; all sort by INDEX_ORDER and carry the whole item. */
export const INDEXES: Record<IndexName, string> = {
  list: 'inList',
  status: 'inStatus',
  entryPoint: 'inEntryPoint',
  open: 'inOpen',
};

export const INDEX_ORDER = 'order';
