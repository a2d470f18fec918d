// A retried removal is planned again: it names the foreign objects that are attached by then, and deletes them if the request has
// `options.force`. Other attempts keep to the plan that they find, so what appears later is not deleted.

import { requestOf } from '../plan/accepted.ts';
import { type EveryPort, forOneReading } from '../plan/cloud-ports.ts';
import { foreignDeletionsIn, namingForeign, observeDeletions } from '../plan/foreign.ts';
import { stepsIn } from '../plan/lanes.ts';
import { RetryableError } from '../ports/errors.ts';
import { changeJob } from '../record/change-job.ts';
import { isSkipped, withEvent } from '../record/job.ts';
import type { Plan, Step } from '../record/plan.ts';
import { change, type JobRecord, planKey } from '../record/records.ts';
import type { Run } from '../record/run.ts';

type Planned = JobRecord & { plan: Plan };

/** Returns the record with its present plan. Reads the clouds once per retry, and changes nothing in them. */
export async function planRetried(ports: EveryPort, run: Run, jobRecord: Planned): Promise<Planned> {
  const { job, plan, request } = jobRecord;
  const retry = job.events.findLast(({ action }) => action === 'retry')?.attempt ?? 0;
  if (job.phase !== 'cleanup' || retry <= (plan.foreignReadFor ?? 0)) return jobRecord;
  const { options } = await requestOf(request, ports.settings.region);
  if (!options.force) return jobRecord;
  try {
    return { ...jobRecord, plan: await renewed(forOneReading(ports), run, jobRecord, retry) };
  } catch (thrown) {
    const isLate = job.deadlineAt !== undefined && job.deadlineAt <= ports.clock.now().toISOString();
    if (thrown instanceof RetryableError && isLate) return jobRecord;
    throw thrown;
  }
}

/** The event comes first: nothing is deleted that the history of the job does not name. */
async function renewed(ports: EveryPort, run: Run, jobRecord: Planned, retry: number): Promise<Plan> {
  const { plan } = jobRecord;
  const deletions = plan.steps.filter(({ act }) => act === 'delete');
  const left = deletions.filter(step => isLeft(step, jobRecord));
  const { foreignObjects } = await observeDeletions(ports, left, deletions);
  const ours = idsIn(jobRecord);
  const foreign = foreignObjects.map(each => ({
    ...each,
    names: each.names.filter(name => !ours.has(name)),
  }));
  const next = { ...namingForeign(plan, foreign), foreignReadFor: retry };
  const deletesForeign = foreignDeletionsIn(next, plan.steps);
  const at = ports.clock.now().toISOString();
  if (deletesForeign.length > 0) {
    await changeJob(ports, run.jobId, now =>
      now.attempt === run.attempt && now.status === 'RUNNING'
        ? withEvent(now, { at, deletesForeign })
        : undefined,
    );
  }
  const stored = await change(ports.store, planKey(run.jobId), now =>
    retry <= (now?.foreignReadFor ?? 0) ? undefined : next,
  );
  return stored ?? next;
}

function isLeft({ id }: Step, { job, plan, ledger }: Planned): boolean {
  return stepsIn(plan.lanes.cleanup).has(id) && ledger.get(id)?.state !== 'applied' && !isSkipped(job, id);
}

/** Of the resources that the entry point keeps: an update has created some of them. */
function idsIn({ plan, ledger }: Planned): Set<string> {
  return new Set(plan.steps.flatMap(({ id, existingId }) => ledger.get(id)?.id ?? existingId ?? []));
}
