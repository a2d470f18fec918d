// `gatehouse plan`: shows what a file or a removal would do. It changes nothing.
import type { Plan } from '@gatehouse/client';
import { operationFor } from './apply.ts';
import { inShell } from './context.ts';
import { differenceLines } from './differences.ts';
import { duration } from './duration.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';
import { issuesFrom, readRequest, requestAs } from './read-request.ts';
import { removalOf } from './remove.ts';

export interface Planning {
  file?: string;
  /** The name of the entry point to remove. */
  remove?: string;
  /** For a removal. */
  force?: boolean;
}

export async function plan({ file, remove, force = false }: Planning, watching: Watching): Promise<void> {
  if (force && remove === undefined) throw new BadInput('--force requires --remove NAME');
  if (remove === undefined && file !== undefined) return planFile(file, watching);
  if (remove !== undefined && file === undefined) return planRemoval(remove, force, watching);
  throw new BadInput('plan requires either -f FILE or --remove NAME');
}

async function planFile(file: string, watching: Watching): Promise<void> {
  const { client, terminal, print } = watching;
  const read = await readRequest(file, { ...terminal, ...print });
  const request = requestAs(read, await operationFor(read, {}, watching));
  const found = await client.plan(request, { signal: terminal.stopped }).catch(issuesFrom(read));
  print.answer(found, each =>
    planLines(each, hash => print.command(`apply -f ${inShell(file)} --plan ${hash}`)),
  );
}

async function planRemoval(name: string, force: boolean, watching: Watching): Promise<void> {
  const { client, terminal, print } = watching;
  const removal = await removalOf(name, force, watching);
  const found = await client.plan(removal, { signal: terminal.stopped });
  const words = `remove ${name}${force ? ' --force' : ''}`;
  print.answer(found, each => planLines(each, hash => print.command(`${words} --plan ${hash}`)));
}

const MARKS: Record<Plan['steps'][number]['act'], string> = {
  create: '+',
  adopt: '=',
  update: '~',
  delete: '-',
  unchanged: ' ',
  wait: ' ',
};

/** `applied`: the command that applies the plan with this hash. */
function planLines(found: Plan, applied: (planHash: string) => string): string[] {
  const { operation, entryPoint, cloud, steps, interruptions, warnings, planHash, usualSeconds } = found;
  const changing = steps.filter(({ act }) => MARKS[act] !== ' ');
  const calls = steps.reduce((sum, step) => sum + step.calls, 0);
  const unchanged = steps.filter(({ act }) => act === 'unchanged').length;
  return [
    `${operation} ${entryPoint} on ${cloud}${changing.length === 0 ? ': no changes.' : ':'}`,
    ...changing.flatMap(stepLines),
    ...(unchanged > 0 ? [`  ${unchanged} unchanged`] : []),
    ...interruptions.map(each => `Interruption: ${each}`),
    ...warnings.map(each => `Warning: ${each}`),
    ...(changing.length === 0
      ? []
      : [
          `${calls} mutating API ${calls === 1 ? 'call' : 'calls'}, usually within ${duration(1000 * usualSeconds)}. To apply exactly this plan, run:`,
          `  ${applied(planHash)}`,
        ]),
  ];
}

function stepLines(step: Plan['steps'][number]): string[] {
  const { act, title, cloudId, changes, reason, deletesForeign = [] } = step;
  return [
    `  ${MARKS[act]} ${act} ${title}${cloudId && act !== 'create' ? ` (${cloudId})` : ''}`,
    ...(reason ? [`      reason: ${reason}`] : []),
    ...deletesForeign.map(name => `      - also deletes foreign ${name}`),
    ...changes
      .flatMap(({ member, from, to }) => differenceLines(member, from, to))
      .map(line => `      ${line}`),
  ];
}
