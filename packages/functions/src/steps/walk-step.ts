// What every resource's Lambda does: one call of one step, forward or backward.
import type { CloudPorts } from '@gatehouse/core/ports';
import { applyStep, type StepAnswer, type StepCall, undoStep } from '@gatehouse/core/step';

const ACTS = { apply: applyStep, undo: undoStep };

export function walkStep(
  ports: CloudPorts,
  call: StepCall & { act: keyof typeof ACTS },
): Promise<StepAnswer> {
  return ACTS[call.act](ports, call);
}
