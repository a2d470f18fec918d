// The one table: on demand, encrypted, restorable to any second of the last 35 days. Its items do not expire;
// docs/deploy.md gives the reasons. After a restore, it is the restored table: docs/operate.md has the steps.
import { INDEX_ATTRIBUTES, INDEX_ORDER, INDEXES, TABLE_KEYS } from '@gatehouse/functions/table';
import type { Ground } from './ground.ts';

export interface Storage {
  table: sst.aws.Dynamo;
}

export function deployStorage({ settings }: Ground): Storage {
  if (settings.table !== undefined) return { table: sst.aws.Dynamo.get('RestoredTable', settings.table) };
  const { hash, range } = TABLE_KEYS;
  const attributes = [hash, range, INDEX_ORDER, ...INDEX_ATTRIBUTES];
  const table = new sst.aws.Dynamo('Table', {
    fields: Object.fromEntries(attributes.map(name => [name, 'string' as const])),
    primaryIndex: { hashKey: hash, rangeKey: range },
    globalIndexes: Object.fromEntries(
      Object.entries(INDEXES).map(([name, { attribute }]) => [
        name,
        { hashKey: attribute, rangeKey: INDEX_ORDER },
      ]),
    ),
    deletionProtection: settings.keepTable,
    transform: { table: { serverSideEncryption: { enabled: true } } },
  });
  return { table };
}
