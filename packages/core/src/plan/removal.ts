// The removals of a plan: of a whole entry point, of what an update has dropped, of what must make room and is made again
// by a rollback. Children go before what they belong to.

import type { Kind } from '../ports/kind.ts';
import { type Owned, resolved, rootOf } from '../record/owned.ts';
import { type Lanes, PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import { backward, NO_LANES } from './lanes.ts';

/** Everything that an entry point owns, forward only. `standing`: by step, what was seen to stand. */
export function planRemoval(
  owned: readonly Owned[],
  standing: Pick<ReadonlyMap<string, unknown>, 'has'>,
  force: boolean,
): Plan {
  const steps = owned.map(resource => {
    const gone = standing.has(resource.step) ? {} : { because: 'it is gone already' };
    return removalOf(resource, owned, { force, ...gone });
  });
  return { version: PLAN_VERSION, steps, lanes: NO_LANES, last: lanesBackward(steps), outcome: [] };
}

export const removalId = (step: string) => `remove-${step}`;
export const restoreId = (step: string) => `restore-${step}`;

/** One resource's removal, with all that is to be known of it in the step itself: its needs are ids already. */
export function removalOf(
  resource: Owned,
  all: readonly Owned[],
  { force, because }: { force: boolean; because?: string },
): Step {
  return {
    id: removalId(resource.step),
    kind: resource.kind,
    act: 'remove',
    title: resource.title,
    desired: resolved(resource, all),
    needs: {},
    root: rootOf(resource),
    standing: resource.id,
    ...(because ? { because } : {}),
    ...(force ? { force: true } : {}),
  };
}

/**
 * Makes again, after a rollback, what had to go first: equal but for the id that the cloud assigns. `gone`: all that goes
 * with it; a parent among them is made again before it, any other stands.
 */
export function restoringOf(resource: Owned, gone: readonly Owned[], all: readonly Owned[]): Step {
  const { step, kind, title, desired, needs, id } = resource;
  const goes = ([, parent]: [string, string]) => gone.some(each => each.step === parent);
  const stays = Object.fromEntries(Object.entries(needs).filter(need => !goes(need)));
  const again = Object.entries(needs)
    .filter(goes)
    .map(([member, parent]) => [member, restoreId(parent)]);
  return {
    id: restoreId(step),
    kind,
    act: 'create',
    title,
    desired: resolved({ ...resource, desired, needs: stays }, all),
    needs: Object.fromEntries(again),
    standing: id,
    root: rootOf(resource),
    restores: removalId(step),
  };
}

/** Lanes in which children go first; also of steps whose parents stay. */
export function lanesBackward(steps: readonly Step[]): Lanes {
  return backward(lanesAlong(steps));
}

/** Steps as lanes: those of one root are one lane. */
export function lanesAlong(steps: readonly Step[]): Lanes {
  const lanes: Lanes = { listeners: [], targetGroups: [], stickinessPolicies: [], alicloudListeners: [] };
  for (const family of Map.groupBy(steps, step => step.root ?? step.id).values()) {
    const ids = (kind: Kind) => family.filter(step => step.kind === kind).map(step => step.id);
    const first = <K extends string>(kind: Kind, name: K) => {
      const [id] = ids(kind);
      return (id === undefined ? {} : { [name]: id }) as { [name in K]?: string };
    };
    const endpointGroups = ids('endpointGroup');
    const attachments = ids('policyAttachment');
    const listener = first('listener', 'listener');
    const group = { ...first('targetGroup', 'targetGroup'), ...first('targets', 'targets') };
    const policy = first('stickinessPolicy', 'policy');
    if (listener.listener || endpointGroups.length > 0) lanes.listeners.push({ ...listener, endpointGroups });
    if (Object.keys(group).length > 0) lanes.targetGroups.push(group);
    if (policy.policy || attachments.length > 0) lanes.stickinessPolicies.push({ ...policy, attachments });
    const alicloud = {
      ...first('alicloudListener', 'listener'),
      certificates: ids('additionalCertificate'),
      endpointGroups: ids('alicloudEndpointGroup'),
      forwardingRules: ids('forwardingRule'),
    };
    if (Object.values(alicloud).flat().length > 0) lanes.alicloudListeners.push(alicloud);
  }
  return lanes;
}
