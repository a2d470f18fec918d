// Shows the progress of a job: redrawn in place on a terminal, with elapsed time; elsewhere, one line per change. Both the
// command line and `npm start` use it.
import { styleText } from 'node:util';
import type { Job, Step } from '@gatehouse/client';
import { createLogUpdate } from 'log-update';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { stateName, stepLine, stepNews } from './step-line.ts';
import type { Output } from './terminal.ts';

export interface Progress {
  /** Called with the job at each change. */
  show(job: Job): void;
  /** Gatehouse does not answer, and the call is retried. */
  trouble(reason: string): void;
  /** Ends the display; its last lines stay. */
  close(): void;
}

const REDRAW_MS = 1000;
const DEFAULT_ROWS = 24;
/** The lines of the job, the counts, trouble and the cursor. */
const OTHER_ROWS = 4;

export function showProgress(output: Output, now: () => number = Date.now): Progress {
  // A terminal without a known size cannot be redrawn in place.
  const shown = output.isTTY && (output.columns ?? 0) > 0 ? live(output, now) : lines(output, now);
  return { ...shown, show: job => shown.show(printable(job)) };
}

function live(output: Output, now: () => number): Progress {
  const draw = createLogUpdate(output as NodeJS.WriteStream);
  let shown: Job | undefined;
  let trouble: string | undefined;
  const redraw = () => {
    if (!shown) return;
    const room = Math.max((output.rows ?? DEFAULT_ROWS) - OTHER_ROWS, 1);
    const all = jobLines(shown, output, now(), room);
    // The outcome is printed below the display.
    const drawn = shown.endedAt === undefined ? all : all.slice(0, -1);
    draw([...drawn, ...(trouble ? [`  ${trouble}`] : [])].join('\n'));
  };
  const ticking = setInterval(redraw, REDRAW_MS);
  const close = () => {
    clearInterval(ticking);
    draw.done();
  };
  return {
    show(job) {
      shown = job;
      trouble = undefined;
      redraw();
      if (job.endedAt !== undefined) close();
    },
    trouble(reason) {
      trouble = troubleLine(reason);
      redraw();
    },
    close,
  };
}

/** A line for each step and for the job. If there are more steps than `room`, idle steps are only counted. */
export function jobLines(job: Job, output: Output, now: number, room = Number.POSITIVE_INFINITY): string[] {
  const quiet: Step['state'][] = job.steps.length > room ? ['waiting', 'done', 'undone', 'notRun'] : [];
  const shown = job.steps.filter(({ state }) => !quiet.includes(state)).slice(0, room);
  const counts = quiet.flatMap(state => {
    const count = job.steps.filter(step => step.state === state).length;
    return count > 0 ? [`${count} ${stateName(state)}`] : [];
  });
  return [
    ...shown.map(step => `  ${stepLine(step, output, now)}`),
    ...(counts.length > 0 ? [`  ${counts.join(', ')}`] : []),
    `  ${styleText('bold', job.status, { stream: output })} ${duration(elapsedMs(job, now))}: ${job.summary}`,
  ];
}

function lines(output: Output, now: () => number): Progress {
  const reported = new Map<string, string>();
  let lastTrouble: string | undefined;
  /** Writes one line per change. */
  const report = (id: string, news: string, line: string, time: string) => {
    if (reported.get(id) !== news) output.write(`  ${time.padStart(8)}  ${line}\n`);
    reported.set(id, news);
  };
  return {
    show(job) {
      lastTrouble = undefined;
      // Elapsed time starts again when a queued job begins, so a queued job shows none.
      const at = job.status === 'QUEUED' ? '' : duration(elapsedMs(job, now()));
      const line = job.status === 'QUEUED' ? `QUEUED: ${job.summary}` : job.status;
      if (job.endedAt === undefined) report('job', line, line, at);
      for (const step of job.steps) {
        if (step.state !== 'waiting') report(step.id, stepNews(step), stepLine(step, output), at);
      }
    },
    trouble(reason) {
      if (reason !== lastTrouble) output.write(`  ${troubleLine(reason)}\n`);
      lastTrouble = reason;
    },
    close() {},
  };
}

function troubleLine(reason: string): string {
  return `No answer (${reason}). Retrying; the job continues.`;
}

function elapsedMs({ startedAt, createdAt, endedAt }: Job, now: number): number {
  return (endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt ?? createdAt);
}
