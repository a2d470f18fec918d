// The leftovers of a job: changes that its rollback has not undone, resources that it has not deleted, and resources that it
// has not created again.

import { keptLanes, stepsIn } from '../plan/lanes.ts';
import type { Problem } from '../ports/errors.ts';
import { isSkipped, type Job, type Leftover } from '../record/job.ts';
import { leavesNothing } from '../record/ledger.ts';
import type { Lane, Step } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';

/** Every step that may have left a resource behind or missing, in the order of the plan, except skipped steps. */
export function leftoversOf(jobRecord: JobRecord): Leftover[] {
  const { job, plan, ledger } = jobRecord;
  const isLeft = job.status === 'RUNNING' ? notRemoved : notUndone;
  return (plan?.steps ?? [])
    .filter(step => isLeft(step, jobRecord) && !isSkipped(job, step.id))
    .map(step => {
      const { id, title, existingId } = step;
      const entry = ledger.get(id);
      const problem = entry?.undo?.problem ?? entry?.problem ?? notReached(job, step);
      // The resource is gone, so its former id is of no use.
      if (isMissing(step, jobRecord)) return { step: id, title: `${title} (not created again)`, problem };
      const cloudId = entry?.id ?? existingId;
      return { step: id, title, ...(cloudId ? { id: cloudId } : {}), problem };
    });
}

/** A removal that has not finished. */
function notRemoved({ id }: Step, { plan, ledger }: JobRecord): boolean {
  return stepsIn(plan?.lanes.cleanup).has(id) && ledger.get(id)?.state !== 'applied';
}

/** An act that the rollback has not undone, or a resource that `prepare` deleted and that is not restored. */
function notUndone({ id, act, restores }: Step, { ledger }: JobRecord): boolean {
  const entry = ledger.get(id);
  if (restores === undefined) return (act === 'create' || act === 'update') && !leavesNothing(entry);
  const gone = ledger.get(restores)?.undo !== undefined;
  return gone && entry?.state !== 'applied';
}

function isMissing({ id, restores }: Step, { ledger }: JobRecord): boolean {
  return restores !== undefined && ledger.get(id)?.id === undefined;
}

function notReached({ status }: Job, { act, restores }: Step): Problem {
  const undone = restores !== undefined ? 'created again' : act === 'update' ? 'reverted' : 'deleted';
  const message =
    status === 'RUNNING'
      ? 'the removal ended before the resource was confirmed as deleted'
      : `the rollback ended before the resource was confirmed as ${undone}`;
  return { code: 'NotStabilized', message, retryable: true };
}

/**
 * The lanes that restore what `prepare` deleted or changed. Steps on a resource whose later change could not be undone are
 * left out until a retry: they would take that change for a foreign one and keep it.
 */
export function lanesToRestore(jobRecord: JobRecord): Lane[] {
  const { plan } = jobRecord;
  const lanes = plan?.lanes.restore ?? [];
  const restoring = stepsIn(lanes);
  const leftovers = new Set(leftoversOf(jobRecord).map(({ step }) => step));
  const steps = plan?.steps ?? [];
  const changed = steps.flatMap(({ id, existingId }) =>
    existingId !== undefined && leftovers.has(id) && !restoring.has(id) ? [existingId] : [],
  );
  const postponed = new Set(
    steps.filter(({ existingId = '' }) => changed.includes(existingId)).map(({ id }) => id),
  );
  return keptLanes(lanes, id => !postponed.has(id));
}
