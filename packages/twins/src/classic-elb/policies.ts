// Policies of a load balancer, or AWS's samples if none is named: their description and deletion. A policy that any
// listener of the load balancer has enabled cannot be deleted.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import type { DescribePolicies } from './requests.ts';
import { samplePolicies } from './samples.ts';
import { findLoadBalancer, type LoadBalancer } from './state.ts';
import { deleteAbsentPolicy } from './switches.ts';

export function describeLoadBalancerPolicies(
  regional: LoadBalancer[],
  { LoadBalancerName, PolicyNames = [] }: DescribePolicies,
): Done {
  const all =
    LoadBalancerName === undefined ? samplePolicies : findLoadBalancer(regional, LoadBalancerName).policies;
  const unknown = PolicyNames.find(name => !all.some(({ PolicyName }) => PolicyName === name));
  if (unknown !== undefined) throw cloudError('PolicyNotFound', `There is no policy with name ${unknown}`);
  const isAsked = (name: string) => PolicyNames.length === 0 || PolicyNames.includes(name);
  return {
    answer: { PolicyDescriptions: all.filter(({ PolicyName }) => isAsked(PolicyName)) },
    changed: false,
  };
}

export function deleteLoadBalancerPolicy(
  regional: LoadBalancer[],
  { LoadBalancerName, PolicyName }: { LoadBalancerName: string; PolicyName: string },
  context: Context,
): Done {
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  const { ListenerDescriptions, backends = [] } = loadBalancer;
  const users = [...ListenerDescriptions, ...backends];
  if (users.some(({ PolicyNames }) => PolicyNames.includes(PolicyName))) {
    const message = `${PolicyName} cannot be deleted: a port of ${LoadBalancerName} has it enabled`;
    throw cloudError('InvalidConfigurationRequest', message);
  }
  const left = loadBalancer.policies.filter(policy => policy.PolicyName !== PolicyName);
  const changed = left.length < loadBalancer.policies.length;
  if (!changed && context.setting(deleteAbsentPolicy) === 'PolicyNotFound') {
    throw cloudError('PolicyNotFound', `There is no policy with name ${PolicyName}`);
  }
  loadBalancer.policies = left;
  return { answer: undefined, changed };
}
