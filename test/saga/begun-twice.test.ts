// Two Begins of one attempt, the slower of which has read the clouds before they changed. The plan that was stored first is the
// job's plan: both walk it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListListenersCommand, UpdateListenerCommand } from '@aws-sdk/client-global-accelerator';
import { planKey } from '@gatehouse/core/record/records';
import { begin } from '@gatehouse/core/saga/begin';
import { createWorld, type LambdaFaults } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const voice = exampleNamed('voice-udp') as {
  listener: { acceleratorArn: string };
  endpointGroups: object[];
};

test('a Begin that resumes late leaves the stored plan as it is', async () => {
  const faults: LambdaFaults = {};
  const world = createWorld(faults);
  await world.finish((await world.submit(voice, 'first')).id);
  const [listener] = await listenersIn(world);
  assert.equal(listener?.ClientAffinity, 'SOURCE_IP');

  faults.hold = { call: (await world.calls()).length + 1, when: 'after' };
  const endpointGroups = voice.endpointGroups.map(group => ({ ...group, trafficDialPercentage: 50 }));
  const { id } = await world.submit({ ...voice, operation: 'update', endpointGroups }, 'second');
  await world.held;
  const ListenerArn = listener?.ListenerArn;
  await world.stranger().send(new UpdateListenerCommand({ ListenerArn, ClientAffinity: 'NONE' }));
  await begin(world.ports(), { jobId: id, attempt: 1 });
  const plan = await world.store.get(planKey(id));
  assert.deepEqual(
    plan?.value.steps.filter(({ act }) => act === 'update').map(({ id: step }) => step),
    ['listener', 'endpoint-group-ap-southeast-2'],
  );

  world.release();
  const { job } = await world.finish(id);
  assert.deepEqual(await world.store.get(planKey(id)), plan);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.equal((await listenersIn(world))[0]?.ClientAffinity, 'SOURCE_IP');
});

async function listenersIn(world: ReturnType<typeof createWorld>) {
  const AcceleratorArn = voice.listener.acceleratorArn;
  const { Listeners = [] } = await world.stranger().send(new ListListenersCommand({ AcceleratorArn }));
  return Listeners.filter(({ Protocol }) => Protocol === 'UDP');
}
