// What an entry point owns once its plan is done: each resource as its step will have made it.
import type { Planned, Step } from '../record/plan.ts';

/** `wanted`: the steps as the request alone has them; `steps`: as the plan will walk them. */
export function ownedAfter(wanted: readonly Step[], steps: readonly Step[]): Planned[] {
  const planned = new Map(steps.map(step => [step.id, step]));
  return wanted.flatMap(({ id, kind, act, title, needs, desired: asked }) => {
    const step = planned.get(id);
    if (act === 'wait' || !step) return [];
    const { droppedTags: _, inPlaceOf: __, leaving: ___, dropped: ____, ...set } = step.desired;
    // A step registers only the targets that are absent; the entry point owns all of them.
    const desired = kind === 'targets' ? asked : set;
    return [{ step: id, kind, title, desired, needs, ...(step.standing ? { id: step.standing } : {}) }];
  });
}
