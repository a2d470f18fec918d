// Lanes in the shape that plans of version 1 and 2 stored, and that machines up to version 4 walk: another shape for each cloud
// and resource. Converts them to lanes of waves, and back for executions of such a machine.
import type { Kind } from '../ports/kind.ts';
import type { Lane, Step } from './plan.ts';

export interface OlderLanes {
  listeners: { listener?: string; endpointGroups: string[]; accelerator?: string }[];
  targetGroups: { targetGroup?: string; targets?: string }[];
  stickinessPolicies: { policy?: string; attachments: string[] }[];
  alicloudListeners: {
    listener?: string;
    certificates: string[];
    endpointGroups: string[];
    forwardingRules: string[];
  }[];
}

/** `backward`: the older machine walked children first, in the order of the list. */
export function lanesOfOlder(
  { listeners = [], targetGroups = [], stickinessPolicies = [], alicloudListeners = [] }: Partial<OlderLanes>,
  direction: 'forward' | 'backward' = 'forward',
): Lane[] {
  const ordered = (waves: (string | undefined)[][]): Lane => {
    const there = waves.map(wave => wave.filter(id => id !== undefined)).filter(wave => wave.length > 0);
    return direction === 'forward' ? there : there.toReversed();
  };
  return [
    ...listeners.map(lane => ordered([[lane.listener], lane.endpointGroups, [lane.accelerator]])),
    ...targetGroups.map(lane => ordered([[lane.targetGroup], [lane.targets]])),
    // One lane, as the policies of one load balancer were walked one after another.
    stickinessPolicies.flatMap(lane => ordered([[lane.policy], lane.attachments])),
    ...alicloudListeners.map(lane => {
      const children = [lane.certificates, lane.endpointGroups, lane.forwardingRules];
      const inTurn = (ids: string[]) => (direction === 'forward' ? ids : ids.toReversed());
      return ordered([[lane.listener], ...children.flatMap(inTurn).map(id => [id])]);
    }),
  ].filter(lane => lane.length > 0);
}

/**
 * For an execution of a machine up to version 4. `steps`: all steps of the plan. Forward, such a machine always walks the head
 * of each lane, so an unchanged head is put before the steps that need it.
 */
export function olderLanesOf(lanes: readonly Lane[], steps: readonly Step[]): OlderLanes {
  const byId = new Map(steps.map(step => [step.id, step]));
  const older: OlderLanes = {
    listeners: [],
    targetGroups: [],
    stickinessPolicies: [],
    alicloudListeners: [],
  };
  for (const lane of lanes) {
    const walked = lane.flat().flatMap(id => byId.get(id) ?? []);
    const ids = (kind: Kind) => walked.filter(step => step.kind === kind).map(({ id }) => id);
    const head = (kind: Kind, needed: string) =>
      ids(kind)[0] ?? walked.flatMap(({ needs }) => needs[needed] ?? [])[0];
    const endpointGroups = ids('endpointGroup');
    const listener = head('listener', 'listenerArn');
    if (listener !== undefined || endpointGroups.length > 0) {
      const accelerator = { ...named('accelerator', ids('accelerator')[0]) };
      older.listeners.push({ ...named('listener', listener), endpointGroups, ...accelerator });
    }
    const [targetGroup, targets] = [head('targetGroup', 'targetGroupArn'), ids('targets')[0]];
    if (targetGroup !== undefined || targets !== undefined)
      older.targetGroups.push({ ...named('targetGroup', targetGroup), ...named('targets', targets) });
    older.stickinessPolicies.push(...policiesOf(ids('stickinessPolicy'), walked));
    const alicloud = {
      ...named('listener', ids('alicloudListener')[0]),
      certificates: ids('additionalCertificate'),
      endpointGroups: ids('alicloudEndpointGroup'),
      forwardingRules: ids('forwardingRule'),
    };
    if (Object.values(alicloud).flat().length > 0) older.alicloudListeners.push(alicloud);
  }
  return older;
}

/** One lane for each policy with its ports; ports whose policy no step needs come first, as they are deletions. */
function policiesOf(policies: readonly string[], walked: readonly Step[]): OlderLanes['stickinessPolicies'] {
  const attachments = walked.filter(({ kind }) => kind === 'policyAttachment');
  const byPolicy = Map.groupBy(attachments, ({ needs }) => needs['policyId']);
  const free = byPolicy.get(undefined) ?? [];
  const names = new Set([...byPolicy.keys(), ...policies].filter(name => name !== undefined));
  return [
    ...(free.length > 0 ? [{ attachments: free.map(({ id }) => id) }] : []),
    ...[...names].map(policy => {
      return { policy, attachments: (byPolicy.get(policy) ?? []).map(({ id }) => id) };
    }),
  ];
}

function named<K extends string>(name: K, id: string | undefined): { [key in K]?: string } {
  return (id === undefined ? {} : { [name]: id }) as { [key in K]?: string };
}
