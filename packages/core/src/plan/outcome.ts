// The resources that an entry point owns once its plan is done, each by its step.
import type { Kind } from '../ports/kind.ts';
import type { Outcome, Plan, Planned, Step } from '../record/plan.ts';

/** `wanted`: the steps from the request alone. `steps`: the steps of the plan. */
export function outcomeOf(wanted: readonly Step[], steps: readonly Step[]): Outcome[] {
  const planned = new Map(steps.map(step => [step.id, step]));
  return wanted.flatMap(({ id, act }): Outcome[] => {
    const step = planned.get(id);
    if (act === 'wait' || !step) return [];
    return [{ step: id, ...(step.existingId ? { id: step.existingId } : {}) }];
  });
}

/** The same with the members of the steps; undefined for a plan of an older version. */
export function plannedBy({ owns, steps }: Plan): Planned[] | undefined {
  const byId = new Map(steps.map(step => [step.id, step]));
  return owns?.map(({ step: name, id }) => {
    const step = byId.get(name);
    if (!step) throw new Error(`the plan owns ${name}, which is none of its steps`);
    return plannedAs(step, id);
  });
}

/** The resource of a step, with its id if it is known. */
export function plannedAs<K extends Kind>(
  { id: step, kind, title, desired, needs }: Step<K>,
  id?: string,
): Planned<K> {
  return { step, kind, title, desired, needs, ...(id === undefined ? {} : { id }) };
}
