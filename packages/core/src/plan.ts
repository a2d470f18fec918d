// A request as the steps that serve it. The plan is data: fixed when the job begins, stored, versioned; the machine
// walks it and nothing recomputes it. Here are its shape and the steps that a spec asks for; what of them stands already
// and what is to go is plan-change.ts.
import { planAlicloud } from './alicloud-plan.ts';
import type { StickinessPolicySpec } from './classic-elb.ts';
import type { AwsRequest, Request } from './request.ts';
import type { Kind } from './resource.ts';
import type { TargetGroupSpec } from './vpc-lattice.ts';

/** 1 knew creates only: no `standing`, no lanes but the forward ones, no `outcome`. Such plans still run to their end. */
export const PLAN_VERSION = 2;
/** Step Functions history and one item's size bound a job; more is for two entry points. */
export const MAX_STEPS = 100;

/**
 * create  it is absent                     adopt   it stands, matches and is nobody's: from now on it is ours
 * update  it is changed in place           leave   it stands as it should
 * remove  it goes                          settle  it is not ours, only waited for
 */
export type Act = 'create' | 'adopt' | 'update' | 'leave' | 'remove' | 'settle';

/** One member that a step changes. */
export interface Change {
  member: string;
  from?: unknown;
  to?: unknown;
}

export interface Step {
  /** Unique in its plan, and the same in every attempt: the token is derived from it. */
  id: string;
  kind: Kind;
  act: Act;
  /** For people: `endpoint group eu-west-1`. */
  title: string;
  desired: Record<string, unknown>;
  /** Members of `desired` that are another step's cloud id, known only when that step has made it. */
  needs: Record<string, string>;
  /** JSON pointer to the part of the request that it serves. */
  part?: string;
  /** Cloud id of what stood when the plan was made. */
  standing?: string;
  changes?: Change[];
  /** Why, where the act does not say it. */
  because?: string;
  /** What traffic notices, if it does. */
  interrupts?: string;
  /** A removal takes along what others have hung on it. */
  force?: true;
  /** Outside the forward lanes: the step at the head of its resource's lane. */
  root?: string;
  /** The removal that this step makes good again. */
  restores?: string;
}

export interface Plan {
  version: 1 | typeof PLAN_VERSION;
  steps: Step[];
  lanes: Lanes;
  /** What must go, or give way, before the rest; a rollback ends with `restores`, which makes it again. */
  first?: Lanes;
  restores?: Lanes;
  /** What goes once the rest stands, forward only. */
  last?: Lanes;
  /**
   * What the entry point owns once the job has succeeded, by step; an id that only its step makes is in the ledger. `set`:
   * members set otherwise than the spec says.
   */
  outcome?: { step: string; id?: string; set?: Record<string, unknown> }[];
}

/**
 * The lanes as the machine's state carries them: step ids only, in the order in which they are to be walked. Where a
 * plan takes away or puts back, what a lane has nothing of is absent.
 */
export interface Lanes {
  listeners: { listener?: string; endpointGroups: string[]; accelerator?: string }[];
  targetGroups: { targetGroup?: string; targets?: string }[];
  stickinessPolicies: { policy?: string; attachments: string[] }[];
  /** Of Alibaba Cloud: one lane per instance, which takes one change at a time. */
  alicloudListeners: {
    listener?: string;
    certificates: string[];
    endpointGroups: string[];
    forwardingRules: string[];
  }[];
}

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

/** Where a plan is made: the job that it is for, and the region that a part without one belongs to. */
export interface PlanContext {
  jobId: string;
  region: string;
}

type Part<K extends keyof Lanes> = { steps: Step[]; lane: Lanes[K][number] };

/** What the spec of a request asks for, as if nothing of it stood yet. */
export function planSteps(request: Request, context: PlanContext): Plan {
  if (request.cloud === 'aws') return planAws(request, context);
  const { steps, lanes } = planAlicloud(request);
  return { version: PLAN_VERSION, steps, lanes: { ...NO_LANES, alicloudListeners: lanes } };
}

function planAws(request: AwsRequest, context: PlanContext): Plan {
  const listeners = request.listener ? [planListener(request.listener, request.endpointGroups)] : [];
  const targetGroups = request.targetGroups.map((group, index) =>
    at(`/targetGroups/${index}`, planTargetGroup(group, request.entryPoint, context)),
  );
  const policies = request.stickinessPolicies.map((policy, index) =>
    at(`/stickinessPolicies/${index}`, planPolicy(policy, context)),
  );
  return {
    version: PLAN_VERSION,
    steps: [...listeners, ...targetGroups, ...policies].flatMap(part => part.steps),
    lanes: {
      ...NO_LANES,
      listeners: listeners.map(part => part.lane),
      targetGroups: targetGroups.map(part => part.lane),
      stickinessPolicies: policies.map(part => part.lane),
    },
  };
}

/** Backward, what must follow one another does so in reverse. */
export function lanesOf(plan: Plan, direction: 'forward' | 'backward'): Lanes {
  const lanes = everyLane(plan.lanes);
  if (direction === 'forward') return lanes;
  return {
    listeners: lanes.listeners
      .map(lane => ({ ...lane, endpointGroups: lane.endpointGroups.toReversed() }))
      .toReversed(),
    targetGroups: lanes.targetGroups.toReversed(),
    stickinessPolicies: lanes.stickinessPolicies
      .map(lane => ({ ...lane, attachments: lane.attachments.toReversed() }))
      .toReversed(),
    alicloudListeners: lanes.alicloudListeners.map(reversed).toReversed(),
  };
}

/** Children first. */
export function reversed(lane: Lanes['alicloudListeners'][number]): Lanes['alicloudListeners'][number] {
  const { certificates, endpointGroups, forwardingRules } = lane;
  return {
    ...lane,
    certificates: certificates.toReversed(),
    endpointGroups: endpointGroups.toReversed(),
    forwardingRules: forwardingRules.toReversed(),
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

/**
 * What only one job at a time may shape, besides the entry point itself: of what is asked for, and of what stands and
 * may go. Sorted, so that no two jobs wait in a ring.
 */
export function targetsOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(targetOf))].toSorted();
}

function targetOf({ kind, desired }: Pick<Step, 'kind' | 'desired'>): string[] {
  if (kind === 'listener') return [`accelerator/${desired['acceleratorArn']}`];
  if (kind === 'alicloudListener') return [`instance/${desired['acceleratorId']}`];
  if (kind !== 'stickinessPolicy') return [];
  return [`load-balancer/${desired['region']}/${desired['loadBalancerName']}`];
}

function planListener(
  listener: NonNullable<AwsRequest['listener']>,
  endpointGroups: AwsRequest['endpointGroups'],
): Part<'listeners'> {
  const first = create(
    'listener',
    'listener',
    `listener ${listener.protocol} ${listener.portRanges.map(portRange).join(', ')}`,
    listener,
  );
  const groups = endpointGroups.map((group, index) => ({
    ...create('endpointGroup', `endpoint-group-${group.region}`, `endpoint group ${group.region}`, group),
    part: `/endpointGroups/${index}`,
    needs: { listenerArn: first.id },
  }));
  const last: Step = {
    id: 'accelerator',
    kind: 'accelerator',
    act: 'settle',
    title: 'accelerator deployed',
    desired: { acceleratorArn: listener.acceleratorArn },
    needs: {},
  };
  return {
    steps: [{ ...first, part: '/listener' }, ...groups, last],
    lane: { listener: first.id, endpointGroups: groups.map(group => group.id), accelerator: last.id },
  };
}

/** The group carries our ownership in its tags, set at its create: no other API of AWS here lets us prove it. */
function planTargetGroup(
  spec: TargetGroupSpec,
  entryPoint: string,
  context: PlanContext,
): Part<'targetGroups'> {
  const { targets, ...group } = spec;
  const region = spec.region ?? context.region;
  const name = `${region}-${spec.name}`;
  const tags = { ...spec.tags, 'gatehouse:entry-point': entryPoint, 'gatehouse:job': context.jobId };
  const first = create('targetGroup', `target-group-${name}`, `target group ${spec.name}`, {
    ...group,
    region,
    tags,
  });
  if (targets.length === 0) return { steps: [first], lane: { targetGroup: first.id } };
  const registered: Step = {
    ...create('targets', `targets-${name}`, targetsTitle(targets.length, spec.name), {
      region,
      targets: withPorts(spec),
    }),
    needs: { targetGroupArn: first.id },
  };
  return { steps: [first, registered], lane: { targetGroup: first.id, targets: registered.id } };
}

function targetsTitle(count: number, group: string): string {
  return `${count} target${count === 1 ? '' : 's'} of ${group}`;
}

/** The group's port where a target names none: the API keys a target by both, and others may have theirs beside it. */
function withPorts({ targets, config }: TargetGroupSpec): TargetGroupSpec['targets'][number][] {
  const usual = config && 'port' in config ? { port: config.port } : {};
  return targets.map(target => ({ ...usual, ...target }));
}

function planPolicy(spec: StickinessPolicySpec, context: PlanContext): Part<'stickinessPolicies'> {
  const { loadBalancerPorts, replace, ...policy } = spec;
  const { loadBalancerName, policyName } = policy;
  const region = spec.region ?? context.region;
  const name = `${region}-${loadBalancerName}-${policyName}`;
  const first = create('stickinessPolicy', `policy-${name}`, `stickiness policy ${policyName}`, {
    ...policy,
    region,
  });
  const attachments = loadBalancerPorts.map(loadBalancerPort => ({
    ...create(
      'policyAttachment',
      `attachment-${name}-${loadBalancerPort}`,
      `${policyName} on ${loadBalancerName}:${loadBalancerPort}`,
      {
        region,
        loadBalancerName,
        policyName,
        loadBalancerPort,
        replace,
      },
    ),
    needs: { policyId: first.id },
  }));
  return {
    steps: [first, ...attachments],
    lane: { policy: first.id, attachments: attachments.map(attachment => attachment.id) },
  };
}

function at<K extends keyof Lanes>(part: string, { steps, lane }: Part<K>): Part<K> {
  return { steps: steps.map(step => ({ ...step, part })), lane };
}

function create(kind: Kind, id: string, title: string, desired: object): Step {
  return { id, kind, act: 'create', title, desired: { ...desired }, needs: {} };
}

function portRange({ fromPort, toPort }: { fromPort: number; toPort: number }): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}
