// The one list of policies that a port of a Classic load balancer has for everything, TLS negotiation included. Set
// replaces it whole: who sets it has read it right before, and sends back all that is not theirs.
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
