// The contract of a store for values of any size: what the table refuses in one item is kept in several, and no caller and
// no crash ever sees a part of a value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Key, Store } from '@gatehouse/core/ports/ports';
import { MAX_WHOLE_BYTES, splitStore } from '@gatehouse/core/record/split-store';
import type { StoreUnderTest } from './store-contract.ts';

const PLAN: Key<unknown> = { pk: 'JOB#1', sk: 'PLAN' };

/** About `kilobytes` large, of characters that take one to four bytes, each unlike the next. */
function large(kilobytes: number, name = 'a'): { name: string; texts: string[] } {
  const text = (at: number) => `${at} Zürich, 東京, 🦫 ${'x'.repeat(990)}`;
  return { name, texts: Array.from({ length: kilobytes }, (_, at) => text(at)) };
}

/** A store whose writes and removals fail from the n-th on, as if the process had died there. */
function dyingAt(store: Store, n: number): { store: Store; calls: () => number } {
  let calls = 0;
  const alive = () => {
    if (calls++ >= n) throw new Error('dead');
  };
  return {
    calls: () => calls,
    store: {
      ...store,
      put: async (...write) => {
        alive();
        return store.put(...write);
      },
      remove: async (...removal) => {
        alive();
        return store.remove(...removal);
      },
    },
  };
}

/** The id of each part in the table. */
async function partsIn(table: Store, pk = PLAN.pk): Promise<string[]> {
  return (await table.all(pk)).flatMap(({ sk }) => sk.split('#PART#')[1]?.split('#')[0] ?? []);
}

export function largeValueContract({ name, open }: StoreUnderTest): void {
  const check = (fact: string, run: (store: Store, table: Store) => Promise<void>) =>
    test(`${name}: ${fact}`, async () => {
      const table = await open();
      await run(splitStore(table), table);
    });

  check('a value of 2 MB is read as it was written, by every kind of read', async (store, table) => {
    const value = large(2000);
    const index = { list: 'jobs', order: '1' };
    assert.deepEqual(await store.put(PLAN, value, 0, index), { written: true, version: 1 });
    const stored = { value, version: 1 };
    // Also by a process that has not written it.
    for (const reader of [store, splitStore(table)]) {
      assert.deepEqual(await reader.get(PLAN), stored);
      assert.deepEqual(await reader.many([PLAN, { pk: 'JOB#2', sk: 'PLAN' }, PLAN]), [
        stored,
        undefined,
        stored,
      ]);
      assert.deepEqual(await reader.all('JOB#1'), [{ sk: 'PLAN', stored }]);
      assert.deepEqual((await reader.list('list', 'jobs', { limit: 5 })).items, [value]);
      assert.deepEqual(await reader.put(PLAN, { small: 1 }, 0), { written: false, current: stored });
    }
  });

  check('a value that fits stays in one item, and one beyond it does not', async (store, table) => {
    const json = JSON.stringify({ text: '' }).length;
    await store.put(PLAN, { text: 'x'.repeat(MAX_WHOLE_BYTES - json) }, 0);
    assert.equal((await table.all('JOB#1')).length, 1);
    await store.put(PLAN, { text: 'x'.repeat(MAX_WHOLE_BYTES - json + 1) }, 1);
    assert.equal((await table.all('JOB#1')).length, 4, 'the item and three parts');
  });

  check('any value that stays in one item fits into the table', async store => {
    // What DynamoDB counts as most beside its JSON.
    const digits = { list: Array.from({ length: MAX_WHOLE_BYTES / 2 - 10 }, () => 7) };
    assert.equal((await store.put(PLAN, digits, 0)).written, true);
  });

  check(
    'a replaced value leaves no parts, nor does one that a small value replaces',
    async (store, table) => {
      await store.put(PLAN, large(600), 0);
      await store.put(PLAN, large(900), 1);
      assert.deepEqual(await store.get(PLAN), { value: large(900), version: 2 });
      assert.equal((await table.all('JOB#1')).length, 8);
      await store.put(PLAN, { small: 1 }, 2);
      assert.deepEqual(
        (await table.all('JOB#1')).map(({ sk }) => sk),
        ['PLAN'],
      );
    },
  );

  check('of many writes at one version exactly one wins, and its parts alone stay', async (store, table) => {
    for (const version of [0, 1]) {
      const values = ['a', 'b', 'c', 'a'].map(each => large(600, `${each}${version}`));
      const outcomes = await Promise.all(values.map(value => splitStore(table).put(PLAN, value, version)));
      const winners = values.filter((_, at) => outcomes[at]?.written);
      assert.equal(winners.length, 1);
      const standing = { value: winners[0], version: version + 1 };
      assert.deepEqual(await store.get(PLAN), standing);
      for (const outcome of outcomes) if (!outcome.written) assert.deepEqual(outcome.current, standing);
    }
    const parts = await partsIn(table);
    assert.deepEqual([parts.length, new Set(parts).size], [5, 1]);
  });

  check('a reader whose parts are replaced while it reads gets the newer value', async (store, table) => {
    await store.put(PLAN, large(600), 0);
    let isFirst = true;
    const late = splitStore({
      ...table,
      many: async keys => {
        if (isFirst) await store.put(PLAN, large(700), 1);
        isFirst = false;
        return table.many(keys);
      },
    });
    assert.deepEqual(await late.get(PLAN), { value: large(700), version: 2 });
  });

  check(
    'a death at any write leaves the old value or the new one, and the write can be repeated',
    async (_, table) => {
      for (let n = 0, died = true; died; n++) {
        const key = { pk: `JOB#${n}`, sk: 'PLAN' };
        await splitStore(table).put(key, large(500), 0);
        const dying = dyingAt(table, n);
        const store = splitStore(dying.store);
        const before = await store.get(key);
        await store.put(key, large(600), before?.version ?? 0).catch(() => undefined);
        died = dying.calls() > n;
        const after = await splitStore(table).get(key);
        assert.ok(after);
        assert.deepEqual(
          after,
          after.version === 1 ? { value: large(500), version: 1 } : { value: large(600), version: 2 },
        );
        await splitStore(table).put(key, large(600), after.version);
        assert.deepEqual(
          (await splitStore(table).all(key.pk)).map(({ stored }) => stored.value),
          [large(600)],
        );
      }
    },
  );

  for (const [what, next] of [
    ['the same', large(600)],
    ['another large one', large(700, 'b')],
    ['a small one', { small: 1 }],
  ] as const) {
    check(`a death at any write leaves no parts once ${what} is written and read`, async (_, table) => {
      for (const first of [0, 1]) {
        for (let n = 0, died = true; died; n++) {
          const key = { pk: `JOB#${first}-${n}`, sk: 'PLAN' };
          if (first > 0) await splitStore(table).put(key, large(500), 0);
          const dying = dyingAt(table, n);
          await splitStore(dying.store)
            .put(key, large(600), first)
            .catch(() => undefined);
          died = dying.calls() > n;
          const { version = 0 } = (await splitStore(table).get(key)) ?? {};
          await splitStore(table).put(key, next, version);
          const stored = { value: next, version: version + 1 };
          assert.deepEqual(await splitStore(table).all(key.pk), [{ sk: 'PLAN', stored }]);
          const parts = await partsIn(table, key.pk);
          assert.equal(new Set(parts).size, 'small' in next ? 0 : 1, `${n}: ${parts}`);
        }
      }
    });
  }

  check('the parts of a writer that is still at work stay', async (store, table) => {
    await store.put(PLAN, large(500), 0);
    const slow = splitStore({
      ...table,
      async put(key, value, version, index) {
        const isHead = key.sk === 'PLAN';
        if (isHead) await splitStore(table).all(PLAN.pk);
        return table.put(key, value, version, index);
      },
    });
    await slow.put(PLAN, large(600), 1);
    assert.deepEqual(await store.get(PLAN), { value: large(600), version: 2 });
  });
}
