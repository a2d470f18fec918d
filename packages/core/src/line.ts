// Lines: who waits for a target, in order; the head holds the target. A job joins its lines one after
// another, each only as head of the one before, so no two jobs can wait for each other. `advance` is the
// one way forward: whoever accepts a job, leaves a line or sweeps calls it, and calling it again is harmless.

import { startExecution } from './execution.ts';
import { type Job, jobIndex, nextAttempt } from './job.ts';
import { targetsOf } from './plan.ts';
import type { Ports } from './ports.ts';
import { change, jobKey, type Line, lineKey, requestKey } from './records.ts';
import { parseRequest } from './request.ts';

export function joined(line: Line, jobId: string): Line {
  return line.jobs.includes(jobId) ? line : { ...line, jobs: [...line.jobs, jobId] };
}

export function left(line: Line, jobId: string): Line {
  return line.jobs[0] === jobId ? { ...line, jobs: line.jobs.slice(1) } : line;
}

export const entryPointTarget = (name: string) => `entry-point/${name}`;

/** Joins what can be joined; starts the job's first execution once it heads all its lines. */
export async function advance(ports: Ports, jobId: string): Promise<void> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  if (job?.status !== 'QUEUED' || job.attempt > 0) return;
  for (const target of await targetsOfJob(ports, job)) {
    // Noted on the job before the line is joined, so that its end leaves every line it can be in.
    await noteLine(ports, jobId, target);
    const line = await change(ports.store, lineKey(target), standing => {
      const before = standing ?? { target, jobs: [] };
      const after = joined(before, jobId);
      return after === before ? undefined : after;
    });
    if (line?.jobs[0] !== jobId) return;
  }
  const first = await change(ports.store, jobKey(jobId), now => now && nextAttempt(now, 0), jobIndex);
  if (first && first.attempt === 1) await startExecution(ports, first);
}

/** Gives the targets back and lets the next in each line go on. Repeatable; the last to be left is the first joined. */
export async function leaveLines(ports: Ports, job: Job): Promise<void> {
  for (const target of job.lines.toReversed()) {
    const line = await change(ports.store, lineKey(target), standing => {
      if (!standing) return undefined;
      const after = left(standing, job.id);
      return after === standing ? undefined : after;
    });
    const next = line?.jobs[0];
    if (next !== undefined && next !== job.id) await advance(ports, next);
  }
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

async function targetsOfJob(ports: Ports, job: Job): Promise<string[]> {
  const accepted = (await ports.store.get(requestKey(job.id)))?.value;
  const parsed = parseRequest(accepted?.value, ports.settings.region);
  if (!parsed.ok) throw new Error(`the accepted request of ${job.id} does not parse`);
  return [entryPointTarget(job.entryPoint), ...targetsOf(parsed.request, ports.settings.region)];
}

async function noteLine(ports: Ports, jobId: string, target: string): Promise<void> {
  await change(
    ports.store,
    jobKey(jobId),
    job => (job && !job.lines.includes(target) ? { ...job, lines: [...job.lines, target] } : undefined),
    jobIndex,
  );
}
