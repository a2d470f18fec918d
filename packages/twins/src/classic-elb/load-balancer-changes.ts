// What the owner of a load balancer does to it: listeners are created and deleted, and the load balancer is deleted. A
// listener takes its enabled policies along, which stay policies of the load balancer: one that is made again has none
// of them, and for HTTPS and SSL the predefined TLS policy.
import { isDeepStrictEqual } from 'node:util';
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import type { CreateListeners, DeleteListeners } from './requests.ts';
import { findLoadBalancer, type ListenerDescription, type LoadBalancer, type Policy } from './state.ts';

const predefined: Policy = {
  PolicyName: 'ELBSecurityPolicy-2016-08',
  PolicyTypeName: 'SSLNegotiationPolicyType',
  PolicyAttributeDescriptions: [
    { AttributeName: 'Reference-Security-Policy', AttributeValue: 'ELBSecurityPolicy-2016-08' },
  ],
};

export function createLoadBalancerListeners(
  regional: LoadBalancer[],
  { LoadBalancerName, Listeners }: CreateListeners,
): Done {
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  const descriptions = [...loadBalancer.ListenerDescriptions];
  for (const requested of Listeners) {
    const Listener = listenerOf(requested);
    const present = descriptions.find(each => each.Listener.LoadBalancerPort === Listener.LoadBalancerPort);
    if (!present)
      descriptions.push({ Listener, PolicyNames: isTls(Listener) ? [predefined.PolicyName] : [] });
    else if (!isDeepStrictEqual(present.Listener, Listener)) {
      const message = `${LoadBalancerName} has another listener on port ${Listener.LoadBalancerPort}`;
      throw cloudError('DuplicateListener', message);
    }
  }
  const changed = descriptions.length > loadBalancer.ListenerDescriptions.length;
  loadBalancer.ListenerDescriptions = descriptions;
  const named = descriptions.some(({ PolicyNames }) => PolicyNames.includes(predefined.PolicyName));
  const known = loadBalancer.policies.some(({ PolicyName }) => PolicyName === predefined.PolicyName);
  if (named && !known) loadBalancer.policies.push(structuredClone(predefined));
  return { answer: undefined, changed };
}

/** A port without a listener is no error. */
export function deleteLoadBalancerListeners(
  regional: LoadBalancer[],
  { LoadBalancerName, LoadBalancerPorts }: DeleteListeners,
): Done {
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  const before = loadBalancer.ListenerDescriptions;
  loadBalancer.ListenerDescriptions = before.filter(
    ({ Listener }) => !LoadBalancerPorts.includes(Listener.LoadBalancerPort),
  );
  return { answer: undefined, changed: loadBalancer.ListenerDescriptions.length < before.length };
}

/** The deletion of an absent one succeeds. */
export function deleteLoadBalancer(
  regional: LoadBalancer[],
  { LoadBalancerName }: { LoadBalancerName: string },
): Done {
  const at = regional.findIndex(each => each.LoadBalancerName === LoadBalancerName);
  if (at !== -1) regional.splice(at, 1);
  return { answer: undefined, changed: at !== -1 };
}

function listenerOf(requested: CreateListeners['Listeners'][number]): ListenerDescription['Listener'] {
  const { Protocol, LoadBalancerPort, InstancePort, SSLCertificateId } = requested;
  const layer = Protocol === 'HTTP' || Protocol === 'HTTPS' ? 'HTTP' : 'TCP';
  const { InstanceProtocol = layer } = requested;
  const isSecure = Protocol === 'HTTPS' || Protocol === 'SSL';
  if (isSecure !== (SSLCertificateId !== undefined)) {
    const must = isSecure ? 'must have a certificate' : 'has no certificate';
    throw cloudError('ValidationError', `A listener of ${Protocol} ${must}`);
  }
  return {
    ...{ Protocol, LoadBalancerPort, InstanceProtocol, InstancePort },
    ...(SSLCertificateId === undefined ? {} : { SSLCertificateId }),
  };
}

function isTls({ Protocol }: ListenerDescription['Listener']): boolean {
  return Protocol === 'HTTPS' || Protocol === 'SSL';
}
