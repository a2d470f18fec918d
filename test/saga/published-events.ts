// The published events of a job, compared with the job's own history: all of them, each as recorded there.
import assert from 'node:assert/strict';
import { jobStatusChangedSchema } from '@gatehouse/core/record/bus-events';
import { JOB_STATUS_CHANGED } from '@gatehouse/core/record/event-names';
import { hasEnded } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import type { World } from '../world/world.ts';

/** Sequence numbers in the order in which the bus took them. */
export async function publishedSequences(world: World, job: Pick<Job, 'id'>): Promise<number[]> {
  return (await dataTold(world, job)).map(data => data.sequence);
}

export async function assertAllPublished(world: World, job: Job): Promise<void> {
  const told = await dataTold(world, job);
  const history = new Map(job.events.map(event => [event.sequence, event]));
  for (const data of told) {
    const { jobId, previousStatus, operation, entryPoint, cloud, requester, links, outputs, ...event } = data;
    assert.deepEqual(outputs, hasEnded(event.status) ? job.outputs : undefined);
    assert.deepEqual(event, history.get(event.sequence), 'what was told is what stands in the history');
    assert.equal(previousStatus, history.get(event.sequence - 1)?.status);
    assert.equal(links.job, `/v1/jobs/${jobId}`);
    assert.deepEqual(
      [operation, entryPoint, cloud, requester],
      [job.operation, job.entryPoint, job.cloud, job.caller],
    );
  }
  const sequences = new Set(told.map(data => data.sequence));
  assert.deepEqual(
    [...sequences].toSorted((a, b) => a - b),
    [...history.keys()],
    'every event was told',
  );
}

async function dataTold(world: World, { id }: Pick<Job, 'id'>) {
  const events = (await world.told()).filter(event => event['detail-type'] === JOB_STATUS_CHANGED);
  return events
    .map(event => jobStatusChangedSchema.parse(event.detail))
    .filter(({ metadata, data }) => {
      assert.equal(metadata.id, `${data.jobId}-${data.sequence}`);
      return data.jobId === id;
    })
    .map(({ data }) => data);
}
