// A read right after a change can still show the state before it. One ready read without a pending one proves nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeAcceleratorCommand } from '@aws-sdk/client-global-accelerator';
import { createWorld } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const voice = exampleNamed('voice-udp') as { listener: { acceleratorArn: string } };

test('a job succeeds only once the accelerator is deployed, although the first read after a change is stale', async () => {
  const world = createWorld();
  await world.switches({ globalaccelerator: { staleDescribeReads: 1 } });
  // One change alone: after a second one, a stale read shows the first, which is in progress.
  const { id } = await world.submit({ ...voice, endpointGroups: [] });
  const { job } = await world.finish(id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const AcceleratorArn = voice.listener.acceleratorArn;
  const { Accelerator } = await world.stranger().send(new DescribeAcceleratorCommand({ AcceleratorArn }));
  assert.equal(Accelerator?.Status, 'DEPLOYED');
});
