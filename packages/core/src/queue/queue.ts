// Lines: who waits for a queue, in order; the head holds the queue. Joining and leaving are each one write on
// condition of what was read, with the job read in between: so no late hand puts a job in a line that it has left for
// good, or takes one out of a line that it has joined anew.

import type { Ports, Stored } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded, type JobStatus } from '../record/events.ts';
import { isStuck, type Job, waitsInQueue } from '../record/job.ts';
import { change, jobKey, type Queue, queueKey } from '../record/records.ts';

export function withJob(line: Queue, jobId: string): Queue {
  return line.jobs.includes(jobId) ? line : { ...line, jobs: [...line.jobs, jobId] };
}

/** As its head, or out of the middle: who is cancelled while it waits need not come to its turn. */
export function withoutJob(line: Queue, jobId: string): Queue {
  return line.jobs.includes(jobId) ? { ...line, jobs: line.jobs.filter(id => id !== jobId) } : line;
}

export const entryPointQueue = (name: string) => `entry-point/${name}`;

/** A queue as it was read. */
export type Read = { stored: Stored<Queue> | undefined };

/**
 * Notes queues on the job before it joins them, so that its end leaves every queue that it can be in. Gives the job, and each
 * queue that it noted as it was read before the job was written; undefined where the job does not wait any more.
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
  // Where somebody else has noted one meanwhile, no write of ours has found the job waiting after the queue was read.
  const read = isNoted ? missing.map((queue, index) => [queue, { stored: found[index] }] as const) : [];
  return { job: noted, read: new Map(read) };
}

/**
 * Puts the job, on which the queue is noted, at the queue's end, or leaves it where it is already. Gives the queue as it was
 * written or read; undefined: the job does not wait any more.
 *
 * The queue is read, then the job is found waiting, then the queue is written on condition of what was read. `read`: the
 * queue, where it was read before a write of the job that found it waiting.
 */
export async function join(ports: Ports, job: Job, queue: string, read?: Read): Promise<Queue | undefined> {
  const { store } = ports;
  if (read) {
    const line = withJob(read.stored?.value ?? { name: queue, jobs: [] }, job.id);
    if (line === read.stored?.value) return line;
    if ((await store.put(queueKey(queue), line, read.stored?.version ?? 0)).written) return line;
  }
  const standing = await change(store, queueKey(queue), async (now = { name: queue, jobs: [] }) => {
    const after = withJob(now, job.id);
    const current = after === now ? undefined : (await store.get(jobKey(job.id)))?.value;
    return current && isSameWait(current, job) ? after : undefined;
  });
  return standing?.jobs.includes(job.id) ? standing : undefined;
}

/** Always a write, so that a joining that is under way meets it and looks at the job again. */
export async function leave(ports: Ports, jobId: string, queue: string): Promise<Queue | undefined> {
  return change(ports.store, queueKey(queue), async (standing = { name: queue, jobs: [] }) => {
    const now = (await ports.store.get(jobKey(jobId)))?.value;
    return now && hasEnded(now.status) ? { ...standing, jobs: withoutJob(standing, jobId).jobs } : undefined;
  });
}

/** Leaves several: the queues are read at once, then the job, then each queue is written on condition of what was read. */
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
    const line = { ...value, jobs: withoutJob(value, jobId).jobs };
    const isLeft = now && hasEnded(now.status) && (await store.put(queueKey(queue), line, version)).written;
    const after = isLeft ? line : await leave(ports, jobId, queue);
    if (after) yield after;
  }
}

/** Whose turn it is. One that will never leave by itself any more is taken out by who meets it here. */
export async function liveHead(ports: Ports, queue: string): Promise<string | undefined> {
  return liveHeadOf(ports, (await ports.store.get(queueKey(queue)))?.value, queue);
}

/** The same of a queue as it was just read or written. */
export async function liveHeadOf(
  ports: Ports,
  line: Queue | undefined,
  queue: string,
): Promise<string | undefined> {
  for (let at = line; ; at = await leave(ports, at?.jobs[0] ?? '', queue)) {
    const head = at?.jobs[0];
    if (head === undefined || !(await isOver(ports, head, queue))) return head;
  }
}

/** What keeps a line after its job has ended: a person has to look at the entry point first. */
export function keptQueues(job: Job): string[] {
  return isStuck(job) ? job.queues.filter(queue => queue === entryPointQueue(job.entryPoint)) : [];
}

export interface QueuePosition {
  queue: string;
  /** 1 is the head. */
  position: number;
  /** The head, where it is another one: what it is doing, and until when at most. */
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

async function holderOf(
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

/** Whether nothing more is to be done for a job, its own leaving of this line included. */
async function isOver(ports: Ports, jobId: string, queue: string): Promise<boolean> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job !== undefined && !job.open && !keptQueues({ ...job, queues: [queue] }).includes(queue);
}
