// Walking one step: read, decide, write the ledger, call, write the ledger. A crash anywhere is answered by
// calling again. Before every mutating call stands the fence: the job still runs in this direction and this
// attempt is the current one.
import { changeJob } from './change-job.ts';
import { problemOf, RetryableError, TerminalError, toStepError } from './errors.ts';
import { type Direction, fence } from './fence.ts';
import { marked } from './job.ts';
import { LedgerPage, type StepCall } from './ledger-page.ts';
import type { Plan, Step } from './plan.ts';
import type { CloudPorts, Ports } from './ports.ts';
import { entryKey, planKey } from './records.ts';
import { type StepAnswer, Walk } from './walk.ts';

export type { StepCall } from './ledger-page.ts';
export type { StepAnswer } from './walk.ts';

/** Far above what any step needs: each move changes the ledger or ends the call. */
const MAX_MOVES = 40;

/** Forward on one step. Throws the errors of errors.ts; a failure for good marks the job. */
export async function applyStep(ports: CloudPorts, call: StepCall): Promise<StepAnswer> {
  try {
    return await walk(ports, call, 'forward');
  } catch (thrown) {
    if (thrown instanceof TerminalError) await markFailed(ports, call, thrown);
    throw thrown;
  }
}

/** Backward on one step, until a read proves that nothing of ours is left. */
export function undoStep(ports: CloudPorts, call: StepCall): Promise<StepAnswer> {
  return walk(ports, call, 'backward');
}

async function walk(ports: CloudPorts, call: StepCall, direction: Direction): Promise<StepAnswer> {
  await fence(ports, call, direction);
  const step = stepOf((await ports.store.get(planKey(call.jobId)))?.value, call.step);
  const desired = await desiredOf(ports, call.jobId, step, direction);
  const page = await LedgerPage.open(ports.store, call);
  const walker = new Walk({ ports, call, direction, step, desired, page });
  try {
    for (let moves = 0; moves < MAX_MOVES; moves++) {
      const answer = await (direction === 'forward' ? walker.apply() : walker.undo());
      if (answer) return answer;
    }
    throw new RetryableError('Busy', `${step.title} did not come to rest in one call`);
  } catch (thrown) {
    const error = toStepError(thrown);
    await walker.noteFailure(error);
    // What is found on the cloud may be the work of another call of this step, which the page read here does not know.
    if (error instanceof TerminalError) await page.assertCurrent();
    throw error;
  }
}

async function markFailed(ports: Ports, call: StepCall, error: TerminalError): Promise<void> {
  const at = ports.clock.now().toISOString();
  const mark = { because: 'failed', step: call.step, at, problem: problemOf(error) } as const;
  await changeJob(ports, call.jobId, job => marked(job, call.attempt, mark));
}

function stepOf(plan: Plan | undefined, id: string): Step {
  const step = plan?.steps.find(candidate => candidate.id === id);
  if (!step) throw new TerminalError('InternalFailure', `the plan has no step ${id}`);
  return step;
}

/** With the cloud ids of the steps that this one needs. Backward, one that was never made needs none. */
async function desiredOf(
  ports: Ports,
  jobId: string,
  step: Step,
  direction: Direction,
): Promise<Record<string, unknown>> {
  const desired = { ...step.desired };
  for (const [member, needed] of Object.entries(step.needs)) {
    const id = (await ports.store.get(entryKey(jobId, needed)))?.value.id;
    if (id !== undefined) desired[member] = id;
    else if (direction === 'forward') {
      throw new TerminalError('InternalFailure', `${step.id} came before ${needed}`);
    }
  }
  return desired;
}
