// Queues: jobs in the order in which they wait; the head holds the queue. To join or to leave is one conditional write, with
// the job read between the read and the write. So a late invocation cannot put a job into a queue that it has left for good, or
// take it out of a queue that it has joined again.

import type { Ports, Stored } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded, type JobStatus } from '../record/events.ts';
import { isStuck, type Job, waitsInQueue } from '../record/job.ts';
import { change, jobKey, type Queue, queueKey } from '../record/records.ts';

export function withJob(queue: Queue, jobId: string): Queue {
  return queue.jobs.includes(jobId) ? queue : { ...queue, jobs: [...queue.jobs, jobId] };
}

/** The job can be anywhere in the queue: a waiting job that is cancelled leaves before its turn. */
export function withoutJob(queue: Queue, jobId: string): Queue {
  return queue.jobs.includes(jobId) ? { ...queue, jobs: queue.jobs.filter(id => id !== jobId) } : queue;
}

export const entryPointQueue = (name: string) => `entry-point/${name}`;

/** The result of a read of a queue. */
export type Read = { stored: Stored<Queue> | undefined };

/**
 * Notes queues on the job before it joins them, so that the job leaves all of them when it ends. Returns the job, and each newly
 * noted queue as it was read before the job was written; undefined if the job no longer waits.
 */
export async function note(
  ports: Ports,
  job: Job,
  queues: readonly string[],
): Promise<{ job: Job; read: ReadonlyMap<string, Read> } | undefined> {
  const missing = queues.filter(queue => !job.queues.includes(queue));
  if (missing.length === 0) return { job, read: new Map() };
  const found = await ports.store.many(missing.map(queueKey));
  let isNoted = false;
  const noted = await changeJob(ports, job.id, now => {
    isNoted = false;
    if (!isSameWait(now, job)) return undefined;
    const others = missing.filter(queue => !now.queues.includes(queue));
    isNoted = others.length === missing.length;
    return others.length > 0 ? { ...now, queues: [...now.queues, ...others] } : undefined;
  });
  if (!noted || !isSameWait(noted, job)) return undefined;
  // If another invocation noted a queue in the meantime, no write of ours has confirmed after the read that the job waits.
  const read = isNoted ? missing.map((queue, index) => [queue, { stored: found[index] }] as const) : [];
  return { job: noted, read: new Map(read) };
}

/**
 * Appends the job to the queue, unless it is already in it. The queue must be noted on the job. Returns the queue as it was
 * written or read; undefined if the job no longer waits.
 *
 * Order: read the queue, confirm that the job waits, write the queue on condition of the version read. `read`: the queue, if it
 * was read before a write that confirmed that the job waits.
 */
export async function join(ports: Ports, job: Job, queue: string, read?: Read): Promise<Queue | undefined> {
  const { store } = ports;
  if (read) {
    const joined = withJob(read.stored?.value ?? { name: queue, jobs: [] }, job.id);
    if (joined === read.stored?.value) return joined;
    if ((await store.put(queueKey(queue), joined, read.stored?.version ?? 0)).written) return joined;
  }
  const joined = await change(store, queueKey(queue), async (now = { name: queue, jobs: [] }) => {
    const after = withJob(now, job.id);
    const current = after === now ? undefined : (await store.get(jobKey(job.id)))?.value;
    return current && isSameWait(current, job) ? after : undefined;
  });
  return joined?.jobs.includes(job.id) ? joined : undefined;
}

/** Always a write, so that a concurrent join fails on the version and reads the job again. */
export async function leave(ports: Ports, jobId: string, queue: string): Promise<Queue | undefined> {
  return change(ports.store, queueKey(queue), async (current = { name: queue, jobs: [] }) => {
    const now = (await ports.store.get(jobKey(jobId)))?.value;
    return now && hasEnded(now.status) ? { ...current, jobs: withoutJob(current, jobId).jobs } : undefined;
  });
}

/** Leaves several queues: reads them at once, then the job, and then writes each on condition of the version read. */
export async function* leaveAll(
  ports: Ports,
  jobId: string,
  queues: readonly string[],
): AsyncGenerator<Queue> {
  const { store } = ports;
  const read = await store.many(queues.map(queueKey));
  const now = (await store.get(jobKey(jobId)))?.value;
  for (const [index, queue] of queues.entries()) {
    const { value = { name: queue, jobs: [] }, version = 0 } = read[index] ?? {};
    const shorter = { ...value, jobs: withoutJob(value, jobId).jobs };
    const isLeft =
      now && hasEnded(now.status) && (await store.put(queueKey(queue), shorter, version)).written;
    const after = isLeft ? shorter : await leave(ports, jobId, queue);
    if (after) yield after;
  }
}

/** The job that holds the queue. Jobs at the head that can no longer leave by themselves are taken out. */
export async function liveHead(ports: Ports, queue: string): Promise<string | undefined> {
  return liveHeadOf(ports, (await ports.store.get(queueKey(queue)))?.value, queue);
}

/** The same for a queue that was just read or written. */
export async function liveHeadOf(
  ports: Ports,
  known: Queue | undefined,
  queue: string,
): Promise<string | undefined> {
  for (let current = known; ; current = await leave(ports, current?.jobs[0] ?? '', queue)) {
    const head = current?.jobs[0];
    if (head === undefined || !(await isOver(ports, head, queue))) return head;
  }
}

/** The queues that a job holds after its end: a stuck job keeps its entry point's queue until a person resolves it. */
export function keptQueues(job: Job): string[] {
  return isStuck(job) ? job.queues.filter(queue => queue === entryPointQueue(job.entryPoint)) : [];
}

export interface QueuePosition {
  queue: string;
  /** 1 is the head. */
  position: number;
  /** The head, if it is another job, with its status and the time by which it ends at the latest. */
  heldBy?: string;
  holder?: { entryPoint: string; status: JobStatus; until?: string };
}

/** The positions of a waiting job, and the jobs that it waits for. */
export async function queuePositions(ports: Pick<Ports, 'store'>, job: Job): Promise<QueuePosition[]> {
  if (!waitsInQueue(job)) return [];
  const positions: QueuePosition[] = [];
  for (const queue of job.queues) {
    const jobs = (await ports.store.get(queueKey(queue)))?.value.jobs ?? [];
    const position = jobs.indexOf(job.id) + 1;
    const holder = position > 1 ? await holderOf(ports, jobs[0]) : {};
    if (position > 0) positions.push({ queue, position, ...holder });
  }
  return positions;
}

/** `head`: the job that holds a queue. */
export async function holderOf(
  { store }: Pick<Ports, 'store'>,
  head: string | undefined,
): Promise<Pick<QueuePosition, 'heldBy' | 'holder'>> {
  if (head === undefined) return {};
  const holder = (await store.get(jobKey(head)))?.value;
  if (!holder) return { heldBy: head };
  const { entryPoint, status, deadlineAt, rollbackUntil } = holder;
  const until = status === 'RUNNING' ? deadlineAt : status === 'ROLLING_BACK' ? rollbackUntil : undefined;
  return { heldBy: head, holder: { entryPoint, status, ...(until ? { until } : {}) } };
}

function isSameWait(now: Job, { attempt }: Job): boolean {
  return waitsInQueue(now) && now.attempt === attempt;
}

/** Whether nothing is left to do for a job, and it does not keep this queue. */
async function isOver(ports: Ports, jobId: string, queue: string): Promise<boolean> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job !== undefined && !job.open && !keptQueues({ ...job, queues: [queue] }).includes(queue);
}
