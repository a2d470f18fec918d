// Wanted steps and what an entry point owns already, side by side. What stands keeps its names on the wire and its marks of
// ownership, whatever the spec says now.

import { type Members, membersOf } from '../json/plain-members.ts';
import { sayLeftOut } from '../kinds/left-out.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { OWN_TAG_PREFIX } from '../request/aws/own-tags.ts';
import { droppedEndpoints } from './alicloud-steps.ts';

/** A step that is wanted, with what the entry point owns in its place. */
export interface Pair {
  step: Step;
  owned?: Owned;
}

/**
 * Wanted steps with what is owned in their place, by the step's id, which is its natural key. What stands keeps its
 * names and marks of ownership. A listener on another accelerator is another one, and so are its groups.
 */
export function pairUp(wanted: readonly Step[], owned: readonly Owned[]): Pair[] {
  const byStep = new Map(owned.map(resource => [resource.step, resource]));
  const moved = new Set<string>();
  return wanted.map(step => {
    const standing = byStep.get(step.id);
    const parentMoved = Object.values(step.needs).some(parent => moved.has(parent));
    if (!standing || parentMoved || placeOf(step) !== placeOf(standing)) {
      if (standing) moved.add(step.id);
      return { step };
    }
    const desired = { ...keepingMarks(step, standing, byStep), ...sayLeftOut(step, standing, wanted) };
    return { step: { ...step, desired }, owned: standing };
  });
}

/** Where it is, for what stays itself under another name only there. */
function placeOf({ kind, desired }: Pick<Owned, 'kind' | 'desired'>): unknown {
  if (kind === 'alicloudListener') return desired['acceleratorId'];
  return kind === 'listener' ? desired['acceleratorArn'] : undefined;
}

function keepingMarks(step: Step, owned: Owned, all: ReadonlyMap<string, Owned>): Members {
  switch (step.kind) {
    case 'targetGroup': {
      const [wanted, standing] = [membersOf(step.desired['tags']), membersOf(owned.desired['tags'])];
      const marks = Object.entries(standing).filter(([tag]) => tag.startsWith(OWN_TAG_PREFIX));
      const spec = Object.entries(wanted).filter(([tag]) => !tag.startsWith(OWN_TAG_PREFIX));
      const tags = Object.fromEntries([...spec, ...marks]);
      const droppedTags = Object.keys(standing).filter(tag => !(tag in tags));
      return { ...step.desired, tags, ...(droppedTags.length > 0 ? { droppedTags } : {}) };
    }
    case 'alicloudEndpointGroup': {
      const dropped = droppedEndpoints(step.desired['endpoints'], owned.desired['endpoints']);
      const tags = membersOf(step.desired['tags']);
      const droppedTags = Object.keys(membersOf(owned.desired['tags'])).filter(tag => !(tag in tags));
      return {
        ...step.desired,
        ...(dropped.length > 0 ? { dropped } : {}),
        ...(droppedTags.length > 0 ? { droppedTags } : {}),
      };
    }
    case 'stickinessPolicy':
      return { ...step.desired, policyName: owned.desired['policyName'] };
    case 'policyAttachment': {
      const policy = all.get(step.needs['policyId'] ?? '');
      return policy ? { ...step.desired, policyName: policy.desired['policyName'] } : step.desired;
    }
    default:
      return step.desired;
  }
}

/** As its owner would want it: what stands has none of our marks, and is not given any, as undo leaves it as it is. */
export function adoptable(step: Step): Step {
  if (step.kind !== 'targetGroup') return step;
  const tags = Object.entries(membersOf(step.desired['tags'])).filter(
    ([tag]) => !tag.startsWith(OWN_TAG_PREFIX),
  );
  return { ...step, desired: { ...step.desired, tags: Object.fromEntries(tags) } };
}
