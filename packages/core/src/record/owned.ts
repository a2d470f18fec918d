// A cloud resource that an entry point owns, as plans and reports of drift read it.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';

/** A cloud resource of an entry point, with its last desired state, from which an update or a removal starts. */
export interface Owned {
  step: string;
  kind: Kind;
  id: string;
  title: string;
  desired: Members;
  /** As in a step: members of `desired` whose value is the cloud id of another resource. */
  needs: Record<string, string>;
}

/** The desired state, with the cloud ids of the resources that it needs. */
export function resolved({ desired, needs }: Owned, all: readonly Owned[]): Members {
  const ids = Object.entries(needs).flatMap(([member, step]) => {
    const id = all.find(each => each.step === step)?.id;
    return id === undefined ? [] : [[member, id]];
  });
  return { ...desired, ...Object.fromEntries(ids) };
}
