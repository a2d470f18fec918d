// A plan as lines: what happens to each resource, member by member, in the order of execution, and the number of resources.
import { styleText } from 'node:util';
import type { Plan } from '@gatehouse/client';
import { differenceLines, memberLines } from './differences.ts';
import type { Output } from './terminal.ts';

type Step = Plan['steps'][number];
type Color = Parameters<typeof styleText>[0];

/** Steps with other acts change nothing. */
const MARKS: Partial<Record<Step['act'], [mark: string, color: Color]>> = {
  create: ['+', 'green'],
  adopt: ['=', 'cyan'],
  update: ['~', 'yellow'],
  delete: ['-', 'red'],
};

/** `output`: shows colors if it is a terminal. */
export function planLines(plan: Plan, output: Output): string[] {
  const { operation, entryPoint, cloud, steps, summary, changes, interruptions, warnings } = plan;
  // A replacement is shown once, at the place of the new resource.
  const shown = steps.filter(({ act, replacedBy }) => MARKS[act] && replacedBy === undefined);
  const none = shown.length + changes.length === 0;
  return [
    `${operation} ${entryPoint} on ${cloud}${none ? ': no changes.' : ':'}`,
    ...changes.flatMap(({ member, from, to }) =>
      differenceLines(member, from, to).map(line => `  ${marked(['~', 'yellow'], output)} ${line}`),
    ),
    ...shown.flatMap(step => stepLines(step, plan, output)),
    summaryLine(summary),
    ...interruptions.map(each => `Interruption: ${each}`),
    ...warnings.map(each => `Warning: ${each}`),
  ];
}

export function changesNothing({ steps, changes }: Plan): boolean {
  return changes.length === 0 && steps.every(({ act }) => MARKS[act] === undefined);
}

function summaryLine({
  create,
  update,
  replace,
  adopt,
  delete: deleted,
  unchanged,
}: Plan['summary']): string {
  const counts = [
    ...(adopt > 0 ? [`${adopt} to adopt`] : []),
    `${create} to add`,
    `${update} to change`,
    ...(replace > 0 ? [`${replace} to replace`] : []),
    `${deleted} to delete`,
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  return `Plan: ${counts.join(', ')}.`;
}

function stepLines(step: Step, plan: Plan, output: Output): string[] {
  const { act, title, cloudId, changes, reason } = step;
  const old = plan.steps.find(({ replacedBy }) => replacedBy === step.id);
  const head =
    step.replaces === undefined
      ? `${marked(MARKS[act] ?? [' ', 'dim'], output)} ${act} ${title}${idOf(act === 'create' ? {} : { cloudId })}`
      : `${replacementMark(step, old, plan, output)} replace ${title}${idOf(old ?? {})}`;
  return [
    `  ${head}`,
    ...(reason ? [`      reason: ${reason}`] : []),
    ...((old ?? step).deletesForeign ?? []).map(name => `      - also deletes foreign ${name}`),
    ...changes.flatMap(change => changeLines(change, plan)).map(line => `      ${line}`),
  ];
}

function idOf({ cloudId }: { cloudId?: string | undefined }): string {
  return cloudId === undefined ? '' : ` (${cloudId})`;
}

/** `-/+`: deleted first. `+/-`: deleted last. A single call that does both deletes first. */
function replacementMark(step: Step, old: Step | undefined, { steps }: Plan, output: Output): string {
  const [minus, plus] = [marked(['-', 'red'], output), marked(['+', 'green'], output)];
  const isLast = old !== undefined && steps.indexOf(old) > steps.indexOf(step);
  return isLast ? `${plus}/${minus}` : `${minus}/${plus}`;
}

function changeLines(change: Step['changes'][number], { steps }: Plan): string[] {
  const { member, from, to, isDefault, idOf: parent } = change;
  if (parent !== undefined) {
    const title = steps.find(({ id }) => id === parent)?.title ?? parent;
    return [`${member}: known once ${title} is created`];
  }
  if ('from' in change || !('to' in change)) return differenceLines(member, from, to);
  return memberLines(member, to).map(line => `${line}${isDefault ? ' (default)' : ''}`);
}

function marked([mark, color]: [string, Color], output: Output): string {
  return styleText(color, mark, { stream: output });
}
