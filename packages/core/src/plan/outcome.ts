// What an entry point owns once its plan is done: each resource as its step will have made it.
import { isDeepStrictEqual } from 'node:util';
import type { Outcome, Plan, Planned, Step } from '../record/plan.ts';

/** `wanted`: the steps as the request alone has them; `steps`: as the plan will walk them. Holds what a step does not say. */
export function outcomeOf(wanted: readonly Step[], steps: readonly Step[]): Outcome[] {
  const planned = new Map(steps.map(step => [step.id, step]));
  return wanted.flatMap(({ id, kind, act, needs, desired: asked }): Outcome[] => {
    const step = planned.get(id);
    if (act === 'wait' || !step) return [];
    // A step registers only the targets that are absent; the entry point owns all of them.
    const desired = kind === 'targets' ? asked : made(step);
    return [
      {
        step: id,
        ...(step.standing ? { id: step.standing } : {}),
        ...(isDeepStrictEqual(desired, step.desired) ? {} : { desired }),
        ...(isDeepStrictEqual(needs, step.needs) ? {} : { needs }),
      },
    ];
  });
}

/** What the steps of a plan say of its outcome; undefined for a plan of an older version. */
export function plannedBy({ owns, steps }: Plan): Planned[] | undefined {
  const byId = new Map(steps.map(step => [step.id, step]));
  return owns?.map(({ step: name, id, desired, needs }) => {
    const step = byId.get(name);
    if (!step) throw new Error(`the plan owns ${name}, which is none of its steps`);
    const { kind, title } = step;
    const made = { step: name, kind, title, desired: desired ?? step.desired, needs: needs ?? step.needs };
    return id === undefined ? made : { ...made, id };
  });
}

/** Without what the planner tells the resource about the change. */
function made({ desired }: Step): Record<string, unknown> {
  const { droppedTags: _, inPlaceOf: __, leaving: ___, dropped: ____, ...members } = desired;
  return members;
}
