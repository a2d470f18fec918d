// A job's last writes, each repeatable, in this order: inventory, the job's end with its event, its lines and
// the next in them, and last the note that nothing is left to do. A crash between two is found by the schedule,
// as the job is still open.
import type { Run } from './begin.ts';
import { changeJob } from './change-job.ts';
import type { Problem } from './errors.ts';
import { hasEnded } from './events.ts';
import { ended, type Job, type Left } from './job.ts';
import { leaveLines } from './line.ts';
import type { Ports } from './ports.ts';
import { change, type Dossier, entryPointIndex, entryPointKey, readDossier } from './records.ts';
import { parseRequest } from './request.ts';

export interface End {
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'ROLLED_BACK' | 'ROLLBACK_FAILED' | 'REMOVE_FAILED';
  problem?: Problem;
  left?: Left[];
}

/** Gives the job as it stands afterwards: ended so, or, where that end is not allowed (any more), as it was. */
export async function endJob(ports: Ports, run: Run, end: End): Promise<Job | undefined> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier || dossier.job.attempt !== run.attempt) return dossier?.job;
  if (!hasEnded(dossier.job.status)) await recordInventory(ports, dossier, end);
  const at = ports.clock.now().toISOString();
  const job = await changeJob(ports, run.jobId, now => ended(now, { ...end, attempt: run.attempt, at }));
  if (job && hasEnded(job.status)) await finishEnding(ports, job);
  return job;
}

/** What follows the end itself. The schedule calls it again for an ended job that is still open. */
export async function finishEnding(ports: Ports, job: Job): Promise<void> {
  if (!job.open) return;
  await leaveLines(ports, job);
  await changeJob(ports, job.id, now => (now.open ? { ...now, lines: [], open: false } : undefined));
}

/** What stands by this job is written before the job says so; what it wrote too early is taken back. */
async function recordInventory(ports: Ports, dossier: Dossier, end: End): Promise<void> {
  const key = entryPointKey(dossier.job.entryPoint);
  if (end.status === 'SUCCEEDED') {
    if (dossier.job.mark) return;
    const entryPoint = entryPointOf(dossier, ports.clock.now().toISOString(), ports.settings.region);
    await change(ports.store, key, standing => (standing ? undefined : entryPoint), entryPointIndex);
    return;
  }
  const standing = await ports.store.get(key);
  if (standing?.value.jobId === dossier.job.id) await ports.store.remove(key, standing.version);
}

function entryPointOf({ job, request, plan, ledger }: Dossier, since: string, region: string) {
  const parsed = parseRequest(request.value, region);
  const resources = (plan?.steps ?? []).flatMap(step => {
    const id = step.act === 'create' ? ledger.get(step.id)?.id : undefined;
    return id ? [{ step: step.id, kind: step.kind, id }] : [];
  });
  return {
    name: job.entryPoint,
    cloud: job.cloud,
    owner: job.caller,
    since,
    jobId: job.id,
    spec: parsed.ok ? parsed.request : request.value,
    resources,
  };
}
