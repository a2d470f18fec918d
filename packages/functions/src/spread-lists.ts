// The lists of the table, spread over the partitions of their indexes. DynamoDB takes 1,000 write units a second per partition
// of an index, and holds back writes to the whole table beyond that. So an index key has a shard after its value, such as
// `jobs#a`, and a list merges its shards. All sort by `order`, so the position in a list is the order of its last item.
import type { Key, Listed } from '@gatehouse/core/ports/ports';
import { sha256 } from '@gatehouse/core/record/token';

/** The hexadecimal digits. docs/deploy.md adds up how many jobs a second they carry. */
const SHARDS = [...'0123456789abcdef'];

/** The key of an item in an index. Items of one value differ in their shards by their partition keys. */
export function spreadKey(value: string, { pk }: Pick<Key<unknown>, 'pk'>): string {
  return `${value}#${sha256(pk)[0]}`;
}

/** Whether a key in an index is of an earlier version, which had one partition for all items of a value. */
export function isUnspread(key: string): boolean {
  return !key.includes('#');
}

/** Every key under which the items of a value can be. The first is that of earlier versions. */
export function keysOfList(value: string): string[] {
  return [value, ...SHARDS.map(shard => `${value}#${shard}`)];
}

export interface Ordered<T> {
  order: string;
  value: T;
}

/** The items of one key after a position, newest first. `isMore`: there can be further ones. */
export type ReadKey<T> = (
  key: string,
  page: { limit: number; after: string | undefined },
) => Promise<{ items: Ordered<T>[]; isMore: boolean }>;

interface Reading<T> {
  key: string;
  items: Ordered<T>[];
  isMore: boolean;
  after: string | undefined;
  limit: number;
}

/** A page of a list: the newest items of all keys after a position, newest first. */
export async function listSpread<T>(
  keys: readonly string[],
  { limit, after }: { limit: number; after?: string },
  read: ReadKey<T>,
): Promise<Listed<T>> {
  const first = Math.min(limit, Math.ceil(limit / keys.length) + 3);
  const readings = keys.map((key): Reading<T> => ({ key, items: [], isMore: true, after, limit: first }));
  const page: Ordered<T>[] = [];
  while (page.length < limit) {
    const empty = readings.filter(({ items, isMore }) => items.length === 0 && isMore);
    await Promise.all(empty.map(reading => readOn(reading, read, limit)));
    const newest = newestOf(readings)?.items.shift();
    if (newest === undefined) break;
    // While an item moves from one key to another, both can have it.
    if (newest.order !== page.at(-1)?.order) page.push(newest);
  }
  return asListed(
    page,
    readings.some(({ items, isMore }) => items.length > 0 || isMore),
  );
}

async function readOn<T>(reading: Reading<T>, read: ReadKey<T>, most: number): Promise<void> {
  const { items, isMore } = await read(reading.key, reading);
  reading.items = items;
  reading.isMore = isMore && items.length > 0;
  reading.after = items.at(-1)?.order ?? reading.after;
  reading.limit = Math.min(most, reading.limit * 2);
}

function newestOf<T>(readings: readonly Reading<T>[]): Reading<T> | undefined {
  const orderOf = ({ items }: Reading<T>) => items[0]?.order ?? '';
  return readings
    .filter(({ items }) => items.length > 0)
    .reduce<Reading<T> | undefined>(
      (newest, each) => (newest && orderOf(newest) >= orderOf(each) ? newest : each),
      undefined,
    );
}

function asListed<T>(page: readonly Ordered<T>[], isMore: boolean): Listed<T> {
  const next = page.at(-1)?.order;
  return {
    items: page.map(({ value }) => value),
    places: page.map(({ order }) => order),
    ...(isMore && next !== undefined ? { next } : {}),
  };
}
