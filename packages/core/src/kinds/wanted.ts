// A wanted step: a step of a request, before the existing resources are known.
import type { Kind } from '../ports/kind.ts';
import type { Step } from '../record/plan.ts';
import type { DesiredByKind } from '../request/request.ts';

/** `part`: JSON pointer to its part of the request. */
export function wanted<K extends Kind>(
  kind: K,
  {
    desired,
    needs = {},
    ...of
  }: { id: string; title: string; desired: DesiredByKind[K]; part: string; needs?: Record<string, string> },
): Step<K> {
  return { ...of, kind, act: 'create', desired: { ...desired }, needs };
}

/** Ids of steps that steps of other kinds need. */
export const LISTENER = 'listener';
