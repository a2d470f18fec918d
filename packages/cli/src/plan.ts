// `gatehouse plan`: shows what a file or a removal would do. It changes nothing.
import { type Plan, refusedPlan } from '@gatehouse/client';
import { operationFor } from './apply.ts';
import { inShell } from './context.ts';
import { duration } from './duration.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';
import { changesNothing, planLines } from './plan-lines.ts';
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
  const found = await client.plan(request, { signal: terminal.stopped }).catch(thrown => {
    showRefused(thrown, watching);
    return issuesFrom(read)(thrown);
  });
  show(found, `apply -f ${inShell(file)}`, watching);
}

async function planRemoval(name: string, force: boolean, watching: Watching): Promise<void> {
  const { client, terminal } = watching;
  const removal = await removalOf(name, force, watching);
  const found = await client.plan(removal, { signal: terminal.stopped }).catch(thrown => {
    showRefused(thrown, watching);
    throw thrown;
  });
  show(found, `remove ${name}${force ? ' --force' : ''}`, watching);
}

/** `words`: the command that applies the plan, without its hash. */
function show(found: Plan, words: string, { terminal, print }: Watching): void {
  print.answer(found, plan => {
    const lines = planLines(plan, terminal.stdout);
    if (changesNothing(plan)) return lines;
    const calls = plan.steps.reduce((sum, step) => sum + step.calls, 0);
    const usually = `usually within ${duration(1000 * plan.usualSeconds)}`;
    return [
      ...lines,
      `${calls} mutating API ${calls === 1 ? 'call' : 'calls'}, ${usually}. To apply exactly this plan, run:`,
      `  ${print.command(`${words} --plan ${plan.planHash}`)}`,
    ];
  });
}

/** The plan beside its refusal, which follows on standard error. */
function showRefused(thrown: unknown, { terminal, print }: Watching): void {
  const refused = refusedPlan(thrown);
  if (refused) print.answer(refused, plan => planLines(plan, terminal.stdout));
}
