// What the inventory will hold of a plan once it is done: each thing that will stand, and what of it is otherwise than the
// request says, as a policy's successor has another name on the wire.

import { KINDS } from '../kinds/kinds.ts';
import type { Plan, Step } from '../record/plan.ts';
import { setOtherwise } from './owned.ts';

/** `wanted`: the steps as the request alone has them; `steps`: as the plan will walk them. */
export function outcomeOf(wanted: Plan, steps: readonly Step[]): NonNullable<Plan['outcome']> {
  const planned = new Map(steps.map(step => [step.id, step]));
  return wanted.steps.flatMap(({ id, kind, act, desired: asked }) => {
    const step = planned.get(id);
    if (act === 'settle' || !step) return [];
    const { instructions = [] } = KINDS[kind];
    const desired = Object.entries(step.desired).filter(([member]) => !instructions.includes(member));
    const set = setOtherwise(asked, Object.fromEntries(desired));
    return [{ step: id, ...(step.standing ? { id: step.standing } : {}), ...(set ? { set } : {}) }];
  });
}
