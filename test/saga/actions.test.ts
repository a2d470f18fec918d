// Stuck jobs and their actions: the queues that they hold, the result of each action, and that a repeated action does
// not change it. action-crashes.ts adds crashes. A rollback gets stuck here because the cloud denies the deletion of its
// listener.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, performAction } from '@gatehouse/core/api/act';
import { queuePositions } from '@gatehouse/core/queue/queue';
import type { Action } from '@gatehouse/core/record/events';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { jobOf, lineOf } from '../world/records.ts';
import { createWorld, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const VOICE = exampleNamed('voice-udp') as { entryPoint: string; listener: { acceleratorArn: string } };
const ACCELERATOR = `accelerator/${VOICE.listener.acceleratorArn}`;
const ENTRY_POINT = `entry-point/${VOICE.entryPoint}`;

const denied = (operation: string, times: number) => {
  const error = errorsOf('globalaccelerator').denied;
  return { service: 'globalaccelerator', operation, fault: 'error', times, error };
};

/** On another port of the same accelerator. */
function other(entryPoint: string, port: number) {
  const { acceleratorArn } = VOICE.listener;
  const portRanges = [{ fromPort: port, toPort: port }];
  return {
    operation: 'provision',
    entryPoint,
    listener: { acceleratorArn, protocol: 'TCP', portRanges },
    endpointGroups: [{ region: 'eu-west-1' }],
  };
}

async function stuckWorld() {
  const world = createWorld();
  const before = await pictureBefore(world);
  await world.faults([denied('CreateEndpointGroup', 1), denied('DeleteListener', 100)]);
  const { id } = await world.submit(VOICE, 'stuck');
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.leftovers?.map(({ step }) => step)], ['ROLLBACK_FAILED', ['listener']]);
  return { world, before, id };
}

const by = '123456789012/user/alice';
const verb = (world: World, id: string, asked: Action, step?: string): Promise<Answer> =>
  performAction(world.ports(), id, {
    action: asked,
    by,
    reason: 'the quota was raised',
    ...(step ? { step } : {}),
  });

test('a stuck job stays in the queue of its entry point and leaves the others', async () => {
  const { world, id } = await stuckWorld();
  assert.deepEqual([await lineOf(world, ENTRY_POINT), await lineOf(world, ACCELERATOR)], [[id], []]);
  const beside = await world.submit(other('beside', 1001), 'beside');
  assert.equal((await world.finish(beside.id)).job.status, 'SUCCEEDED');
  const behind = await world.submit(other(VOICE.entryPoint, 1002), 'behind');
  await recoverAll(world.ports());
  await world.idle();
  assert.deepEqual(await queuePositions(world.ports(), await jobOf(world, behind.id)), [
    {
      queue: ENTRY_POINT,
      position: 2,
      heldBy: id,
      holder: { entryPoint: VOICE.entryPoint, status: 'ROLLBACK_FAILED' },
    },
  ]);
});

test('retried without the fault, it rolls back completely, and the next job in its queue begins', async () => {
  const { world, before, id } = await stuckWorld();
  const behind = await world.submit({ ...VOICE, options: { deadlineSeconds: 600 } }, 'behind');
  await world.clearFaults();
  assert.deepEqual(await verb(world, id, 'retry'), { outcome: 'done' });
  const jobRecord = await world.finish(id);
  assert.deepEqual([jobRecord.job.status, jobRecord.job.attempt], ['ROLLED_BACK', 2]);
  const [retry] = jobRecord.job.events.filter(event => event.action !== undefined);
  assert.deepEqual([retry?.action, retry?.by, retry?.reason], ['retry', by, 'the quota was raised']);
  assert.equal((await world.finish(behind.id)).job.status, 'SUCCEEDED');
  assert.notEqual(await world.picture(), before.picture);
});

test('a retried job waits for its other queues, and does not run beside the jobs that hold them', async () => {
  const { world, id } = await stuckWorld();
  await world.faults([]);
  const beside = await world.submit(other('beside', 1001), 'beside');
  await verb(world, id, 'retry');
  const waits = await jobOf(world, id);
  assert.deepEqual([waits.status, waits.requeued], ['ROLLING_BACK', true]);
  assert.equal((await queuePositions(world.ports(), waits)).at(-1)?.heldBy, beside.id);
  const { job: first } = await world.finish(beside.id);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  const deleted = (await world.calls()).filter(
    ({ operation, changed }) => /^Delete/.test(operation) && changed,
  );
  assert.equal(deleted.length, 1);
  for (const { at } of deleted) assert.ok(at >= (first.endedAt ?? ''), `${at} after ${first.endedAt}`);
});

test('stuck again, it can be retried again', async () => {
  const { world, before, id } = await stuckWorld();
  await verb(world, id, 'retry');
  assert.equal((await world.finish(id)).job.status, 'ROLLBACK_FAILED');
  assert.deepEqual(await lineOf(world, ENTRY_POINT), [id]);
  await world.clearFaults();
  await verb(world, id, 'retry');
  const jobRecord = await world.finish(id);
  assert.deepEqual([jobRecord.job.status, jobRecord.job.attempt], ['ROLLED_BACK', 3]);
  await assertInvariants(world, before, jobRecord);
});

test('a skipped step is left behind, and a retry finishes without it', async () => {
  const { world, before, id } = await stuckWorld();
  assert.deepEqual(await verb(world, id, 'skip', 'nothing'), { outcome: 'notLeft', steps: ['listener'] });
  assert.deepEqual(await verb(world, id, 'skip', 'listener'), { outcome: 'done' });
  const calls = (await world.calls()).length;
  await verb(world, id, 'retry');
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, 'ROLLED_BACK');
  assert.equal((await world.calls()).length, calls, 'nothing touches it any more');
  assert.deepEqual(
    jobRecord.job.skipped?.map(({ step, by: who, reason }) => [step, who, reason]),
    [['listener', by, 'the quota was raised']],
  );
  await assertInvariants(world, before, jobRecord);
});

test('a forgotten job keeps its status and names the action, and the next job in its queue begins', async () => {
  const { world, id } = await stuckWorld();
  const behind = await world.submit(other(VOICE.entryPoint, 1002), 'behind');
  await world.faults([]);
  assert.deepEqual(await verb(world, id, 'forget'), { outcome: 'done' });
  const { status, resolution, open, leftovers } = await jobOf(world, id);
  assert.deepEqual(
    [status, open, resolution?.by, resolution?.leftovers],
    ['ROLLBACK_FAILED', false, by, leftovers],
  );
  assert.equal((await world.finish(behind.id)).job.status, 'SUCCEEDED');
  for (const each of ['retry', 'skip', 'cancel'] as const) {
    const answer = await verb(world, id, each, 'listener');
    assert.ok(answer.outcome === 'notAllowed' && answer.allowed.length === 0, each);
  }
});

test('an action that is requested twice is performed once', async () => {
  for (const [asked, step] of [['retry'], ['skip', 'listener'], ['forget']] as const) {
    const { world, id } = await stuckWorld();
    await verb(world, id, asked, step);
    const { events } = await jobOf(world, id);
    assert.deepEqual(await verb(world, id, asked, step), { outcome: 'done' });
    assert.deepEqual((await jobOf(world, id)).events, events, asked);
    await world.idle();
  }
});

test('retried, a rollback tries anew to delete a target group whose deletions have all failed so far', async () => {
  const world = createWorld();
  const before = await pictureBefore(world);
  const lattice = { service: 'vpc-lattice', error: errorsOf('vpc-lattice').denied };
  await world.faults([
    { ...lattice, operation: 'RegisterTargets', fault: 'error', times: 1 },
    { ...lattice, operation: 'DeleteTargetGroup', fault: 'failed', times: 100 },
  ]);
  const { id } = await world.submit(exampleNamed('metrics-lambda'), 'stuck');
  assert.equal((await world.finish(id)).job.status, 'ROLLBACK_FAILED');
  await world.clearFaults();
  await verb(world, id, 'retry');
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  assert.equal(await world.picture(), before.picture);
});
