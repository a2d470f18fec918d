// One step on one line: its mark, its state, how often it was called or polled, and what it waits for.
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
  notRun: ['-', 'dim'],
  undoing: ['↶', 'yellow'],
  undone: ['✔', 'yellow'],
  leftover: ['!', 'red'],
};

const IN_PROGRESS: Step['state'][] = ['running', 'retrying', 'settling', 'undoing'];

/** `now`: in milliseconds. With it, the line shows elapsed time. */
export function stepLine(step: Step, output: Output, now?: number): string {
  const [mark, color] = MARKS[step.state];
  const facts = [outcomeOf(step), ...counts(step), ...(now === undefined ? [] : elapsed(step, now))];
  const reason = reasonOf(step);
  return `${styleText(color, mark, { stream: output })} ${actOf(step)}${step.title}: ${facts.join(', ')}${reason ? ` (${reason})` : ''}`;
}

/** A step that changes nothing is done from the start. */
function outcomeOf({ act, state }: Step): string {
  return act === 'unchanged' ? 'unchanged' : stateName(state);
}

export function stateName(state: Step['state']): string {
  return state === 'notRun' ? 'not run' : state;
}

/** For a step that creates, waits or changes nothing, the state is enough. */
function actOf({ act }: Step): string {
  return act === 'create' || act === 'wait' || act === 'unchanged' ? '' : `${act} `;
}

/** Changes only if there is something new to show: another call or poll is nothing new. */
export function stepNews(step: Step): string {
  return `${step.state} ${reasonOf(step) ?? ''}`;
}

function counts({ state, calls, undo, waitingFor }: Step): string[] {
  if (state === 'settling') return waitingFor && waitingFor.polls > 1 ? [`${waitingFor.polls} polls`] : [];
  const made = state === 'undoing' ? (undo?.calls ?? 0) : calls;
  return IN_PROGRESS.includes(state) && made > 1 ? [`call ${made}`] : [];
}

function elapsed({ state, since, undo, waitingFor }: Step, now: number): string[] {
  const startedAt = state === 'undoing' ? undo?.since : since;
  if (!IN_PROGRESS.includes(state) || startedAt === undefined) return [];
  const nextPollAt = state === 'undoing' ? undo?.nextPollAt : waitingFor?.nextPollAt;
  const untilNext = nextPollAt === undefined ? 0 : Date.parse(nextPollAt) - now;
  return [
    `for ${duration(now - Date.parse(startedAt))}`,
    ...(untilNext > 0 ? [`next poll in ${duration(untilNext)}`] : []),
  ];
}

function reasonOf({ state, waitingFor, undo, error }: Step): string | undefined {
  if (state === 'done') return undefined;
  if (state === 'settling') return waitingFor?.reason;
  return (undo?.error ?? error)?.message;
}
