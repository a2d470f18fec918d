// A step as a request asks for it, before anything is known of what exists.
import type { Kind } from '../ports/kind.ts';
import type { Step } from '../record/plan.ts';

/** `part`: JSON pointer to the part of the request that it serves. */
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

/** The ids of steps, of which another kind's steps name the one that they need. */
export const LISTENER = 'listener';
