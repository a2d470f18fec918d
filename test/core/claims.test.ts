// Claims of natural keys: each has one entry point. Only the job that heads the queue of the entry point releases them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '@gatehouse/core/ports/ports';
import { claimAll, releaseClaims } from '@gatehouse/core/queue/inventory';
import { claimKey, queueKey } from '@gatehouse/core/record/records';
import { memoryStore } from '../world/memory-store.ts';

const KEY = 'listener/accelerator-1/TCP/443';
const QUEUE = 'entry-point/edge';
const settings = { region: 'eu-west-1' };
const first = { id: 'job-1', entryPoint: 'edge', claims: [KEY] };

async function headed(store: Store, ...jobs: string[]): Promise<void> {
  const version = (await store.get(queueKey(QUEUE)))?.version ?? 0;
  await store.put(queueKey(QUEUE), { name: QUEUE, jobs }, version);
}

const isCurrent = async () => true;
const ownerOf = async (store: Store) => (await store.get(claimKey(KEY)))?.value.entryPoint;

test('a claim of one entry point is refused to another until it is released', async () => {
  const store = memoryStore();
  await headed(store, 'job-1');
  assert.equal(await claimAll({ store }, 'edge', [KEY], isCurrent), undefined);
  assert.equal(
    await claimAll({ store }, 'edge', [KEY], isCurrent),
    undefined,
    'claiming twice is claiming once',
  );
  assert.deepEqual(await claimAll({ store }, 'voice', [KEY], isCurrent), { key: KEY, owner: 'edge' });
  await releaseClaims({ store, settings }, first);
  assert.equal(await ownerOf(store), undefined);
  assert.equal(await claimAll({ store }, 'voice', [KEY], isCurrent), undefined);
});

test('a job that does not head the queue of its entry point releases nothing', async () => {
  const store = memoryStore();
  await headed(store, 'job-2');
  await claimAll({ store }, 'edge', [KEY], isCurrent);
  await releaseClaims({ store, settings }, first);
  assert.equal(await ownerOf(store), 'edge');
});

test('a Lambda that stalls right before it releases a claim leaves the claim of the next job', async () => {
  const store = memoryStore();
  await headed(store, 'job-1');
  await claimAll({ store }, 'edge', [KEY], isCurrent);
  const stalling: Store = {
    ...store,
    async put(key, value, version, index) {
      // Another Lambda of the same end, and then the next job, are faster.
      await releaseClaims({ store, settings }, first);
      await headed(store, 'job-2');
      await claimAll({ store }, 'edge', [KEY], isCurrent);
      return store.put(key, value, version, index);
    },
  };
  await releaseClaims({ store: stalling, settings }, first);
  assert.equal(await ownerOf(store), 'edge');
});

test('a Lambda that stalls right before it claims gets nothing once its job has ended', async () => {
  const store = memoryStore();
  await headed(store, 'job-1');
  let ended = false;
  const stalling: Store = {
    ...store,
    async put(key, value, version, index) {
      if (!ended) {
        ended = true;
        await releaseClaims({ store, settings }, first);
      }
      return store.put(key, value, version, index);
    },
  };
  assert.equal(await claimAll({ store: stalling }, 'edge', [KEY], async () => !ended), undefined);
  assert.equal(await ownerOf(store), undefined);
});

test('a Lambda whose job ends right before it reads the claims gets nothing', async () => {
  const store = memoryStore();
  await headed(store, 'job-1');
  let ended = false;
  const stalling: Store = {
    ...store,
    async many(keys) {
      // From here on no write conflicts with the write of the Lambda.
      await releaseClaims({ store, settings }, first);
      ended = true;
      return store.many(keys);
    },
  };
  assert.equal(await claimAll({ store: stalling }, 'edge', [KEY], async () => !ended), undefined);
  assert.equal(await ownerOf(store), undefined, 'no job would release it');
});
