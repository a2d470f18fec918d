// The one table: its keys and indexes, as data, for the code that creates it. dynamodb-store.ts describes its items.
import type { IndexName } from '@gatehouse/core/ports/ports';

export const TABLE_KEYS = { hash: 'pk', range: 'sk' } as const;

interface Index {
  /** Of its hash key. */
  attribute: string;
  /** Whether the items of one value are spread over several hash keys: spread-lists.ts. The jobs of one entry point are few. */
  isSpread: boolean;
}

/** All sort by INDEX_ORDER and contain the whole item. A further list is another value in `list`, and needs no other index. */
export const INDEXES: Record<IndexName, Index> = {
  list: { attribute: 'inList', isSpread: true },
  status: { attribute: 'inStatus', isSpread: true },
  entryPoint: { attribute: 'inEntryPoint', isSpread: false },
  open: { attribute: 'inOpen', isSpread: true },
};

export const INDEX_ORDER = 'order';

/** The attributes of all hash keys of indexes. */
export const INDEX_ATTRIBUTES = Object.values(INDEXES).map(({ attribute }) => attribute);
