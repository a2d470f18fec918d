// What a job that turned back, or whose removals stopped, has not taken back or away; and what of it is still to be made
// again.

import { keptLanes, stepsIn } from '../plan/lanes.ts';
import type { Problem } from '../ports/errors.ts';
import { isSkipped, type Job, type Leftover } from '../record/job.ts';
import { leavesNothing } from '../record/ledger.ts';
import type { Lane, Step } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';

/** Every step of which something may still stand, or be missing, in the order of the plan; not what is left on purpose. */
export function leftoversOf(jobRecord: JobRecord): Leftover[] {
  const { job, plan, ledger } = jobRecord;
  const isLeft = job.status === 'RUNNING' ? notRemoved : notUndone;
  return (plan?.steps ?? [])
    .filter(step => isLeft(step, jobRecord) && !isSkipped(job, step.id))
    .map(step => {
      const { id, title, existingId } = step;
      const entry = ledger.get(id);
      const problem = entry?.undo?.problem ?? entry?.problem ?? notReached(job, step);
      // What it was is gone, and its id names nothing any more.
      if (isMissing(step, jobRecord)) return { step: id, title: `${title} (not made again)`, problem };
      const cloudId = entry?.id ?? existingId;
      return { step: id, title, ...(cloudId ? { id: cloudId } : {}), problem };
    });
}

/** Of the removals, whatever has not come to its end. */
function notRemoved({ id }: Step, { plan, ledger }: JobRecord): boolean {
  return stepsIn(plan?.lanes.cleanup).has(id) && ledger.get(id)?.state !== 'applied';
}

/** Of a rollback: what is not taken back, and what had to go first and is not there again. */
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
  const back = restores !== undefined ? 'make it again' : act === 'update' ? 'put it back' : 'prove it gone';
  const [way, what] = status === 'RUNNING' ? ['removal', 'prove it gone'] : ['rollback', back];
  const message = `the ${way} did not come so far as to ${what}`;
  return { code: 'NotStabilized', message, retryable: true };
}

/**
 * What went first, to be made again; but not on a thing that a later step has changed and that could not be taken back: what
 * stands there would be taken for somebody else's change, and stay. It is left, too, until a retry.
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
  const waits = new Set(
    steps.filter(({ existingId = '' }) => changed.includes(existingId)).map(({ id }) => id),
  );
  return keptLanes(lanes, id => !waits.has(id));
}
