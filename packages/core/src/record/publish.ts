// Publishes every event of a job's history at least once, in sequence. The writer of a change publishes it right after the
// write; a separate item beside the job records how far that went. After a crash or an outage of the bus, the schedule
// publishes the rest: a job stays open until all its events are published.

import { toStepError } from '../ports/errors.ts';
import type { OutgoingEvent, Ports } from '../ports/ports.ts';
import type { JobStatusChanged } from './bus-events.ts';
import { JOB_STATUS_CHANGED, JOB_STATUS_CHANGED_SCHEMA } from './event-names.ts';
import { hasEnded, type JobEvent } from './events.ts';
import type { Job } from './job.ts';
import { change, publishedKey } from './records.ts';

/** Whether all events of the job are published now. Never throws, because the change itself is already written. */
export async function publish(ports: Ports, job: Job): Promise<boolean> {
  try {
    const { store } = ports;
    const key = publishedKey(job.id);
    // A cached value can be old. An event is then published again, which is allowed at any time.
    const { stored } = store.known?.(key) ?? { stored: await store.get(key) };
    const publishedUpTo = stored?.value.sequence ?? 0;
    const unpublished = job.events.filter(event => event.sequence > publishedUpTo);
    const last = unpublished.at(-1)?.sequence;
    if (last === undefined) return true;
    await ports.bus.put(unpublished.map(event => statusChanged(job, event)));
    await change(store, key, published =>
      published && published.sequence >= last ? undefined : { sequence: last },
    );
    return true;
  } catch (thrown) {
    const error = toStepError(thrown);
    ports.log.error('a change could not be published yet; the schedule will retry', { jobId: job.id, error });
    return false;
  }
}

function statusChanged(job: Job, event: JobEvent): OutgoingEvent {
  const { id, operation, entryPoint, cloud, caller, correlationId, outputs } = job;
  const previousStatus = job.events[event.sequence - 2]?.status;
  const detail: JobStatusChanged = {
    metadata: {
      id: `${id}-${event.sequence}`,
      schema: JOB_STATUS_CHANGED_SCHEMA,
      ...(correlationId === undefined ? {} : { correlationId }),
    },
    data: {
      ...event,
      jobId: id,
      ...(previousStatus ? { previousStatus } : {}),
      operation,
      entryPoint,
      cloud,
      requester: caller,
      ...(outputs && hasEnded(event.status) ? { outputs } : {}),
      links: { job: `/v1/jobs/${id}` },
    },
  };
  return { detailType: JOB_STATUS_CHANGED, time: event.at, detail };
}
