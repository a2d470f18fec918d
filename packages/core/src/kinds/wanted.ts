// A wanted step: a step of a request, before the existing resources are known.
import type { Kind } from '../ports/kind.ts';
import type { Step } from '../record/plan.ts';

/** `part`: JSON pointer to its part of the request. */
export function wanted(
  kind: Kind,
  {
    desired,
    needs = {},
    ...of
  }: { id: string; title: string; desired: object; part: string; needs?: Step['needs'] },
): Step {
  return { ...of, kind, act: 'create', desired: { ...desired }, needs };
}

/** Ids of steps that steps of other kinds need. */
export const LISTENER = 'listener';
