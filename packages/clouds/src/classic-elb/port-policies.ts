// The list of all policies of a port of a Classic load balancer, TLS negotiation included. Set replaces the whole list, so
// callers read it right before, and keep all policies that are not their own.
import {
  type ElasticLoadBalancingClient,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import { call } from './client.ts';

export interface Port {
  loadBalancerName: string;
  loadBalancerPort: number;
}

export async function setPolicies(
  client: ElasticLoadBalancingClient,
  { loadBalancerName, loadBalancerPort }: Port,
  names: string[],
): Promise<void> {
  const input = {
    LoadBalancerName: loadBalancerName,
    LoadBalancerPort: loadBalancerPort,
    PolicyNames: names,
  };
  const command = new SetLoadBalancerPoliciesOfListenerCommand(input);
  await call('SetLoadBalancerPoliciesOfListener', () => client.send(command));
}
