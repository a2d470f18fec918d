// The order of a job's last writes: the inventory gets the existing resources, then the job its end, then the job
// leaves its queues, and last it is closed. So the next head of a queue finds the inventory as the job has left it.
import assert from 'node:assert/strict';
import { hasEnded } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import type { Queue } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { errorsOf, exampleNamed, sweep } from './sweep.ts';

interface Written {
  pk: string;
  value: unknown;
}

interface Scene {
  name: string;
  requests: object[];
  /** What the last of them meets. */
  faults?: Fault[];
  ends: Job['status'];
  /** Whether it leaves another inventory than it has found. */
  records: boolean;
}

const voice = exampleNamed('voice-udp') as { listener: object };
const update = { ...voice, operation: 'update', listener: { ...voice.listener, clientAffinity: 'NONE' } };
const removal = { operation: 'remove', entryPoint: 'voice-udp' };

const denied = (operation: string, times = 1): Fault => {
  const service = 'globalaccelerator';
  return { service, operation, fault: 'error', times, error: errorsOf(service).denied };
};

const SCENES: Scene[] = [
  { name: 'provision', requests: [voice], ends: 'SUCCEEDED', records: true },
  { name: 'update', requests: [voice, update], ends: 'SUCCEEDED', records: true },
  { name: 'removal', requests: [voice, removal], ends: 'SUCCEEDED', records: true },
  {
    name: 'provision, taken back',
    requests: [voice],
    faults: [denied('CreateEndpointGroup')],
    ends: 'ROLLED_BACK',
    records: false,
  },
  {
    name: 'removal, stuck',
    requests: [voice, removal],
    faults: [denied('DeleteListener', 100)],
    ends: 'REMOVE_FAILED',
    records: true,
  },
];

sweep(
  'a job ends in one order: inventory, job, queues, closed',
  SCENES,
  async ({ name, requests, faults = [], ends, records }) => {
    const world = createWorld({}, name);
    let written: Written[] = [];
    for (const [at, request] of requests.entries()) {
      if (at === requests.length - 1) {
        await world.faults(faults);
        written = writesOf(world);
      }
      const { job } = await world.finish((await world.submit(request, `key-${at}`)).id);
      if (at < requests.length - 1) continue;
      assert.equal(job.status, ends, JSON.stringify(job.problem));
      assertOrder(written, job, records);
    }
  },
);

function assertOrder(written: Written[], { id, queues, entryPoint }: Job, records: boolean): void {
  const jobs = written.map(({ pk, value }) => (pk === `JOB#${id}` ? (value as Partial<Job>) : undefined));
  const endedAt = jobs.findIndex(job => job?.status !== undefined && hasEnded(job.status));
  const closedAt = jobs.findIndex(job => job?.open === false);
  const recordedAt = written.findLastIndex(({ pk }) => pk === `ENTRYPOINT#${entryPoint}`);
  const leftAt = written.flatMap(({ pk, value }, at) => {
    const waited = written.slice(0, at).some(each => each.pk === pk);
    return pk.startsWith('LINE#') && waited && !(value as Queue).jobs.includes(id) ? [at] : [];
  });
  assert.equal(recordedAt >= 0, records, 'the inventory is written if what stands has changed');
  assert.ok(recordedAt < endedAt, 'the inventory is written before the job says that it has ended');
  assert.equal(leftAt.length, 2 - queues.length, 'it has left its queues, but for what a stuck job keeps');
  for (const at of leftAt)
    assert.ok(endedAt < at && at < closedAt, 'it leaves each after its end, while it is open');
}

/** Every write of the table from here on that was not too late. */
function writesOf({ store }: World): Written[] {
  const writes: Written[] = [];
  const { put } = store;
  store.put = async (key, value, version, index) => {
    const written = await put(key, value, version, index);
    if (written.written) writes.push({ pk: key.pk, value });
    return written;
  };
  return writes;
}
