// A resource was deleted before its successor and cannot be recreated, because a foreign resource has taken its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { performAction } from '@gatehouse/core/api/act';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { createWorld } from '../world/world.ts';
import { baselineOfChange, CHANGES, standsOf, withoutIds } from './changes.ts';

const STRANGER = { region: 'eu-west-1', credentials: { accessKeyId: 'theirs', secretAccessKey: 'theirs' } };

test('a resource that cannot be restored because a foreign object has its place is a leftover with that reason, until the place is free', async () => {
  const change = CHANGES.find(({ name }) => name === 'a target group that has to go first');
  assert.ok(change);
  const { places } = await baselineOfChange(change);
  const call = places.find(({ operation }) => operation === 'CreateTargetGroup')?.call;
  assert.ok(call);
  const world = createWorld({ hold: { call, when: 'before' } }, change.name);
  const { before } = await standsOf(world, change);
  const { id } = await world.submit(change.to, 'second');
  await world.held;
  const client = new VPCLatticeClient({ ...STRANGER, requestHandler: handlerFor(world.wire) });
  const config = { port: 80, protocol: 'HTTP', vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' } as const;
  const theirs = await client.send(new CreateTargetGroupCommand({ name: 'checkout', type: 'IP', config }));
  world.release();
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLBACK_FAILED');
  const left = job.leftovers?.find(({ step }) => step === 'restore-target-group-eu-west-1-checkout');
  assert.equal(left?.problem.code, 'AlreadyExists');
  assert.match(left?.problem.message ?? '', /already exists and does not belong to this job/);
  world.pass(60);
  await client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier: theirs.arn }));
  world.pass(60);
  await performAction(world.ports(), id, { action: 'retry', by: 'alice' });
  const { job: retried } = await world.finish(id);
  assert.equal(retried.status, 'ROLLED_BACK', JSON.stringify(retried.leftovers));
  assert.deepEqual(withoutIds(JSON.parse(await world.picture())), withoutIds(JSON.parse(before)));
});
