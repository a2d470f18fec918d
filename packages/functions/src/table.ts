// The one table: its keys and indexes, as data, for the code that creates it. dynamodb-store.ts describes its items.
import type { IndexName } from '@gatehouse/core/ports/ports';

export const TABLE_KEYS = { hash: 'pk', range: 'sk' } as const;

/** Each index and the attribute of its hash key; all sort by INDEX_ORDER and contain the whole item. */
export const INDEXES: Record<IndexName, string> = {
  list: 'inList',
  status: 'inStatus',
  entryPoint: 'inEntryPoint',
  open: 'inOpen',
};

export const INDEX_ORDER = 'order';
