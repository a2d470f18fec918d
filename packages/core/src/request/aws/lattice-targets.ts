// The targets of a VPC Lattice target group. The form of an id depends on the type of the group (Target, API version
// 2022-11-30). Whether the target exists in the group's VPC is not checked here, but by the cloud.
import * as z from 'zod';
import { lenient, lenientOr, listOf, port, text } from '../../json/members.ts';
import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { MAX_TARGETS, TARGET } from './target-group-members.ts';

const targetPort = port().exactOptional().meta({
  description: "The port on which the target listens. The default is the group's port.",
});

const instanceId = text('the id of an EC2 instance, like `i-0a1b2c3d4e5f60718`', {
  from: 1,
  to: 200,
  pattern: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/,
});

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();
/** Normalised: two spellings of an address are the same target. */
const ipAddress = z
  .union([ipv4, ipv6], { error: 'must be an IPv4 or IPv6 address, like `10.0.1.5`' })
  .overwrite(identityOf);

const loadBalancerArn = text(
  'the ARN of an Application Load Balancer, like `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/...`',
  {
    from: 1,
    to: 200,
    pattern:
      /^arn:aws(-[a-z]+)*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[A-Za-z0-9-]+\/[0-9a-zA-Z]+$/,
  },
);

const functionArn = text(
  'the ARN of a Lambda function, like `arn:aws:lambda:eu-west-1:123456789012:function:metrics`',
  {
    from: 1,
    to: 200,
    pattern:
      /^arn:aws(-[a-z]+)*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9_-]{1,64}(:[a-zA-Z0-9$_-]{1,128})?$/,
  },
);

const instanceSpec = objectByTable('a target', TARGET, {
  id: instanceId.meta({ description: "The id of an EC2 instance in the group's VPC." }),
  port: targetPort,
}).meta({ id: 'LatticeInstanceTarget' });

const addressSpec = objectByTable('a target', TARGET, {
  id: ipAddress.meta({
    description: "An address in the group's VPC, of the group's `ipAddressType`.",
  }),
  port: targetPort,
}).meta({ id: 'LatticeIpTarget' });

const loadBalancerSpec = objectByTable('a target', TARGET, {
  id: loadBalancerArn.meta({
    description: "The ARN of an internal Application Load Balancer in the group's VPC and account.",
  }),
  port: targetPort,
}).meta({ id: 'LatticeAlbTarget' });

const functionSpec = objectByTable('a target', TARGET, {
  id: functionArn.meta({
    description: "The ARN of a Lambda function in the group's region, optionally with a version or an alias.",
  }),
}).meta({ id: 'LatticeLambdaTarget' });

const MANY = { from: 0, to: MAX_TARGETS, called: 'targets' };
const MANY_META = {
  description:
    'The targets that receive the traffic. A request has at most 1000 targets in all of its groups.',
};
const ONE_META = {
  description: 'The target that receives the traffic: at most one, a quota that AWS cannot raise.',
};

export const instancesSpec = listOf(instanceSpec, MANY).default([]).meta(MANY_META);
export const addressesSpec = listOf(addressSpec, MANY).default([]).meta(MANY_META);
export const loadBalancersSpec = listOf(loadBalancerSpec, {
  from: 0,
  to: 1,
  called: 'targets, as an ALB group has one load balancer',
})
  .default([])
  .meta(ONE_META);
export const functionsSpec = listOf(functionSpec, {
  from: 0,
  to: 1,
  called: 'targets, as a LAMBDA group has one function',
})
  .default([])
  .meta(ONE_META);

/** Invalid targets are undefined. The port of a target is undefined if omitted, null if invalid. */
export const lenientTargets = lenient(
  z.array(lenient(z.object({ id: lenient(z.string()), port: lenientOr(port()) }))),
);

export type LenientTargets = z.output<typeof lenientTargets>;

export interface TargetsInPlace {
  targets: LenientTargets;
  type: string | undefined;
  region: string | undefined;
  addressFamily: 'IPV4' | 'IPV6' | undefined;
  /** The group's port, the default of a target's port. */
  port: number | undefined;
}

type Path = readonly PropertyKey[];

export function targetIssues({ targets, ...group }: TargetsInPlace, path: Path): ValidationIssue[] {
  const seen = new Repeats();
  return (targets ?? []).flatMap((target, index) => {
    if (target?.id === undefined) return [];
    const { id, port: given } = target;
    const port = given === undefined ? group.port : given;
    const name = port === undefined ? identityOf(id) : `${identityOf(id)} port ${port}`;
    return [
      ...idIssues(id, group, [...path, index, 'id']),
      ...(port === null ? [] : seen.find(name, [...path, index], 'each target can be in a group only once')),
    ];
  });
}

type Group = Omit<TargetsInPlace, 'targets'>;

function idIssues(id: string, { type, region, addressFamily }: Group, path: Path): ValidationIssue[] {
  if (type === 'IP') return familyIssues(id, addressFamily, path);
  const arn = type === 'ALB' ? loadBalancerArn : type === 'LAMBDA' ? functionArn : undefined;
  if (region === undefined || !arn?.safeParse(id).success) return [];
  const [, , , found = ''] = id.split(':');
  if (found === region) return [];
  const detail = `is in \`${found}\`, but its group is in \`${region}\`; targets must be in the region of their group`;
  return [{ pointer: pointerTo(path), detail }];
}

function familyIssues(id: string, family: Group['addressFamily'], path: Path): ValidationIssue[] {
  const found = familyOf(id);
  if (found === undefined || family === undefined || found === family) return [];
  const detail = `is an \`${found}\` address, but the group's \`ipAddressType\` is \`${family}\``;
  return [{ pointer: pointerTo(path), detail }];
}

function familyOf(id: string): Group['addressFamily'] {
  if (ipv4.safeParse(id).success) return 'IPV4';
  return ipv6.safeParse(id).success ? 'IPV6' : undefined;
}

/** An IPv6 address has many spellings; a URL normalises them. */
function identityOf(id: string): string {
  return familyOf(id) === 'IPV6' ? new URL(`http://[${id}]`).hostname.slice(1, -1) : id;
}
