// A cloud resource that an entry point owns, as plans and reports of drift read it.
import type { Kind } from '../ports/kind.ts';
import type { DesiredByKind } from '../request/request.ts';

/** A cloud resource of an entry point, with its last desired state, from which an update or a removal starts. */
export type Owned<K extends Kind = Kind> = { [Each in K]: OwnedOf<Each> }[K];

export interface OwnedOf<K extends Kind> {
  step: string;
  kind: K;
  id: string;
  title: string;
  desired: DesiredByKind[K];
  /** As in a step: members of `desired` whose value is the cloud id of another resource. */
  needs: Record<string, string>;
}

/** The desired state, with the cloud ids of the resources that it needs. */
export function resolved<R extends { desired: object; needs: Owned['needs'] }>(
  { desired, needs }: R,
  all: readonly Owned[],
): R['desired'] {
  const ids = Object.entries(needs).flatMap(([member, step]) => {
    const id = all.find(each => each.step === step)?.id;
    return id === undefined ? [] : [[member, id]];
  });
  return { ...desired, ...Object.fromEntries(ids) };
}
