// Lines: who waits for a target, in order; the head holds the target. Joining and leaving are each one write on
// condition of what was read, with the job read in between: so no late hand puts a job in a line that it has left for
// good, or takes one out of a line that it has joined anew.

import type { Ports, Stored } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded, type JobStatus } from '../record/events.ts';
import { isStuck, type Job, waitsInLine } from '../record/job.ts';
import { change, jobKey, type Line, lineKey } from '../record/records.ts';

export function joined(line: Line, jobId: string): Line {
  return line.jobs.includes(jobId) ? line : { ...line, jobs: [...line.jobs, jobId] };
}

/** As its head, or out of the middle: who is cancelled while it waits need not come to its turn. */
export function left(line: Line, jobId: string): Line {
  return line.jobs.includes(jobId) ? { ...line, jobs: line.jobs.filter(id => id !== jobId) } : line;
}

export const entryPointTarget = (name: string) => `entry-point/${name}`;

/** A queue as it was read. */
export type Read = { stored: Stored<Line> | undefined };

/**
 * Notes queues on the job before it joins them, so that its end leaves every queue that it can be in. Gives the job, and each
 * queue that it noted as it was read before the job was written; undefined where the job does not wait any more.
 */
export async function note(
  ports: Ports,
  job: Job,
  targets: readonly string[],
): Promise<{ job: Job; read: ReadonlyMap<string, Read> } | undefined> {
  const missing = targets.filter(target => !job.lines.includes(target));
  if (missing.length === 0) return { job, read: new Map() };
  const found = await ports.store.many(missing.map(lineKey));
  let isNoted = false;
  const noted = await changeJob(ports, job.id, now => {
    isNoted = false;
    if (!isSameWait(now, job)) return undefined;
    const others = missing.filter(target => !now.lines.includes(target));
    isNoted = others.length === missing.length;
    return others.length > 0 ? { ...now, lines: [...now.lines, ...others] } : undefined;
  });
  if (!noted || !isSameWait(noted, job)) return undefined;
  // Where somebody else has noted one meanwhile, no write of ours has found the job waiting after the queue was read.
  const read = isNoted ? missing.map((target, index) => [target, { stored: found[index] }] as const) : [];
  return { job: noted, read: new Map(read) };
}

/**
 * Puts the job, on which the queue is noted, at the queue's end, or leaves it where it is already. Gives the queue as it was
 * written or read; undefined: the job does not wait any more.
 *
 * The queue is read, then the job is found waiting, then the queue is written on condition of what was read. `read`: the
 * queue, where it was read before a write of the job that found it waiting.
 */
export async function join(ports: Ports, job: Job, target: string, read?: Read): Promise<Line | undefined> {
  const { store } = ports;
  if (read) {
    const line = joined(read.stored?.value ?? { target, jobs: [] }, job.id);
    if (line === read.stored?.value) return line;
    if ((await store.put(lineKey(target), line, read.stored?.version ?? 0)).written) return line;
  }
  const standing = await change(store, lineKey(target), async (now = { target, jobs: [] }) => {
    const after = joined(now, job.id);
    const current = after === now ? undefined : (await store.get(jobKey(job.id)))?.value;
    return current && isSameWait(current, job) ? after : undefined;
  });
  return standing?.jobs.includes(job.id) ? standing : undefined;
}

/** Always a write, so that a joining that is under way meets it and looks at the job again. */
export async function leave(ports: Ports, jobId: string, target: string): Promise<Line | undefined> {
  return change(ports.store, lineKey(target), async (standing = { target, jobs: [] }) => {
    const now = (await ports.store.get(jobKey(jobId)))?.value;
    return now && hasEnded(now.status) ? { ...standing, jobs: left(standing, jobId).jobs } : undefined;
  });
}

/** Leaves several: the queues are read at once, then the job, then each queue is written on condition of what was read. */
export async function* leaveAll(
  ports: Ports,
  jobId: string,
  targets: readonly string[],
): AsyncGenerator<Line> {
  const { store } = ports;
  const read = await store.many(targets.map(lineKey));
  const now = (await store.get(jobKey(jobId)))?.value;
  for (const [index, target] of targets.entries()) {
    const { value = { target, jobs: [] }, version = 0 } = read[index] ?? {};
    const line = { ...value, jobs: left(value, jobId).jobs };
    const isLeft = now && hasEnded(now.status) && (await store.put(lineKey(target), line, version)).written;
    const after = isLeft ? line : await leave(ports, jobId, target);
    if (after) yield after;
  }
}

/** Whose turn it is. One that will never leave by itself any more is taken out by who meets it here. */
export async function liveHead(ports: Ports, target: string): Promise<string | undefined> {
  return liveHeadOf(ports, (await ports.store.get(lineKey(target)))?.value, target);
}

/** The same of a queue as it was just read or written. */
export async function liveHeadOf(
  ports: Ports,
  line: Line | undefined,
  target: string,
): Promise<string | undefined> {
  for (let at = line; ; at = await leave(ports, at?.jobs[0] ?? '', target)) {
    const head = at?.jobs[0];
    if (head === undefined || !(await isOver(ports, head, target))) return head;
  }
}

/** What keeps a line after its job has ended: a person has to look at the entry point first. */
export function keptLines(job: Job): string[] {
  return isStuck(job) ? job.lines.filter(target => target === entryPointTarget(job.entryPoint)) : [];
}

export interface PlaceInLine {
  target: string;
  /** 1 is the head. */
  place: number;
  /** The head, where it is another one: what it is doing, and until when at most. */
  heldBy?: string;
  holder?: { entryPoint: string; status: JobStatus; until?: string };
}

/** Where a waiting job stands, and whom it waits for. */
export async function placesInLine(ports: Pick<Ports, 'store'>, job: Job): Promise<PlaceInLine[]> {
  if (!waitsInLine(job)) return [];
  const places: PlaceInLine[] = [];
  for (const target of job.lines) {
    const jobs = (await ports.store.get(lineKey(target)))?.value.jobs ?? [];
    const place = jobs.indexOf(job.id) + 1;
    if (place > 0) places.push({ target, place, ...(place > 1 ? await holderOf(ports, jobs[0]) : {}) });
  }
  return places;
}

async function holderOf(
  { store }: Pick<Ports, 'store'>,
  head: string | undefined,
): Promise<Pick<PlaceInLine, 'heldBy' | 'holder'>> {
  if (head === undefined) return {};
  const holder = (await store.get(jobKey(head)))?.value;
  if (!holder) return { heldBy: head };
  const { entryPoint, status, deadlineAt, rollbackUntil } = holder;
  const until = status === 'RUNNING' ? deadlineAt : status === 'ROLLING_BACK' ? rollbackUntil : undefined;
  return { heldBy: head, holder: { entryPoint, status, ...(until ? { until } : {}) } };
}

function isSameWait(now: Job, { attempt }: Job): boolean {
  return waitsInLine(now) && now.attempt === attempt;
}

/** Whether nothing more is to be done for a job, its own leaving of this line included. */
async function isOver(ports: Ports, jobId: string, target: string): Promise<boolean> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job !== undefined && !job.open && !keptLines({ ...job, lines: [target] }).includes(target);
}
