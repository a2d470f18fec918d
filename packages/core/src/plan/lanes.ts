// The lanes of a plan: steps that must follow one another, by their ids, in the order in which they are to be walked.
import type { Lanes, Plan, Step } from '../record/plan.ts';

export const NO_LANES: Lanes = {
  listeners: [],
  targetGroups: [],
  stickinessPolicies: [],
  alicloudListeners: [],
};

/** All that the machine looks for: a plan that was stored earlier knew fewer, and a phase may have none. */
export function everyLane(lanes: Partial<Lanes> | undefined): Lanes {
  return { ...NO_LANES, ...lanes };
}

export function lanesOf(plan: Plan, direction: 'forward' | 'backward'): Lanes {
  const lanes = everyLane(plan.lanes);
  return direction === 'forward' ? lanes : backward(lanes);
}

/** What must follow one another does so in reverse: children first. */
export function backward({ listeners, targetGroups, stickinessPolicies, alicloudListeners }: Lanes): Lanes {
  return {
    listeners: listeners
      .map(lane => ({ ...lane, endpointGroups: lane.endpointGroups.toReversed() }))
      .toReversed(),
    targetGroups: targetGroups.toReversed(),
    stickinessPolicies: stickinessPolicies
      .map(lane => ({ ...lane, attachments: lane.attachments.toReversed() }))
      .toReversed(),
    alicloudListeners: alicloudListeners
      .map(lane => ({
        ...lane,
        certificates: lane.certificates.toReversed(),
        endpointGroups: lane.endpointGroups.toReversed(),
        forwardingRules: lane.forwardingRules.toReversed(),
      }))
      .toReversed(),
  };
}

/** Which of the machine's ways forward walks these lanes: a job is of one cloud. */
export function wayForward({ alicloudListeners }: Lanes): 'forward' | 'alicloud' {
  return alicloudListeners.length > 0 ? 'alicloud' : 'forward';
}

/** What is of one of these lanes. */
export function stepsIn(lanes: Lanes | undefined): Set<string> {
  const ids = [
    ...(lanes?.listeners ?? []).flatMap(lane => [lane.listener, ...lane.endpointGroups, lane.accelerator]),
    ...(lanes?.targetGroups ?? []).flatMap(lane => [lane.targetGroup, lane.targets]),
    ...(lanes?.stickinessPolicies ?? []).flatMap(lane => [lane.policy, ...lane.attachments]),
    ...(lanes?.alicloudListeners ?? []).flatMap(lane => [
      lane.listener,
      ...lane.certificates,
      ...lane.endpointGroups,
      ...lane.forwardingRules,
    ]),
  ];
  return new Set(ids.filter(id => id !== undefined));
}

/** The lanes in which something is to be done; in a lane, the steps that do something. */
export function movingLanes(lanes: Lanes, steps: readonly Step[]): Lanes {
  const still = new Set(steps.filter(({ act }) => act === 'leave').map(({ id }) => id));
  return keptLanes(lanes, id => !still.has(id));
}

/** The lanes with what is kept of them; a listener of AWS stays where anything of its lane does. */
export function keptLanes(lanes: Lanes, keeps: (id: string) => boolean): Lanes {
  const moves = (id: string | undefined) => id !== undefined && keeps(id);
  return {
    listeners: lanes.listeners
      .map(lane => ({ ...lane, endpointGroups: lane.endpointGroups.filter(moves) }))
      .filter(lane => moves(lane.listener) || lane.endpointGroups.length > 0),
    targetGroups: lanes.targetGroups
      .map(({ targets, ...lane }) => ({ ...lane, ...(targets && moves(targets) ? { targets } : {}) }))
      .filter(lane => moves(lane.targetGroup) || lane.targets !== undefined),
    stickinessPolicies: lanes.stickinessPolicies
      .map(lane => ({ ...lane, attachments: lane.attachments.filter(moves) }))
      .filter(lane => moves(lane.policy) || lane.attachments.length > 0),
    // Those of them that stand as they should are passed by.
    alicloudListeners: lanes.alicloudListeners
      .map(({ listener, ...lane }) => ({
        ...(listener && moves(listener) ? { listener } : {}),
        certificates: lane.certificates.filter(moves),
        endpointGroups: lane.endpointGroups.filter(moves),
        forwardingRules: lane.forwardingRules.filter(moves),
      }))
      .filter(lane => Object.values(lane).flat().length > 0),
  };
}
