// The one contract of core's Store port: the table in memory and the one in DynamoDB are the same to core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IndexEntry, IndexName, Key, Store } from '@gatehouse/core/ports/ports';

export interface StoreUnderTest {
  name: string;
  /** A store of its own for every test: no test sees what another wrote. */
  open(): Promise<Store>;
}

const key = (sk = 'JOB', pk = 'JOB#1'): Key<unknown> => ({ pk, sk });

const VALUES: [what: string, value: unknown][] = [
  ['zero', { weight: 0 }],
  ['false', { enabled: false }],
  ['an empty list', { items: [] }],
  ['an empty object', { options: {} }],
  ['an empty text', { text: '' }],
  ['null', { before: null }],
  ['a fraction', { dial: 33.3 }],
  ['a large whole number', { bytes: Number.MAX_SAFE_INTEGER }],
  ['a negative number', { shift: -1.5 }],
  ['texts of many scripts', { text: 'Zürich, 東京, 🦫, e\u0301, \u2028' }],
  ['members with odd names', { 'a.b': 1, '#c': 2, ':d': 3, ' ': 4, pk: 'x', version: 9 }],
  ['nesting', { a: [{ b: [[1, 0], []], c: { d: null, e: [false, ''] } }] }],
  ['a list of mixed values', { list: [0, '', false, null, {}, []] }],
];

export function storeContract({ name, open }: StoreUnderTest): void {
  const check = (fact: string, run: (store: Store) => Promise<void>) =>
    test(`${name}: ${fact}`, async () => run(await open()));

  check('an item that nobody wrote is absent', async store => {
    assert.equal(await store.get(key()), undefined);
    assert.deepEqual(await store.all('JOB#1'), []);
  });

  check('an item is written first at version 0 and stands at version 1', async store => {
    assert.deepEqual(await store.put(key(), { a: 1 }, 0), { written: true, version: 1 });
    assert.deepEqual(await store.get(key()), { value: { a: 1 }, version: 1 });
  });

  check('several items are read at once, in the order in which they are asked for', async store => {
    await store.put({ pk: 'JOB#1', sk: 'A' }, { a: 1 }, 0);
    await store.put({ pk: 'JOB#2', sk: 'B' }, { b: 2 }, 0);
    const [one, none, other, again] = await store.many([
      { pk: 'JOB#2', sk: 'B' },
      { pk: 'JOB#1', sk: 'B' },
      { pk: 'JOB#1', sk: 'A' },
      { pk: 'JOB#2', sk: 'B' },
    ]);
    assert.deepEqual(one, { value: { b: 2 }, version: 1 });
    assert.equal(none, undefined);
    assert.deepEqual(other, { value: { a: 1 }, version: 1 });
    assert.deepEqual(again, one);
    assert.deepEqual(await store.many([]), []);
  });

  check('more items than one call takes are read all the same', async store => {
    const keys = Array.from({ length: 130 }, (_, at) => ({ pk: 'JOB#1', sk: `LEDGER#${at}` }));
    await Promise.all(keys.map((each, at) => store.put(each, { at }, 0)));
    assert.deepEqual(
      (await store.many(keys)).map(found => found?.value),
      keys.map((_, at) => ({ at })),
    );
  });

  check('every write raises the version by one and replaces the whole value', async store => {
    await store.put(key(), { a: 1, b: 2 }, 0);
    assert.deepEqual(await store.put(key(), { c: 3 }, 1), { written: true, version: 2 });
    assert.deepEqual(await store.get(key()), { value: { c: 3 }, version: 2 });
  });

  check('a write at another version changes nothing and says what stands', async store => {
    await store.put(key(), { a: 1 }, 0);
    await store.put(key(), { a: 2 }, 1);
    const standing = { value: { a: 2 }, version: 2 };
    for (const version of [0, 1, 3]) {
      assert.deepEqual(
        await store.put(key(), { a: 'lost' }, version),
        { written: false, current: standing },
        `${version}`,
      );
    }
    assert.deepEqual(await store.get(key()), standing);
  });

  check('a write at a version of an item that is absent changes nothing and says so', async store => {
    assert.deepEqual(await store.put(key(), { a: 1 }, 4), { written: false, current: undefined });
    assert.equal(await store.get(key()), undefined);
  });

  check('of many writes at one version exactly one wins, and the others are told who', async store => {
    for (const version of [0, 1]) {
      const writers = Array.from({ length: 20 }, (_, writer) => ({ writer, version }));
      const outcomes = await Promise.all(writers.map(value => store.put(key(), value, version)));
      const winners = writers.filter((_, at) => outcomes[at]?.written);
      assert.equal(winners.length, 1, `at version ${version}`);
      const standing = { value: winners[0], version: version + 1 };
      for (const outcome of outcomes) {
        if (!outcome.written) assert.deepEqual(outcome.current, standing);
      }
      assert.deepEqual(await store.get(key()), standing);
    }
  });

  check('two writes of one value at one version are one win and one loss', async store => {
    const same = await Promise.all([store.put(key(), { a: 1 }, 0), store.put(key(), { a: 1 }, 0)]);
    assert.deepEqual(same.map(({ written }) => written).toSorted(), [false, true]);
  });

  check('items are told apart by both halves of their key', async store => {
    await store.put(key('A'), 'one', 0);
    await store.put(key('B'), 'two', 0);
    await store.put(key('A', 'JOB#2'), 'three', 0);
    const values = await Promise.all([key('A'), key('B'), key('A', 'JOB#2')].map(each => store.get(each)));
    assert.deepEqual(
      values.map(stored => stored?.value),
      ['one', 'two', 'three'],
    );
  });

  check('an item is removed at its version and is then absent, and can be written anew', async store => {
    await store.put(key(), { a: 1 }, 0);
    await store.put(key(), { a: 2 }, 1);
    assert.equal((await store.remove(key(), 2)).written, true);
    assert.equal(await store.get(key()), undefined);
    assert.deepEqual(await store.put(key(), { a: 3 }, 0), { written: true, version: 1 });
  });

  check('a removal at another version removes nothing and says what stands', async store => {
    await store.put(key(), { a: 1 }, 0);
    await store.put(key(), { a: 2 }, 1);
    const standing = { value: { a: 2 }, version: 2 };
    for (const version of [1, 3]) {
      assert.deepEqual(await store.remove(key(), version), { written: false, current: standing });
    }
    assert.deepEqual(await store.get(key()), standing);
  });

  check('a removal of what is gone already is a removal', async store => {
    assert.equal((await store.remove(key(), 3)).written, true);
    await store.put(key(), { a: 1 }, 0);
    await store.remove(key(), 1);
    assert.equal((await store.remove(key(), 1)).written, true);
  });

  for (const [what, value] of VALUES) {
    check(`${what} survives the round trip`, async store => {
      await store.put(key(), value, 0);
      assert.deepEqual(await store.get(key()), { value, version: 1 });
      assert.deepEqual(await store.all('JOB#1'), [{ sk: 'JOB', stored: { value, version: 1 } }]);
      const lost = await store.put(key(), 'another', 7);
      assert.deepEqual(lost, { written: false, current: { value, version: 1 } });
    });
  }

  check('members that are undefined are absent afterwards, at every depth', async store => {
    await store.put(key(), { a: undefined, b: 1, c: { d: undefined, e: [{ f: undefined, g: 0 }] } }, 0);
    const read = await store.get(key());
    assert.deepEqual(read?.value, { b: 1, c: { e: [{ g: 0 }] } });
  });

  check('a value is a copy: what its writer does with it later is not stored', async store => {
    const value = { list: [1] };
    await store.put(key(), value, 0);
    value.list.push(2);
    const read = await store.get(key());
    assert.deepEqual(read?.value, { list: [1] });
  });

  check('everything under one partition comes in order of the sort keys', async store => {
    const sorted = ['JOB', 'LEDGER#a', 'LEDGER#a-2', 'LEDGER#b', 'PLAN', 'REQUEST', 'a', 'ä'];
    for (const sk of sorted.toReversed()) await store.put(key(sk), { sk }, 0);
    await store.put(key('ELSEWHERE', 'JOB#10'), {}, 0);
    const all = await store.all('JOB#1');
    assert.deepEqual(
      all.map(({ sk }) => sk),
      sorted,
    );
    assert.deepEqual(all[1], { sk: 'LEDGER#a', stored: { value: { sk: 'LEDGER#a' }, version: 1 } });
  });

  check('everything under one partition is everything, beyond a page of 1 MB', async store => {
    const text = 'x'.repeat(300_000);
    const sks = Array.from({ length: 9 }, (_, at) => `LEDGER#${at}`);
    for (const sk of sks) await store.put(key(sk), { sk, text }, 0);
    const all = await store.all('JOB#1');
    assert.deepEqual(
      all.map(({ sk }) => sk),
      sks,
    );
    assert.ok(all.every(({ stored }) => JSON.stringify(stored.value).length > 300_000));
  });

  check('an item of more than 400 KB is refused, and not written', async store => {
    const refusal = { name: 'TerminalError', code: 'InvalidRequest' };
    await assert.rejects(store.put(key(), { text: 'x'.repeat(410 * 1024) }, 0), refusal);
    assert.equal(await store.get(key()), undefined);
  });

  check('a list is newest first', async store => {
    for (const at of [2, 1, 3]) await putJob(store, at, { list: 'jobs' });
    assert.deepEqual(await listAll(store, 'list', 'jobs', 10), [3, 2, 1]);
  });

  check('a list goes on page by page, to the end, each item once', async store => {
    for (let at = 1; at <= 7; at++) await putJob(store, at, { list: 'jobs' });
    for (const limit of [1, 2, 3, 7, 8]) {
      assert.deepEqual(await listAll(store, 'list', 'jobs', limit), [7, 6, 5, 4, 3, 2, 1], `by ${limit}`);
    }
    const first = await store.list('list', 'jobs', { limit: 3 });
    assert.equal(first.items.length, 3);
    assert.equal(typeof first.next, 'string');
  });

  check('a list goes on after any item of a page', async store => {
    for (let at = 1; at <= 5; at++) await putJob(store, at, { list: 'jobs', status: 'RUNNING' });
    for (const [index, of] of [
      ['list', 'jobs'],
      ['status', 'RUNNING'],
    ] as const) {
      const { places } = await store.list(index, of, { limit: 5 });
      assert.equal(places.length, 5);
      for (const [at, after] of places.entries()) {
        const rest = await store.list<{ at: number }>(index, of, { limit: 10, after });
        assert.deepEqual(
          rest.items.map(item => item.at),
          [5, 4, 3, 2, 1].slice(at + 1),
        );
      }
    }
  });

  check('a page goes on where it ended, whatever came or went meanwhile', async store => {
    for (let at = 1; at <= 6; at++) await putJob(store, at, { list: 'jobs' });
    const first = await store.list<{ at: number }>('list', 'jobs', { limit: 2 });
    assert.deepEqual(
      first.items.map(({ at }) => at),
      [6, 5],
    );
    await putJob(store, 9, { list: 'jobs' });
    await store.remove(key('JOB', 'JOB#5'), 1);
    const after = first.next;
    assert.ok(after);
    const second = await store.list<{ at: number }>('list', 'jobs', { limit: 10, after });
    assert.deepEqual(
      second.items.map(({ at }) => at),
      [4, 3, 2, 1],
    );
  });

  check('any text is a position in a list, and no text is a failure', async store => {
    for (let at = 1; at <= 3; at++) await putJob(store, at, { list: 'jobs' });
    for (const [after, rest] of [
      ['0', []],
      ['2026-03-01T12:00:02', [1]],
      ['2026-03-01T12:00:02.000Z#job-2', [1]],
      ['{"pk":1}', [3, 2, 1]],
      ['\u{1f9ab}', [3, 2, 1]],
    ] as const) {
      const page = await store.list<{ at: number }>('list', 'jobs', { limit: 10, after });
      assert.deepEqual(
        page.items.map(({ at }) => at),
        rest,
        after,
      );
    }
  });

  check('a list of hundreds of items is complete and in order, whatever the page', async store => {
    const all = Array.from({ length: 300 }, (_, at) => String(at).padStart(4, '0'));
    await Promise.all(
      all.map(at =>
        store.put({ pk: `JOB#${at}`, sk: 'JOB' }, { at: Number(at) }, 0, { list: 'jobs', order: at }),
      ),
    );
    for (const limit of [7, 100, 1000])
      assert.deepEqual(await listAll(store, 'list', 'jobs', limit), all.map(Number).reverse(), `by ${limit}`);
  });

  check('an index holds what was written under its value only', async store => {
    await putJob(store, 1, { list: 'jobs', status: 'RUNNING', entryPoint: 'a-1', open: 'open' });
    await putJob(store, 2, { list: 'jobs', status: 'FAILED', entryPoint: 'a-1' });
    await putJob(store, 3, { list: 'jobs', status: 'RUNNING', entryPoint: 'b-1', open: 'open' });
    await store.put(key('PLAN', 'JOB#3'), { at: 3 }, 0);
    assert.deepEqual(await listAll(store, 'list', 'jobs', 10), [3, 2, 1]);
    assert.deepEqual(await listAll(store, 'status', 'RUNNING', 10), [3, 1]);
    assert.deepEqual(await listAll(store, 'status', 'SUCCEEDED', 10), []);
    assert.deepEqual(await listAll(store, 'entryPoint', 'a-1', 10), [2, 1]);
    assert.deepEqual(await listAll(store, 'open', 'open', 10), [3, 1]);
  });

  check(
    'the open index is sparse: a job leaves it when it closes, and a status when it changes',
    async store => {
      await putJob(store, 1, { list: 'jobs', status: 'RUNNING', open: 'open' });
      await putJob(store, 2, { list: 'jobs', status: 'RUNNING', open: 'open' });
      await putJob(store, 1, { list: 'jobs', status: 'SUCCEEDED' }, 1);
      assert.deepEqual(await listAll(store, 'open', 'open', 10), [2]);
      assert.deepEqual(await listAll(store, 'status', 'RUNNING', 10), [2]);
      assert.deepEqual(await listAll(store, 'status', 'SUCCEEDED', 10), [1]);
      assert.deepEqual(await listAll(store, 'list', 'jobs', 10), [2, 1]);
    },
  );

  check('a removed item leaves the indexes', async store => {
    await putJob(store, 1, { list: 'jobs', open: 'open' });
    await store.remove(key('JOB', 'JOB#1'), 1);
    assert.deepEqual(await listAll(store, 'list', 'jobs', 10), []);
  });
}

function putJob(store: Store, at: number, index: Omit<IndexEntry, 'order'>, version = 0) {
  const order = `2026-03-01T12:00:0${at}.000Z#job-${at}`;
  return store.put(key('JOB', `JOB#${at}`), { at }, version, { ...index, order });
}

async function listAll(store: Store, index: IndexName, of: string, limit: number): Promise<number[]> {
  const found: number[] = [];
  let after: string | undefined;
  do {
    const page = await store.list<{ at: number }>(index, of, { limit, ...(after ? { after } : {}) });
    assert.ok(page.items.length <= limit, 'no page is longer than asked');
    found.push(...page.items.map(({ at }) => at));
    after = page.next;
  } while (after);
  return found;
}
