// Lines: who waits for a target, in order; the head holds the target. A job joins its lines one after
// another, each only as head of the one before, so no two jobs can wait for each other. `advance` is the
// one way forward: whoever accepts a job, leaves a line or sweeps calls it, and calling it again is harmless.

import { changeJob } from './change-job.ts';
import { startExecution } from './execution.ts';
import { type Job, nextAttempt } from './job.ts';
import { ownedBy } from './owned.ts';
import { planSteps, targetsOf } from './plan.ts';
import type { Ports } from './ports.ts';
import { change, entryPointKey, jobKey, type Line, lineKey, requestKey } from './records.ts';
import { parseRequest } from './request.ts';

export function joined(line: Line, jobId: string): Line {
  return line.jobs.includes(jobId) ? line : { ...line, jobs: [...line.jobs, jobId] };
}

/** As its head, or out of the middle: who is cancelled while it waits need not come to its turn. */
export function left(line: Line, jobId: string): Line {
  return line.jobs.includes(jobId) ? { ...line, jobs: line.jobs.filter(id => id !== jobId) } : line;
}

export const entryPointTarget = (name: string) => `entry-point/${name}`;

/** Joins what can be joined; starts the job's first execution once it heads all its lines. */
export async function advance(ports: Ports, jobId: string): Promise<void> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  if (!job || !waits(job)) return;
  for await (const target of targetsOfJob(ports, job)) {
    // Noted on the job before the line is joined, so that its end leaves every line it can be in.
    await noteLine(ports, jobId, target);
    await change(ports.store, lineKey(target), (standing = { target, jobs: [] }) => {
      const after = joined(standing, jobId);
      return after === standing ? undefined : after;
    });
    const head = await liveHead(ports, target);
    if (head !== jobId) return;
  }
  const first = await changeJob(ports, jobId, now => nextAttempt(now, 0));
  if (first && first.attempt === 1) await startExecution(ports, first);
}

/** Gives the targets back and lets the next in each line go on. Repeatable; the last to be left is the first joined. */
export async function leaveLines(ports: Ports, job: Job): Promise<void> {
  for (const target of job.lines.toReversed()) {
    await leave(ports, target, job.id);
    const next = await liveHead(ports, target);
    if (next !== undefined && next !== job.id) await advance(ports, next);
  }
}

/**
 * Whose turn it is. A job that was cancelled in the very moment in which it joined will never leave by itself: who
 * meets it here takes it out.
 */
async function liveHead(ports: Ports, target: string): Promise<string | undefined> {
  let line = (await ports.store.get(lineKey(target)))?.value;
  while (line?.jobs[0] !== undefined && (await isOver(ports, line.jobs[0]))) {
    line = await leave(ports, target, line.jobs[0]);
  }
  return line?.jobs[0];
}

async function leave(ports: Ports, target: string, jobId: string): Promise<Line | undefined> {
  return change(ports.store, lineKey(target), standing => {
    if (!standing) return undefined;
    const after = left(standing, jobId);
    return after === standing ? undefined : after;
  });
}

/** Whether nothing more is to be done for a job, its own leaving of lines included. */
async function isOver(ports: Ports, jobId: string): Promise<boolean> {
  return (await ports.store.get(jobKey(jobId)))?.value.open === false;
}

function waits({ status, attempt }: Job): boolean {
  return status === 'QUEUED' && attempt === 0;
}

/** Where a waiting job stands: 1 is the head. */
export async function placesInLine(ports: Pick<Ports, 'store'>, job: Job): Promise<PlaceInLine[]> {
  const places: PlaceInLine[] = [];
  for (const target of job.lines) {
    const jobs = (await ports.store.get(lineKey(target)))?.value.jobs ?? [];
    const place = jobs.indexOf(job.id) + 1;
    if (place > 0) places.push({ target, place, ...(place > 1 && jobs[0] ? { heldBy: jobs[0] } : {}) });
  }
  return places;
}

export interface PlaceInLine {
  target: string;
  place: number;
  heldBy?: string;
}

/** The entry point first; only its head reads what stands there, which no other job can change any more. */
async function* targetsOfJob(ports: Ports, { id, entryPoint }: Job): AsyncGenerator<string> {
  yield entryPointTarget(entryPoint);
  const { region } = ports.settings;
  const accepted = (await ports.store.get(requestKey(id)))?.value;
  const parsed = parseRequest(accepted?.value, region);
  if (!parsed.ok) throw new Error(`the accepted request of ${id} does not parse`);
  const standing = (await ports.store.get(entryPointKey(entryPoint)))?.value;
  const wanted = planSteps(parsed.request, { jobId: id, region }).steps;
  yield* targetsOf([...wanted, ...ownedBy(standing, region)]);
}

async function noteLine(ports: Ports, jobId: string, target: string): Promise<void> {
  await changeJob(ports, jobId, job =>
    job.lines.includes(target) ? undefined : { ...job, lines: [...job.lines, target] },
  );
}
