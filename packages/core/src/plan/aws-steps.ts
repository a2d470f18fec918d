// The steps of a request for AWS: the listener, its endpoint groups and the wait for their accelerator; each
// target group and its targets; each stickiness policy and its ports.

import type { Kind } from '../ports/kind.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import type { StickinessPolicySpec } from '../request/aws/classic-elb.ts';
import { ENTRY_POINT_TAG, JOB_TAG } from '../request/aws/own-tags.ts';
import type { TargetGroupSpec } from '../request/aws/vpc-lattice.ts';
import { shownPorts } from '../request/port-rules.ts';
import type { AwsRequest } from '../request/request.ts';

export function planAws(request: AwsRequest, context: PlanContext): Step[] {
  const { listener, endpointGroups, targetGroups, stickinessPolicies, entryPoint } = request;
  return [
    ...(listener ? planListener(listener, endpointGroups) : []),
    ...targetGroups.flatMap((group, index) =>
      at(`/targetGroups/${index}`, planTargetGroup(group, entryPoint, context)),
    ),
    ...stickinessPolicies.flatMap((policy, index) =>
      at(`/stickinessPolicies/${index}`, planPolicy(policy, context)),
    ),
  ];
}

function planListener(
  listener: NonNullable<AwsRequest['listener']>,
  endpointGroups: AwsRequest['endpointGroups'],
): Step[] {
  const first = create(
    'listener',
    'listener',
    `listener ${listener.protocol} ${listener.portRanges.map(shownPorts).join(', ')}`,
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
    act: 'wait',
    title: 'accelerator deployed',
    desired: { acceleratorArn: listener.acceleratorArn },
    needs: {},
    after: [first, ...groups].map(({ id }) => id),
  };
  return [{ ...first, part: '/listener' }, ...groups, last];
}

/** The group carries our ownership in its tags, set at its create: no other API of AWS here lets us prove it. */
function planTargetGroup(spec: TargetGroupSpec, entryPoint: string, context: PlanContext): Step[] {
  const { targets, ...group } = spec;
  const region = spec.region ?? context.region;
  const name = `${region}-${spec.name}`;
  const tags = { ...spec.tags, [ENTRY_POINT_TAG]: entryPoint, [JOB_TAG]: context.jobId };
  const first = create('targetGroup', `target-group-${name}`, `target group ${spec.name}`, {
    ...group,
    region,
    tags,
  });
  if (targets.length === 0) return [first];
  const registered: Step = {
    ...create('targets', `targets-${name}`, targetsTitle(targets.length, spec.name), {
      region,
      targets: withPorts(spec),
    }),
    needs: { targetGroupArn: first.id },
  };
  return [first, registered];
}

function targetsTitle(count: number, group: string): string {
  return `${count} target${count === 1 ? '' : 's'} of ${group}`;
}

/** The group's port where a target names none: the API keys a target by both, and others may have theirs beside it. */
function withPorts({ targets, config }: TargetGroupSpec): TargetGroupSpec['targets'][number][] {
  const usual = config && 'port' in config ? { port: config.port } : {};
  return targets.map(target => ({ ...usual, ...target }));
}

function planPolicy(spec: StickinessPolicySpec, context: PlanContext): Step[] {
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
  return [first, ...attachments];
}

function at(part: string, steps: Step[]): Step[] {
  return steps.map(step => ({ ...step, part }));
}

function create(kind: Kind, id: string, title: string, desired: object): Step {
  return { id, kind, act: 'create', title, desired: { ...desired }, needs: {} };
}
