// Enables policies on a listener. The new list replaces the existing one, with all types of policies: a policy that it
// omits is disabled, a TLS policy too. There is no version check: the last call wins.
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import { policyType } from './policy-types.ts';
import type { SetBackendPolicies, SetPolicies } from './requests.ts';
import {
  findLoadBalancer,
  findPolicy,
  type ListenerDescription,
  type LoadBalancer,
  type Policy,
} from './state.ts';
import { missingPolicyNames, policyTwice, secondStickinessPolicy } from './switches.ts';

export function setLoadBalancerPoliciesOfListener(
  regional: LoadBalancer[],
  request: SetPolicies,
  context: Context,
): Done {
  const wanted = request.PolicyNames ?? withoutPolicyNames(context);
  const loadBalancer = findLoadBalancer(regional, request.LoadBalancerName);
  const description = findListener(loadBalancer, request.LoadBalancerPort);
  const names = [...new Set(wanted)];
  if (names.length < wanted.length && context.setting(policyTwice) === 'refuse') {
    throw cloudError('ValidationError', 'PolicyNames must not name a policy twice');
  }
  refuseUnfit(
    names.map(name => findPolicy(loadBalancer, name)),
    description,
    context,
  );

  const changed = !isDeepStrictEqual(description.PolicyNames.toSorted(), names.toSorted());
  description.PolicyNames = names;
  return { answer: undefined, changed };
}

/** The same for a port of the instances; an empty list takes the port out of the description. */
export function setLoadBalancerPoliciesForBackendServer(
  regional: LoadBalancer[],
  { LoadBalancerName, InstancePort, PolicyNames: wanted }: SetBackendPolicies,
): Done {
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  const PolicyNames = [...new Set(wanted)];
  for (const name of PolicyNames) {
    const { PolicyTypeName } = findPolicy(loadBalancer, name);
    if (policyType(PolicyTypeName).listenerProtocols.length > 0) {
      const message = `${name} cannot be enabled on a port of instances`;
      throw cloudError('InvalidConfigurationRequest', message);
    }
  }
  const hasPort = loadBalancer.ListenerDescriptions.some(
    ({ Listener }) => Listener.InstancePort === InstancePort,
  );
  if (!hasPort) {
    const message = `${LoadBalancerName} sends nothing to port ${InstancePort} of its instances`;
    throw cloudError('InvalidConfigurationRequest', message);
  }
  const { backends = [] } = loadBalancer;
  const others = backends.filter(backend => backend.InstancePort !== InstancePort);
  const after = PolicyNames.length === 0 ? others : [...others, { InstancePort, PolicyNames }];
  loadBalancer.backends = after.toSorted((one, other) => one.InstancePort - other.InstancePort);
  return { answer: undefined, changed: !isDeepStrictEqual(loadBalancer.backends, backends) };
}

function refuseUnfit(policies: Policy[], { Listener }: ListenerDescription, context: Context): void {
  for (const { PolicyName, PolicyTypeName } of policies) {
    if (!policyType(PolicyTypeName).listenerProtocols.includes(Listener.Protocol)) {
      const message = `${PolicyName} cannot be enabled on a ${Listener.Protocol} listener`;
      throw cloudError('InvalidConfigurationRequest', message);
    }
  }
  const sticky = policies.filter(({ PolicyTypeName }) => policyType(PolicyTypeName).isSticky);
  if (sticky.length > 1) {
    const code = context.setting(secondStickinessPolicy);
    throw cloudError(code, 'A listener has at most one stickiness policy');
  }
}

function findListener({ LoadBalancerName, ListenerDescriptions }: LoadBalancer, port: number) {
  const found = ListenerDescriptions.find(({ Listener }) => Listener.LoadBalancerPort === port);
  if (found) return found;
  throw cloudError('ListenerNotFound', `${LoadBalancerName} has no listener on port ${port}`);
}

function withoutPolicyNames(context: Context): string[] {
  const code = context.setting(missingPolicyNames);
  if (code === 'emptyList') return [];
  throw cloudError(code, 'PolicyNames must not be null');
}
