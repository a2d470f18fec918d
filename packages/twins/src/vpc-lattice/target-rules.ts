// The valid targets of a group, by the group's type: a target must exist, in the group's VPC if it has one, and a group
// of functions or load balancers has room for one. The failure codes are invented.
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Context } from '../shared/cloud.ts';
import { quotaExceeded } from './errors.ts';
import { findVpc, functionArns, type Vpc } from './seed.ts';
import { groupsIn, type Region, type Target, type TargetGroup } from './state.ts';
import { targetsBeyondQuota, targetsPerGroup } from './switches.ts';

export interface Named {
  id: string;
  port?: number;
}

export interface Failure {
  failureCode: string;
  failureMessage: string;
}

interface Surroundings {
  region: Region;
  group: TargetGroup;
  /** The group's targets, with those that this call has added so far. */
  targets: Target[];
  context: Context;
}

/** The limit of groups per Application Load Balancer. */
const groupsPerLoadBalancer = 2;

export function refusalOf(target: Named, around: Surroundings): Failure | undefined {
  const { type, config } = around.group;
  const vpc = findVpc(around.region.name, config.vpcIdentifier);
  switch (type) {
    case 'INSTANCE':
      return vpc?.instances.includes(target.id)
        ? refusalBeyondQuota(around)
        : invalid('The instance is not in the VPC of the target group');
    case 'IP':
      return isWithin(vpc, target.id, config.ipAddressType)
        ? refusalBeyondQuota(around)
        : invalid(`Not an ${config.ipAddressType} address of the VPC of the target group`);
    case 'ALB':
      return refusalOfLoadBalancer(target, vpc, around);
    case 'LAMBDA':
      if (target.port !== undefined) return invalid('A function has no port');
      return functionArns(around.region.name).includes(target.id)
        ? refusalOfSecond(around)
        : invalid('There is no such function');
  }
}

/** Fails the whole call if the switch says so. */
export function refuseBeyondQuota(targets: Target[], context: Context): void {
  const most = context.setting(targetsPerGroup);
  if (context.setting(targetsBeyondQuota) === 'refuse' && countOf(targets) > most) {
    throw quotaExceeded(`A target group has at most ${most} targets`, 'TARGET');
  }
}

function refusalBeyondQuota({ targets, context }: Surroundings): Failure | undefined {
  const hasRoom = countOf(targets) < context.setting(targetsPerGroup);
  return hasRoom || context.setting(targetsBeyondQuota) === 'refuse' ? undefined : full;
}

function refusalOfLoadBalancer(
  { id }: Named,
  vpc: Vpc | undefined,
  around: Surroundings,
): Failure | undefined {
  if (!vpc?.internalLoadBalancers.includes(id)) {
    return invalid('Not an internal Application Load Balancer in the VPC of the target group');
  }
  const others = groupsIn(around.region).filter(group => group !== around.group);
  const users = others.filter(({ targets }) => targets.some(target => target.id === id));
  if (users.length >= groupsPerLoadBalancer) {
    return { ...full, failureMessage: `A load balancer is in at most ${groupsPerLoadBalancer} groups` };
  }
  return refusalOfSecond(around);
}

function refusalOfSecond({ targets }: Surroundings): Failure | undefined {
  return countOf(targets) > 0 ? full : undefined;
}

/** Draining targets need no room. */
function countOf(targets: Target[]): number {
  return targets.filter(({ drain }) => !drain).length;
}

function isWithin(vpc: Vpc | undefined, address: string, family: 'IPV4' | 'IPV6' = 'IPV4'): boolean {
  if (!vpc || !(family === 'IPV4' ? isIPv4(address) : isIPv6(address))) return false;
  const { net, prefix } = vpc.ranges[family];
  const type = family === 'IPV4' ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(net, prefix, type);
  return range.check(address, type);
}

function invalid(failureMessage: string): Failure {
  return { failureCode: 'InvalidTarget', failureMessage };
}

const full: Failure = {
  failureCode: 'TargetLimitExceeded',
  failureMessage: 'The target group has its maximum number of targets',
};
