// A job as it goes: drawn in place on a terminal, with the time that passes; a line per change elsewhere. The one way
// in which a job is shown, to the command line and to `npm start`.
import { styleText } from 'node:util';
import type { Job, Step } from '@gatehouse/client';
import { createLogUpdate } from 'log-update';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { stepLine, stepNews } from './step-line.ts';
import type { Output } from './terminal.ts';

export interface Progress {
  /** Call it with the job at each change. */
  show(job: Job): void;
  /** Gatehouse does not answer right now, and is asked again. */
  trouble(because: string): void;
  /** What was drawn stays. */
  close(): void;
}

const REDRAW_MS = 1000;
const DEFAULT_ROWS = 24;
/** The job's own line, the counts, trouble, and the cursor's. */
const ROWS_BESIDES = 4;

export function showProgress(output: Output, now: () => number = Date.now): Progress {
  // A terminal that does not know its size cannot be drawn on.
  const shown = output.isTTY && (output.columns ?? 0) > 0 ? live(output, now) : lines(output, now);
  return { ...shown, show: job => shown.show(printable(job)) };
}

function live(output: Output, now: () => number): Progress {
  const draw = createLogUpdate(output as NodeJS.WriteStream);
  let shown: Job | undefined;
  let trouble: string | undefined;
  const redraw = () => {
    if (!shown) return;
    const room = Math.max((output.rows ?? DEFAULT_ROWS) - ROWS_BESIDES, 1);
    const all = jobLines(shown, output, now(), room);
    // How it ended is said below what was drawn.
    const told = shown.endedAt === undefined ? all : all.slice(0, -1);
    draw([...told, ...(trouble ? [`  ${trouble}`] : [])].join('\n'));
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
    trouble(because) {
      trouble = troubleLine(because);
      redraw();
    },
    close,
  };
}

/** Each step and the job itself. With more steps than `room`, those that nothing happens to are counted only. */
export function jobLines(job: Job, output: Output, now: number, room = Number.POSITIVE_INFINITY): string[] {
  const quiet: Step['state'][] = job.steps.length > room ? ['waiting', 'done', 'undone', 'skipped'] : [];
  const shown = job.steps.filter(({ state }) => !quiet.includes(state)).slice(0, room);
  const counts = quiet.flatMap(state => {
    const count = job.steps.filter(step => step.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  return [
    ...shown.map(step => `  ${stepLine(step, output, now)}`),
    ...(counts.length > 0 ? [`  ${counts.join(', ')}`] : []),
    `  ${styleText('bold', job.status, { stream: output })} ${duration(elapsedMs(job, now))}: ${job.summary}`,
  ];
}

function lines(output: Output, now: () => number): Progress {
  const told = new Map<string, string>();
  let troubled: string | undefined;
  /** Once per change. */
  const tell = (id: string, news: string, line: string, time: string) => {
    if (told.get(id) !== news) output.write(`  ${time.padStart(8)}  ${line}\n`);
    told.set(id, news);
  };
  return {
    show(job) {
      troubled = undefined;
      // Time is counted from the begin, and would go back there.
      const at = job.status === 'QUEUED' ? '' : duration(elapsedMs(job, now()));
      const line = job.status === 'QUEUED' ? `QUEUED: ${job.summary}` : job.status;
      if (job.endedAt === undefined) tell('job', line, line, at);
      for (const step of job.steps) {
        if (step.state !== 'waiting') tell(step.id, stepNews(step), stepLine(step, output), at);
      }
    },
    trouble(because) {
      if (because !== troubled) output.write(`  ${troubleLine(because)}\n`);
      troubled = because;
    },
    close() {},
  };
}

function troubleLine(because: string): string {
  return `No answer (${because}); asking again. The job goes on meanwhile.`;
}

function elapsedMs({ startedAt, createdAt, endedAt }: Job, now: number): number {
  return (endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt ?? createdAt);
}
