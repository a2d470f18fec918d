// A request as the steps that serve it. The plan is data: fixed when the job begins, stored, versioned;
// the machine walks it and nothing recomputes it.
import type { StickinessPolicySpec } from './classic-elb.ts';
import type { Request } from './request.ts';
import type { Kind } from './resource.ts';
import type { TargetGroupSpec } from './vpc-lattice.ts';

export const PLAN_VERSION = 1;
/** Step Functions history and one item's size bound a job; more is for two entry points. */
export const MAX_STEPS = 100;

export interface Step {
  /** Unique in its plan, and the same in every attempt: the token is derived from it. */
  id: string;
  kind: Kind;
  act: 'create' | 'settle';
  /** For people: `endpoint group eu-west-1`. */
  title: string;
  desired: Record<string, unknown>;
  /** Members of `desired` that are another step's cloud id, known only when that step has made it. */
  needs: Record<string, string>;
}

export interface Plan {
  version: typeof PLAN_VERSION;
  steps: Step[];
  lanes: Lanes;
}

/** The lanes as the machine's state carries them: step ids only, in the order in which they are to be walked. */
export interface Lanes {
  listeners: { listener: string; endpointGroups: string[]; accelerator: string }[];
  targetGroups: { targetGroup: string; targets?: string }[];
  stickinessPolicies: { policy: string; attachments: string[] }[];
}

/** Where a plan is made: the job that it is for, and the region that a part without one belongs to. */
export interface PlanContext {
  jobId: string;
  region: string;
}

type Part<K extends keyof Lanes> = { steps: Step[]; lane: Lanes[K][number] };

export function planSteps(request: Request, context: PlanContext): Plan {
  const listeners = request.listener ? [planListener(request.listener, request.endpointGroups)] : [];
  const targetGroups = request.targetGroups.map(group => planTargetGroup(group, request.entryPoint, context));
  const policies = request.stickinessPolicies.map(policy => planPolicy(policy, context));
  return {
    version: PLAN_VERSION,
    steps: [...listeners, ...targetGroups, ...policies].flatMap(part => part.steps),
    lanes: {
      listeners: listeners.map(part => part.lane),
      targetGroups: targetGroups.map(part => part.lane),
      stickinessPolicies: policies.map(part => part.lane),
    },
  };
}

/** Backward, what must follow one another does so in reverse. */
export function lanesOf({ lanes }: Plan, direction: 'forward' | 'backward'): Lanes {
  if (direction === 'forward') return lanes;
  return {
    listeners: lanes.listeners
      .map(lane => ({ ...lane, endpointGroups: lane.endpointGroups.toReversed() }))
      .toReversed(),
    targetGroups: lanes.targetGroups.toReversed(),
    stickinessPolicies: lanes.stickinessPolicies
      .map(lane => ({ ...lane, attachments: lane.attachments.toReversed() }))
      .toReversed(),
  };
}

/** What only one job at a time may shape, besides the entry point itself; sorted, so that no two jobs wait in a ring. */
export function targetsOf(request: Request, region: string): string[] {
  const accelerators = request.listener ? [`accelerator/${request.listener.acceleratorArn}`] : [];
  const loadBalancers = request.stickinessPolicies.map(
    policy => `load-balancer/${policy.region ?? region}/${policy.loadBalancerName}`,
  );
  return [...new Set([...accelerators, ...loadBalancers])].toSorted();
}

function planListener(
  listener: NonNullable<Request['listener']>,
  endpointGroups: Request['endpointGroups'],
): Part<'listeners'> {
  const first = create(
    'listener',
    'listener',
    `listener ${listener.protocol} ${listener.portRanges.map(portRange).join(', ')}`,
    listener,
  );
  const groups = endpointGroups.map(group => ({
    ...create('endpointGroup', `endpoint-group-${group.region}`, `endpoint group ${group.region}`, group),
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
    steps: [first, ...groups, last],
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
  const title = `${targets.length} target${targets.length === 1 ? '' : 's'} of ${spec.name}`;
  const registered: Step = {
    ...create('targets', `targets-${name}`, title, { region, targets: withPorts(spec) }),
    needs: { targetGroupArn: first.id },
  };
  return { steps: [first, registered], lane: { targetGroup: first.id, targets: registered.id } };
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

function create(kind: Kind, id: string, title: string, desired: object): Step {
  return { id, kind, act: 'create', title, desired: { ...desired }, needs: {} };
}

function portRange({ fromPort, toPort }: { fromPort: number; toPort: number }): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}
