// Executes one step: read, decide, write the ledger, call, write the ledger. After a crash anywhere, the step can be called
// again. The fence before every mutating call checks that the job still runs in this direction and that this attempt is the
// current one.

import type { Members } from '../json/plain-members.ts';
import { entriesNeededBy } from '../plan/lanes.ts';
import { problemOf, RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import type { StepPorts } from '../ports/ports.ts';
import { requestRollback } from '../record/change-job.ts';
import { isSkipped } from '../record/job.ts';
import type { Entry } from '../record/ledger.ts';
import type { Plan, Step } from '../record/plan.ts';
import { entryKey, jobKey, planKey } from '../record/records.ts';
import { type Direction, pass } from './fence.ts';
import { endsHere } from './full-history.ts';
import { type StepCall, StepEntry } from './step-entry.ts';
import { type StepAnswer, Walk } from './walk.ts';
import { applyCreate, undoCreate } from './walk-create.ts';
import { applyRemoval, restoreRemoved } from './walk-removal.ts';
import { applyAdoption, applyUpdate, undoUpdate } from './walk-update.ts';

export type { StepCall } from './step-entry.ts';
export type { StepAnswer } from './walk.ts';

/** Far more than any step needs: each move changes the ledger or ends the call. */
const MAX_MOVES = 40;

/** The share of a call's time in which it begins moves. Any one move fits into the rest. */
const MOVING = 0.25;

/** Executes one step forward. Throws the errors of errors.ts; a permanent failure sets the job's rollback cause. */
export async function applyStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  try {
    return await walkStep(ports, call, { direction: 'forward', moveOf: applying });
  } catch (thrown) {
    if (thrown instanceof TerminalError) await requestRollbackFor(ports, call, thrown);
    throw thrown;
  }
}

/** Undoes one step, until a read proves that nothing of ours is left and that every change is reverted. */
export function undoStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  return walkStep(ports, call, { direction: 'backward', moveOf: undoing });
}

/** The end of a rollback: a resource that `prepare` deleted or changed is as it was. */
export function restoreStep(ports: StepPorts, call: StepCall): Promise<StepAnswer> {
  return walkStep(ports, call, { direction: 'backward', moveOf: restoring });
}

type MakeMove = (walk: Walk) => Promise<StepAnswer | undefined>;

interface Mode {
  direction: Direction;
  /** Undefined if the step has nothing to do. */
  moveOf(step: Step, entries: Entries): MakeMove | undefined;
}

function applying({ act }: Step): MakeMove | undefined {
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

function undoing({ act }: Step): MakeMove | undefined {
  if (act === 'update') return undoUpdate;
  return act === 'create' || act === 'wait' ? undoCreate : undefined;
}

function restoring(step: Step, entries: Entries): MakeMove | undefined {
  const { restores } = step;
  return restores === undefined ? undoing(step) : walk => restoreRemoved(walk, entries.get(restores));
}

function unknownAct(act: never): never {
  throw new TerminalError('InternalFailure', `unknown act ${act}`);
}

async function walkStep(ports: StepPorts, call: StepCall, { direction, moveOf }: Mode): Promise<StepAnswer> {
  const lastMoveBy = ports.clock.now().getTime() + 1000 * MOVING * ports.settings.stepTimeoutSeconds;
  const read = await readCall(ports, call);
  const job = await pass(ports, call, direction, read.job);
  // A person has skipped this step.
  if (isSkipped(job, call.step)) return { state: 'done' };
  if (await endsHere(ports, call, { job, plan: read.plan, stored: read.own })) return { state: 'done' };
  const { plan } = read;
  const step = plan?.steps.find(({ id }) => id === call.step);
  if (!plan || !step) throw new TerminalError('InternalFailure', `the plan has no step ${call.step}`);
  const entries = await entriesOf(ports, call, step, read.entries);
  const move = moveOf(step, entries);
  if (!move) return { state: 'done' };
  const desired = desiredOf(plan, step, direction, entries);
  const stepEntry = StepEntry.open(ports, call, { stored: read.own, job });
  const walk = new Walk({ ports, call, direction, job, plan, step, desired, stepEntry });
  try {
    for (let moves = 0; moves < MAX_MOVES; moves++) {
      const answer = await move(walk);
      if (answer) return answer;
      if (ports.clock.now().getTime() > lastMoveBy) return continueLater(ports, stepEntry);
    }
    throw new RetryableError('Busy', `${step.title} needs more moves than one call allows`);
  } catch (thrown) {
    const error = await walk.noteFailure(toStepError(thrown));
    // The observed state may be the work of another call of this step, which is missing in the entry that this call has read.
    if (error instanceof TerminalError) await stepEntry.assertCurrent();
    const later = error instanceof RetryableError ? error.retryAfterSeconds : undefined;
    if (later === undefined) throw error;
    // The machine's retries have their own delays. If the error has a delay, the step returns it as its next poll.
    return { state: 'pending', nextPollAt: ports.clock.after(later).toISOString() };
  }
}

/** The calls are slow. The next call of the step continues, as it would after a crash. */
async function continueLater({ clock }: StepPorts, stepEntry: StepEntry): Promise<StepAnswer> {
  await stepEntry.flush();
  return { state: 'pending', nextPollAt: clock.now().toISOString() };
}

type Entries = ReadonlyMap<string, Entry | undefined>;

/** Everything that a call needs at its start, in one read. */
async function readCall({ store }: StepPorts, { jobId, step, reads = [] }: StepCall) {
  const keys = [jobKey(jobId), planKey(jobId), entryKey(jobId, step)] as const;
  const others = reads.map(each => entryKey(jobId, each));
  const [job, plan, own, ...rest] = await store.many([...keys, ...others]);
  const entries: Entries = new Map(reads.map((each, index) => [each, rest[index]?.value]));
  return { job: job?.value, plan: plan?.value, own, entries };
}

/** Older machines do not list the entries in the call, so the missing ones are read now. */
async function entriesOf(
  { store }: StepPorts,
  { jobId }: StepCall,
  step: Step,
  known: Entries,
): Promise<Entries> {
  const missing = entriesNeededBy(step).filter(each => !known.has(each));
  if (missing.length === 0) return known;
  const found = await store.many(missing.map(each => entryKey(jobId, each)));
  return new Map([...known, ...missing.map((each, index) => [each, found[index]?.value] as const)]);
}

async function requestRollbackFor(ports: StepPorts, call: StepCall, error: TerminalError): Promise<void> {
  const at = ports.clock.now().toISOString();
  const cause = { reason: 'failed', step: call.step, at, problem: problemOf(error) } as const;
  await requestRollback(ports.store, call, cause);
}

/** The desired state, with the cloud ids of the steps that this one needs. Backward, ids can be missing. */
function desiredOf(plan: Plan, step: Step, direction: Direction, entries: Entries): Members {
  const { displaces } = step;
  const desired: Members = { ...step.desired, ...step.instructions, ...(displaces ? { displaces } : {}) };
  for (const [member, needed] of Object.entries(step.needs)) {
    const id = entries.get(needed)?.id ?? existingIdOf(plan, needed);
    if (id !== undefined) desired[member] = id;
    else if (direction === 'forward') {
      throw new TerminalError('InternalFailure', `${step.id} started before ${needed} was created`);
    }
  }
  return desired;
}

/** The id of a resource that existed before the job. A restore step has it, too, for the case that nothing was deleted. */
function existingIdOf(plan: Plan, id: string): string | undefined {
  return plan.steps.find(step => step.id === id)?.existingId;
}
