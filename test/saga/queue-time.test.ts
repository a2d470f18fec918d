// The time that a job can wait in its queues: after it, the job ends at the next check, and nothing of it was begun.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { jobOf, lineOf } from '../world/records.ts';
import { createWorld } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const VOICE = exampleNamed('voice-udp') as { entryPoint: string; listener: { acceleratorArn: string } };
const ACCELERATOR = `accelerator/${VOICE.listener.acceleratorArn}`;

/** On another port of the same accelerator. */
function other(port: number, queueSeconds?: number) {
  const { acceleratorArn } = VOICE.listener;
  const portRanges = [{ fromPort: port, toPort: port }];
  const options = queueSeconds === undefined ? {} : { queueSeconds };
  const listener = { acceleratorArn, protocol: 'TCP', portRanges };
  return { operation: 'provision', entryPoint: `edge-${port}`, options, listener };
}

/** One that holds the accelerator's line until it is cancelled: its listener cannot be looked at. */
async function heldWorld() {
  const world = createWorld({ hold: { call: 1, when: 'before' } });
  const holder = await world.submit(VOICE, 'holder');
  await world.held;
  return { world, holder };
}

test('a job that exceeds its time in the queue fails, leaves its queues and gives the reason', async () => {
  const { world, holder } = await heldWorld();
  const waits = await world.submit(other(1001, 600), 'waits');
  const behind = await world.submit(other(1002), 'behind');
  await recoverAll(world.ports());
  assert.equal((await jobOf(world, waits.id)).status, 'QUEUED', 'not before its time');
  world.pass(601);
  await recoverAll(world.ports());
  const late = await jobOf(world, waits.id);
  assert.deepEqual([late.status, late.problem?.code, late.open], ['FAILED', 'QueueTimedOut', false]);
  assert.match(
    late.problem?.message ?? '',
    /waiting for accelerator\/.*options\.queueSeconds allows up to 604800/,
  );
  assert.deepEqual(await lineOf(world, ACCELERATOR), [holder.id, behind.id]);
  assert.deepEqual(await lineOf(world, 'entry-point/edge-1001'), []);
  world.release();
  assert.equal((await world.finish(behind.id)).job.status, 'SUCCEEDED');
});

test('one that does not want to wait at all ends with its acceptance, or begins', async () => {
  const { world } = await heldWorld();
  const job = await world.submit(other(1001, 0), 'no-wait');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'QueueTimedOut']);
  world.release();
  await world.idle();
  const free = await world.submit(other(1002, 0), 'free');
  assert.equal((await world.finish(free.id)).job.status, 'SUCCEEDED');
});

test('its turn comes before its time is over: it begins, however long it then takes', async () => {
  const { world } = await heldWorld();
  const waits = await world.submit(other(1001, 600), 'waits');
  world.release();
  await world.idle();
  world.pass(3600);
  assert.equal((await world.finish(waits.id)).job.status, 'SUCCEEDED');
});
