// Walking one step: read, decide, write the ledger, call, write the ledger. A crash anywhere is answered by
// calling again. Before every mutating call stands the fence: the job still runs in this direction and this
// attempt is the current one.

import { problemOf, RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import type { StepPorts } from '../ports/ports.ts';
import { markJob } from '../record/change-job.ts';
import { isSkipped } from '../record/job.ts';
import type { Plan, Step } from '../record/plan.ts';
import { entryKey, planKey } from '../record/records.ts';
import { type Direction, fence } from './fence.ts';
import { LedgerPage, type StepCall } from './step-entry.ts';
import { type StepAnswer, Walk } from './walk.ts';
import { applyCreate, undoCreate } from './walk-create.ts';
import { applyRemoval, restoreRemoved } from './walk-removal.ts';
import { applyAdoption, applyUpdate, undoUpdate } from './walk-update.ts';

export type { StepCall } from './step-entry.ts';
export type { StepAnswer } from './walk.ts';

/** Far above what any step needs: each move changes the ledger or ends the call. */
const MAX_MOVES = 40;

/** Forward on one step. Throws the errors of errors.ts; a failure for good marks the job. */
export async function applyStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  try {
    return await walkStep(ports, call, { direction: 'forward', moveOf: applying });
  } catch (thrown) {
    if (thrown instanceof TerminalError) await markFailed(ports, call, thrown);
    throw thrown;
  }
}

/** Backward on one step, until a read proves that nothing of ours is left, and what we changed is as it was. */
export function undoStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  return walkStep(ports, call, { direction: 'backward', moveOf: undoing });
}

/** The end of a rollback: what had to go, or give way, before the rest could come, is there again. */
export function restoreStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  return walkStep(ports, call, { direction: 'backward', moveOf: step => restoring(step, ports, call) });
}

type OneMove = (walk: Walk) => Promise<StepAnswer | undefined>;

interface Way {
  direction: Direction;
  /** Undefined where nothing is to be done. */
  moveOf(step: Step): OneMove | undefined;
}

function applying({ act }: Step): OneMove | undefined {
  switch (act) {
    case 'create':
    case 'wait':
      return applyCreate;
    case 'update':
      return applyUpdate;
    case 'adopt':
      return applyAdoption;
    case 'delete':
      return applyRemoval;
    case 'unchanged':
      return undefined;
    default:
      return unknownAct(act);
  }
}

function undoing({ act }: Step): OneMove | undefined {
  if (act === 'update') return undoUpdate;
  return act === 'create' || act === 'wait' ? undoCreate : undefined;
}

function restoring(step: Step, { store }: StepPorts, { jobId }: StepCall): OneMove | undefined {
  const { restores } = step;
  if (restores === undefined) return undoing(step);
  return async walk => restoreRemoved(walk, (await store.get(entryKey(jobId, restores)))?.value);
}

function unknownAct(act: never): never {
  throw new TerminalError('InternalFailure', `unknown act ${act}`);
}

async function walkStep(ports: StepPorts, call: StepCall, { direction, moveOf }: Way): Promise<StepAnswer> {
  const job = await fence(ports, call, direction);
  // A person has decided to leave it behind.
  if (isSkipped(job, call.step)) return { state: 'done' };
  const plan = (await ports.store.get(planKey(call.jobId)))?.value;
  const step = stepOf(plan, call.step);
  const move = moveOf(step);
  if (!move) return { state: 'done' };
  const desired = await desiredOf(ports, call.jobId, plan, step, direction);
  const page = await LedgerPage.open(ports.store, call);
  const walk = new Walk({ ports, call, direction, step, desired, page });
  try {
    for (let moves = 0; moves < MAX_MOVES; moves++) {
      const answer = await move(walk);
      if (answer) return answer;
    }
    throw new RetryableError('Busy', `${step.title} did not come to rest in one call`);
  } catch (thrown) {
    const error = toStepError(thrown);
    await walk.noteFailure(error);
    // What is found on the cloud may be the work of another call of this step, which the page read here does not know.
    if (error instanceof TerminalError) await page.assertCurrent();
    const later = error instanceof RetryableError ? error.retryAfterSeconds : undefined;
    if (later === undefined) throw error;
    // The machine's own retries wait as they please: asked to come again later, the step itself says when.
    return { state: 'pending', askAgainAt: ports.clock.after(later).toISOString() };
  }
}

async function markFailed(ports: StepPorts, call: StepCall, error: TerminalError): Promise<void> {
  const at = ports.clock.now().toISOString();
  const mark = { because: 'failed', step: call.step, at, problem: problemOf(error) } as const;
  await markJob(ports.store, call, mark);
}

function stepOf(plan: Plan | undefined, id: string): Step {
  const step = plan?.steps.find(candidate => candidate.id === id);
  if (!step) throw new TerminalError('InternalFailure', `the plan has no step ${id}`);
  return step;
}

/** With the cloud ids of the steps that this one needs. Backward, one that was never made needs none. */
async function desiredOf(
  ports: StepPorts,
  jobId: string,
  plan: Plan | undefined,
  step: Step,
  direction: Direction,
): Promise<Record<string, unknown>> {
  const desired = { ...step.desired };
  for (const [member, needed] of Object.entries(step.needs)) {
    const id = (await ports.store.get(entryKey(jobId, needed)))?.value.id ?? standingId(plan, needed);
    if (id !== undefined) desired[member] = id;
    else if (direction === 'forward') {
      throw new TerminalError('InternalFailure', `${step.id} came before ${needed}`);
    }
  }
  return desired;
}

/** Of what stood before the job and stays; of what is made again, as long as it did not have to be. */
function standingId(plan: Plan | undefined, id: string): string | undefined {
  return plan?.steps.find(step => step.id === id)?.standing;
}
