// Lists whose filters no index answers: full pages wherever what is looked for lies, and a bound to what one page reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '@gatehouse/core/ports/ports';
import { findPage } from '@gatehouse/functions/api/finding';
import { memoryStore } from '../world/memory-store.ts';

interface Item {
  n: number;
  at: string;
}

async function storeOf(count: number): Promise<{ store: Store; reads: () => number }> {
  const memory = memoryStore();
  let read = 0;
  for (let n = 1; n <= count; n++) {
    const at = String(n).padStart(6, '0');
    await memory.put({ pk: at, sk: 'JOB' }, { n, at }, 0, { list: 'jobs', order: at });
  }
  const list: Store['list'] = (index, of, page) => {
    read += page.limit;
    return memory.list(index, of, page);
  };
  return { store: { ...memory, list }, reads: () => read };
}

function wanted(matches: (n: number) => boolean, pageSize: number, after?: string, createdAfter?: string) {
  const of = { index: 'list', of: 'jobs', pageSize, after, createdAfter } as const;
  return { ...of, matches: ({ n }: Item) => matches(n), madeAt: ({ at }: Item) => at };
}

test('a page is full, however few of the read items match, and the next one continues after its last item', async () => {
  const { store } = await storeOf(900);
  const sevenths = (n: number) => n % 7 === 0;
  const pages: number[][] = [];
  let after: string | undefined;
  do {
    const page = await findPage(store, wanted(sevenths, 20, after));
    pages.push(page.items.map(({ n }) => n));
    after = page.next;
  } while (after !== undefined);
  const all = Array.from({ length: 128 }, (_, at) => 896 - 7 * at);
  assert.deepEqual(pages.flat(), all);
  assert.ok(pages.slice(0, -1).every(page => page.length === 20));
});

test('the only one among 900 is found by one answer', async () => {
  const { store } = await storeOf(900);
  const page = await findPage(
    store,
    wanted(n => n === 3, 1),
  );
  assert.deepEqual(
    page.items.map(({ n }) => n),
    [3],
  );
});

test('one response reads a thousand items at most; the next page has the rest', async () => {
  const { store, reads } = await storeOf(1500);
  const none = await findPage(
    store,
    wanted(n => n === 3, 20),
  );
  assert.deepEqual(none.items, []);
  assert.ok(reads() <= 1000);
  const next = await findPage(
    store,
    wanted(n => n === 3, 20, none.next),
  );
  assert.deepEqual([next.items.map(({ n }) => n), next.next], [[3], undefined]);
});

test('a list without filters reads only the items that it shows, and its last page has no cursor', async () => {
  const { store, reads } = await storeOf(40);
  const first = await findPage(
    store,
    wanted(() => true, 20),
  );
  assert.equal(reads(), 20);
  const last = await findPage(
    store,
    wanted(() => true, 20, first.next),
  );
  assert.deepEqual([last.items.length, last.next], [20, undefined]);
});

test('nothing is read beyond the instant after which it was to be made', async () => {
  const { store, reads } = await storeOf(1500);
  const page = await findPage(
    store,
    wanted(() => true, 20, undefined, '001490'),
  );
  assert.deepEqual([page.items.length, page.next, reads()], [10, undefined, 20]);
});
