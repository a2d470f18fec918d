// The number of resources that a plan creates, updates, replaces, adopts, deletes and leaves unchanged. A resource can have
// several steps, and counts once. Pure.
import type { Step } from '../record/plan.ts';
import type { PlanView } from './answers.ts';

type Summary = PlanView['summary'];

export function summaryOf(steps: readonly Step[]): Summary {
  const replaced = new Set(steps.flatMap(({ replaces }) => replaces ?? []));
  const summary = { create: 0, update: 0, replace: 0, adopt: 0, delete: 0, unchanged: 0 };
  const acting = steps.filter(({ act, restores }) => act !== 'wait' && restores === undefined);
  for (const [resource, own] of Map.groupBy(acting, ({ id, of = id }) => of)) {
    const effect = effectOf(own);
    // Its successor counts.
    if (effect === 'delete' && replaced.has(resource)) continue;
    summary[effect] += 1;
  }
  return summary;
}

/** `steps`: those of one resource. Together with another act, a deletion removes a part of the resource. */
function effectOf(steps: readonly Step[]): keyof Summary {
  if (steps.some(({ replaces }) => replaces !== undefined)) return 'replace';
  const acts = new Set(steps.map(({ act }) => act));
  if (acts.has('update') || (acts.has('delete') && acts.size > 1)) return 'update';
  if (acts.has('create')) return 'create';
  if (acts.has('delete')) return 'delete';
  return acts.has('adopt') ? 'adopt' : 'unchanged';
}
