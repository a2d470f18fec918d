// What every resource's Lambda does: one call of one step, forward, backward, or making good again.
import type { StepPorts } from '@gatehouse/core/ports/ports';
import { applyStep, restoreStep, type StepAnswer, type StepCall, undoStep } from '@gatehouse/core/step/step';

const ACTS = { apply: applyStep, undo: undoStep, restore: restoreStep };

export function walkStep(
  ports: StepPorts,
  { act, ...call }: StepCall & { act: keyof typeof ACTS },
): Promise<StepAnswer> {
  return ACTS[act](ports, call);
}
