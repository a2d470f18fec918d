// Lines: who waits for a target, in order; the head holds the target. Joining and leaving are each one write on
// condition of what was read, with the job read in between: so no late hand puts a job in a line that it has left for
// good, or takes one out of a line that it has joined anew.

import type { Ports } from '../ports/ports.ts';
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

/** At its end, or as its head already. False: the job does not wait any more. */
export async function join(ports: Ports, job: Job, target: string): Promise<boolean> {
  // Noted on the job before the line is joined, so that its end leaves every line it can be in.
  const noted = await changeJob(ports, job.id, now =>
    isSameWait(now, job) && !now.lines.includes(target)
      ? { ...now, lines: [...now.lines, target] }
      : undefined,
  );
  if (!noted || !isSameWait(noted, job)) return false;
  const line = await change(ports.store, lineKey(target), async (standing = { target, jobs: [] }) => {
    const after = joined(standing, job.id);
    if (after === standing) return undefined;
    const now = (await ports.store.get(jobKey(job.id)))?.value;
    return now && isSameWait(now, job) ? after : undefined;
  });
  return line?.jobs.includes(job.id) ?? false;
}

/** Always a write, so that a joining that is under way meets it and looks at the job again. */
export async function leave(ports: Ports, jobId: string, target: string): Promise<void> {
  await change(ports.store, lineKey(target), async (standing = { target, jobs: [] }) => {
    const now = (await ports.store.get(jobKey(jobId)))?.value;
    return now && hasEnded(now.status) ? { ...standing, jobs: left(standing, jobId).jobs } : undefined;
  });
}

/** Whose turn it is. One that will never leave by itself any more is taken out by who meets it here. */
export async function liveHead(ports: Ports, target: string): Promise<string | undefined> {
  for (;;) {
    const head = (await ports.store.get(lineKey(target)))?.value.jobs[0];
    if (head === undefined || !(await isOver(ports, head, target))) return head;
    await leave(ports, head, target);
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
