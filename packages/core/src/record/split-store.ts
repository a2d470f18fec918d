// A store for values of any size. DynamoDB limits an item to 400 KB; a larger value is kept in several items, its parts. They
// are written first, under the next version of the item and the hash of their content; the one conditional write of the item itself,
// which then refers to them, is the commit point. Code above this store sees whole values only.
import { bytesOf } from '../json/validation-issues.ts';
import { RetryableError } from '../ports/errors.ts';
import type { IndexName, Key, Store, Stored, StoredAt, Written } from '../ports/ports.ts';
import { sha256 } from './token.ts';

/**
 * The largest value, as JSON, that stays in one item. DynamoDB counts a value differently, at most half as much again: three
 * bytes for a digit in a list, which is two in JSON.
 */
export const MAX_WHOLE_BYTES = 256 * 1024;
/** Of a part, in characters, each of which has at most three bytes. */
const PART_LENGTH = 128 * 1024;
/** Of items whose parts were replaced while they were being read. */
const MAX_READS = 10;
/** Of keys whose parts are remembered, to be deleted once they are replaced. */
const MAX_REMEMBERED = 100;

/** The parts of an item: `id` is of one version and its content. */
interface Parts extends Key<unknown> {
  id: string;
  count: number;
}

interface Part {
  text: string;
}

/** What the item holds instead of its value. No record has a member of this name. */
interface Head {
  $parts: Parts;
}

export function splitStore(store: Store): Store {
  /** The parts that an item had at a version, as last read or written here. */
  const remembered = new Map<string, { version: number; parts: Parts }>();

  /** A list has no versions of its items. */
  function remember(parts: Parts, version: number): void {
    if (version === 0) return;
    const name = nameOf(parts);
    remembered.delete(name);
    remembered.set(name, { version, parts });
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  /** Nothing refers to them any more, so a failure or a crash leaves nothing but a few unused items, until they are collected. */
  async function removeParts(keys: readonly Key<unknown>[]): Promise<void> {
    await Promise.allSettled(keys.map(key => store.remove(key, 1)));
  }

  /** Deletes what writers have left that died, or that had not read what they replaced. `all`: everything under a partition key. */
  async function collectParts(pk: string, all: readonly Listed[]): Promise<void> {
    const unused = unusedParts(all);
    if (unused.length > 0) await removeParts(unused.map(({ sk }) => ({ pk, sk })));
  }

  async function writeParts(text: string, parts: Parts): Promise<void> {
    const texts = textsOf(text);
    // Equal keys have equal texts, so an existing part is as good as a written one.
    await Promise.all(keysOf(parts).map((key, index) => store.put(key, { text: texts[index] }, 0)));
  }

  /** The value of an item. If its parts were replaced in the meantime, the item is read again. `read`: parts that were read with it. */
  async function whole<T>(
    stored: Stored<T> | undefined,
    read?: ReadonlyMap<string, string>,
  ): Promise<Stored<T> | undefined> {
    let now = stored;
    for (let reads = 0; reads < MAX_READS; reads++) {
      const parts = partsOf(now?.value);
      if (now === undefined || parts === undefined) return now;
      const texts = (reads === 0 && textsIn(read, parts)) || (await readTexts(parts));
      if (texts) {
        remember(parts, now.version);
        return { ...now, value: JSON.parse(texts.join('')) };
      }
      now = await store.get<T>({ pk: parts.pk, sk: parts.sk });
    }
    throw new RetryableError('Busy', 'an item changed each time it was read');
  }

  async function readTexts(parts: Parts): Promise<string[] | undefined> {
    const found = await store.many(keysOf(parts));
    const texts = found.flatMap(part => (part ? [part.value.text] : []));
    return texts.length === parts.count ? texts : undefined;
  }

  /** A write that fails has no need of its parts, unless another one has written the same. */
  async function conditionally<T>(parts: Parts | undefined, written: Written<T>): Promise<Written<T>> {
    if (written.written) return written;
    if (parts && partsOf(written.current?.value)?.id !== parts.id) await removeParts(keysOf(parts));
    return { written: false, current: await whole(written.current) };
  }

  /** After a write that replaced a version of the item. */
  async function replaced(key: Key<unknown>, version: number): Promise<void> {
    const before = remembered.get(nameOf(key));
    if (before?.version !== version) return;
    remembered.delete(nameOf(key));
    await removeParts(keysOf(before.parts));
  }

  return {
    get: async key => whole(await store.get(key)),
    async many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>> {
      const found: readonly (Stored<unknown> | undefined)[] = await store.many(keys);
      return (await Promise.all(found.map(stored => whole(stored)))) as StoredAt<K>;
    },
    async all(pk) {
      const all = await store.all(pk);
      await collectParts(pk, all);
      const [parts, items] = partitioned(all);
      const read = await Promise.all(
        items.map(async ({ sk, stored }) => ({ sk, stored: await whole(stored, parts) })),
      );
      return read.flatMap(({ sk, stored }) => (stored ? [{ sk, stored }] : []));
    },
    async put(key, value, version, index) {
      const text = JSON.stringify(value);
      if (bytesOf(text) <= MAX_WHOLE_BYTES) {
        const written = await conditionally(undefined, await store.put(key, value, version, index));
        if (written.written) await replaced(key, version);
        return written;
      }
      const { pk, sk } = key;
      const id = `${version + 1}-${sha256(text).slice(0, 32)}`;
      const parts = { pk, sk, id, count: textsOf(text).length };
      await writeParts(text, parts);
      const head: Head = { $parts: parts };
      const written = await conditionally(parts, await store.put({ pk, sk }, head, version, index));
      if (!written.written)
        return { written: false, current: written.current as Stored<typeof value> | undefined };
      await replaced(key, version);
      await collectParts(pk, await store.all(pk));
      remember(parts, written.version);
      return written;
    },
    async remove(key, version) {
      const removed = await conditionally(undefined, await store.remove(key, version));
      if (removed.written) await replaced(key, version);
      return removed;
    },
    async list<T>(index: IndexName, of: string, page: { limit: number; after?: string }) {
      const { items, places, ...rest } = await store.list<T>(index, of, page);
      const read = await Promise.all(items.map(value => whole({ value, version: 0 })));
      return {
        ...rest,
        items: read.flatMap(stored => (stored ? [stored.value] : [])),
        places: places.filter((_, at) => read[at] !== undefined),
      };
    },
  };
}

function partsOf(value: unknown): Parts | undefined {
  return typeof value === 'object' && value !== null && '$parts' in value
    ? (value as Head).$parts
    : undefined;
}

function keysOf({ pk, sk, id, count }: Parts): Key<Part>[] {
  return Array.from({ length: count }, (_, at) => ({ pk, sk: `${sk}${PART}${id}#${at}` }));
}

const PART = '#PART#';

type Listed = { sk: string; stored: Stored<unknown> };

/** The texts of all parts by their sort keys, and the items that are no parts. */
function partitioned(all: readonly Listed[]): [ReadonlyMap<string, string>, Listed[]] {
  const isPart = ({ sk }: Listed) => sk.includes(PART);
  const parts = all.filter(isPart).map(({ sk, stored }) => [sk, (stored.value as Part).text] as const);
  return [new Map(parts), all.filter(item => !isPart(item))];
}

/**
 * Parts of the present version of an item or of an earlier one, to which the item does not refer. The writer of a next version may
 * be at work on all others, and so may that of an item that does not exist yet.
 */
function unusedParts(all: readonly Listed[]): Listed[] {
  const bySk = new Map(all.map(({ sk, stored }) => [sk, stored]));
  return all.filter(({ sk }) => {
    const [of = '', part = ''] = sk.split(PART);
    const item = bySk.get(of);
    if (part === '' || !item) return false;
    const [id = ''] = part.split('#');
    return Number.parseInt(id, 10) <= item.version && partsOf(item.value)?.id !== id;
  });
}

function textsIn(read: ReadonlyMap<string, string> | undefined, parts: Parts): string[] | undefined {
  const texts = keysOf(parts).flatMap(({ sk }) => read?.get(sk) ?? []);
  return texts.length === parts.count ? texts : undefined;
}

/** No part ends within a surrogate pair. */
function textsOf(text: string): string[] {
  const texts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const last = text.charCodeAt(from + PART_LENGTH - 1);
    const to = from + PART_LENGTH - (last >= 0xd800 && last < 0xdc00 ? 1 : 0);
    texts.push(text.slice(from, to));
    from = to;
  }
  return texts;
}

function nameOf({ pk, sk }: Key<unknown>): string {
  return `${pk}\n${sk}`;
}
