// What one invocation remembers of the table: it spares reads before conditional writes, and nothing is decided by it alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Key, Store } from '@gatehouse/core/ports/ports';
import { change } from '@gatehouse/core/record/records';
import { rememberingStore } from '@gatehouse/core/record/remembering-store';
import { memoryStore } from '../world/memory-store.ts';

const KEY: Key<number> = { pk: 'COUNTER', sk: 'COUNTER' };
const plusOne = (value = 0) => value + 1;

/** A table with a counter, its reads counted, and one invocation's view of it. */
function counter() {
  const table = memoryStore();
  const reads: string[] = [];
  const counted: Store = {
    ...table,
    get: key => {
      reads.push(key.sk);
      return table.get(key);
    },
  };
  return { table, reads, store: rememberingStore(counted) };
}

test('a change of an item that was read or written before takes no read', async () => {
  const { store, reads, table } = counter();
  await store.get(KEY);
  for (let n = 0; n < 3; n++) await change(store, KEY, plusOne);
  assert.deepEqual(reads, ['COUNTER']);
  assert.equal((await table.get(KEY))?.value, 3);
});

test('an item of a partition that was read whole and has none is known to be absent', async () => {
  const { store, reads } = counter();
  await store.all('COUNTER');
  assert.equal(await change(store, KEY, plusOne), 1);
  assert.deepEqual(reads, []);
});

test('after a lost race, the change starts from the current item', async () => {
  const { store, table } = counter();
  await store.get(KEY);
  await table.put(KEY, 41, 0);
  assert.equal(await change(store, KEY, plusOne), 42);
});

test('an item that stays unchanged is read, because the cached one can be outdated', async () => {
  const { store, table } = counter();
  await store.get(KEY);
  await table.put(KEY, 5, 0);
  const seen: (number | undefined)[] = [];
  const after = await change(store, KEY, value => {
    seen.push(value);
    return undefined;
  });
  assert.equal(after, 5);
  assert.deepEqual(seen, [undefined, 5]);
});

test('to refuse, it is read, too', async () => {
  const { store, table } = counter();
  await store.get(KEY);
  await table.put(KEY, 5, 0);
  const onlyFromFive = (value: number | undefined) => {
    if (value !== 5) throw new Error(`refused at ${value}`);
    return 6;
  };
  assert.equal(await change(store, KEY, onlyFromFive), 6);
  await assert.rejects(change(store, KEY, onlyFromFive), /refused at 6/);
});
