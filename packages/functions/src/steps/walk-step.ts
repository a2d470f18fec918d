// The logic of every resource's Lambda function: one call of one step, which applies, undoes or restores it.
import type { StepPorts } from '@gatehouse/core/ports/ports';
import { applyStep, restoreStep, type StepAnswer, type StepCall, undoStep } from '@gatehouse/core/step/step';

const ACTS = { apply: applyStep, undo: undoStep, restore: restoreStep };

/** The answer as the state machine reads it: machines up to version 4 wait until `askAgainAt`. */
type MachineAnswer = StepAnswer & { askAgainAt?: string };

export async function walkStep(
  ports: StepPorts,
  { act, ...call }: StepCall & { act: keyof typeof ACTS },
): Promise<MachineAnswer> {
  const answer = await ACTS[act](ports, call);
  return answer.state === 'pending' ? { ...answer, askAgainAt: answer.nextPollAt } : answer;
}
