// One step on one line: its mark, its state, how often it was tried, and what it waits for.
import { styleText } from 'node:util';
import type { Step } from '@gatehouse/client';
import { duration } from './duration.ts';
import type { Output } from './terminal.ts';

const MARKS: Record<Step['state'], [mark: string, color: Parameters<typeof styleText>[0]]> = {
  waiting: ['·', 'dim'],
  running: ['▸', 'cyan'],
  retrying: ['↻', 'yellow'],
  settling: ['…', 'cyan'],
  done: ['✔', 'green'],
  failed: ['✖', 'red'],
  skipped: ['-', 'dim'],
  undoing: ['↶', 'yellow'],
  undone: ['✔', 'yellow'],
  left: ['!', 'red'],
};

const UNDER_WAY: Step['state'][] = ['running', 'retrying', 'settling', 'undoing'];

/** `now`: in milliseconds; with it the line tells the time that passes. */
export function stepLine(step: Step, output: Output, now?: number): string {
  const [mark, color] = MARKS[step.state];
  const facts = [step.state, ...tries(step), ...(now === undefined ? [] : elapsed(step, now))];
  const why = reasonOf(step);
  return `${styleText(color, mark, { stream: output })} ${actOf(step)}${step.title}: ${facts.join(', ')}${why ? ` (${why})` : ''}`;
}

/** What is made or settles says so by its state. */
function actOf({ act }: Step): string {
  return act === 'create' || act === 'wait' ? '' : `${act} `;
}

/** What is told once: that it was asked again is no news. */
export function stepNews(step: Step): string {
  return `${step.state} ${reasonOf(step) ?? ''}`;
}

function tries({ state, attempts, undo, waitingFor }: Step): string[] {
  if (state === 'settling')
    return waitingFor && waitingFor.asked > 1 ? [`asked ${waitingFor.asked} times`] : [];
  const calls = state === 'undoing' ? (undo?.attempts ?? 0) : attempts;
  return UNDER_WAY.includes(state) && calls > 1 ? [`attempt ${calls}`] : [];
}

function elapsed({ state, since, undo, waitingFor }: Step, now: number): string[] {
  const begun = state === 'undoing' ? undo?.since : since;
  if (!UNDER_WAY.includes(state) || begun === undefined) return [];
  const askAgainAt = state === 'undoing' ? undo?.askAgainAt : waitingFor?.askAgainAt;
  const left = askAgainAt === undefined ? 0 : Date.parse(askAgainAt) - now;
  return [
    `for ${duration(now - Date.parse(begun))}`,
    ...(left > 0 ? [`looks again in ${duration(left)}`] : []),
  ];
}

function reasonOf({ state, waitingFor, undo, error }: Step): string | undefined {
  if (state === 'done') return undefined;
  if (state === 'settling') return waitingFor?.because;
  return (undo?.error ?? error)?.message;
}
