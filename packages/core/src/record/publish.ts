// Telling the world of a job's changes: every event of its history, at least once, in sequence. The writer of a change
// tells of it right after; how far that went is an item of its own beside the job. What a crash or a bus that is down
// left untold the schedule finds, as a job stays open until all is told.

import type { OutgoingEvent, Ports } from '../ports/ports.ts';
import type { JobStatusChanged } from './bus-events.ts';
import { JOB_STATUS_CHANGED, JOB_STATUS_CHANGED_SCHEMA } from './event-names.ts';
import type { JobEvent } from './events.ts';
import type { Job } from './job.ts';
import { change, publishedKey } from './records.ts';

/** Whether everything in the job's history is told now. Never throws: the change itself stands. */
export async function publish(ports: Ports, job: Job): Promise<boolean> {
  try {
    const { store } = ports;
    const key = publishedKey(job.id);
    // What is known may be old: then an event goes out once more, as it may at any time.
    const { stored } = store.known?.(key) ?? { stored: await store.get(key) };
    const told = stored?.value.sequence ?? 0;
    const untold = job.events.filter(event => event.sequence > told);
    const last = untold.at(-1)?.sequence;
    if (last === undefined) return true;
    await ports.bus.put(untold.map(event => statusChanged(job, event)));
    await change(store, key, standing =>
      standing && standing.sequence >= last ? undefined : { sequence: last },
    );
    return true;
  } catch (cause) {
    ports.log.warn('a change could not be told yet; the schedule will', { jobId: job.id, cause });
    return false;
  }
}

function statusChanged(job: Job, event: JobEvent): OutgoingEvent {
  const { id, operation, entryPoint, cloud, caller, correlationId } = job;
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
      requestedBy: caller,
      links: { job: `/v1/jobs/${id}` },
    },
  };
  return { detailType: JOB_STATUS_CHANGED, time: event.at, detail };
}
