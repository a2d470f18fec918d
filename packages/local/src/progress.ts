// A job's steps on the terminal: live where there is one, a line per change elsewhere.
import { styleText } from 'node:util';
import type { JobView, StepState, StepView } from '@gatehouse/core/answers';
import { createLogUpdate } from 'log-update';

const MARKS: Record<StepState, string> = {
  waiting: styleText('dim', '·'),
  running: styleText('cyan', '▸'),
  retrying: styleText('yellow', '↻'),
  settling: styleText('cyan', '…'),
  done: styleText('green', '✔'),
  failed: styleText('red', '✖'),
  skipped: styleText('dim', '-'),
  undoing: styleText('yellow', '↶'),
  undone: styleText('yellow', '✔'),
  left: styleText('red', '!'),
};

/** Call it with the job as often as it is polled. */
export function showProgress(output = process.stdout): (job: JobView) => void {
  // A terminal that does not know its size cannot be drawn on.
  return output.isTTY && output.columns > 0 ? live(output) : lines(output);
}

function live(output: NodeJS.WriteStream) {
  const draw = createLogUpdate(output);
  return (job: JobView) => {
    draw(
      [
        ...job.steps.map(step => `  ${stepLine(step)}`),
        `  ${styleText('bold', job.status)}: ${job.summary}`,
      ].join('\n'),
    );
    if (job.endedAt) draw.done();
  };
}

function lines(output: NodeJS.WriteStream) {
  const told = new Map<string, string>();
  return (job: JobView) => {
    for (const step of job.steps) {
      const line = stepLine(step);
      if (step.state !== 'waiting' && told.get(step.id) !== line) output.write(`  ${line}\n`);
      told.set(step.id, line);
    }
  };
}

function stepLine(step: StepView): string {
  const because = step.state === 'settling' ? step.waitingFor?.because : undefined;
  const error = step.state === 'done' ? undefined : (step.undo?.error ?? step.error)?.message;
  const why = error ?? because;
  return `${MARKS[step.state]} ${step.title}: ${step.state}${why ? ` (${why})` : ''}`;
}
