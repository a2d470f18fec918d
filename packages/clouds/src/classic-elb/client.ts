// Classic Elastic Load Balancing is regional: one client per region, created on first use. Also the two reads that the
// resources share. The API has no idempotency token and no status: calls take effect at once, and after a lost response
// only a read shows the outcome.
import {
  DescribeLoadBalancerPoliciesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  type ElasticLoadBalancingClientConfig,
  type LoadBalancerDescription,
  type PolicyDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { awsCall, STEP_CLIENT } from '../aws-call.ts';
import { orAbsent } from '../cloud-call.ts';
import type { ErrorTable } from '../errors.ts';
import { ERRORS } from './errors.ts';

export type ElbClients = (region: string) => ElasticLoadBalancingClient;

export function classicElbClients(
  config: Pick<ElasticLoadBalancingClientConfig, 'requestHandler' | 'credentials'> = {},
): ElbClients {
  const clients = new Map<string, ElasticLoadBalancingClient>();
  return region => {
    const client =
      clients.get(region) ?? new ElasticLoadBalancingClient({ region, ...STEP_CLIENT, ...config });
    clients.set(region, client);
    return client;
  };
}

export function call<T>(operation: string, send: () => Promise<T>, also: ErrorTable = {}): Promise<T> {
  return awsCall({ service: 'elasticloadbalancing', operation, errors: { ...ERRORS, ...also } }, send);
}

/** One load balancer per call, as a call with several names fails if one of them is unknown. */
export async function loadBalancer(
  client: ElasticLoadBalancingClient,
  name: string,
): Promise<LoadBalancerDescription | undefined> {
  const command = new DescribeLoadBalancersCommand({ LoadBalancerNames: [name] });
  const answer = await orAbsent(call('DescribeLoadBalancers', () => client.send(command)));
  return answer?.LoadBalancerDescriptions?.find(each => each.LoadBalancerName === name);
}

export async function policyNamed(
  client: ElasticLoadBalancingClient,
  loadBalancerName: string,
  name: string,
): Promise<PolicyDescription | undefined> {
  const command = new DescribeLoadBalancerPoliciesCommand({
    LoadBalancerName: loadBalancerName,
    PolicyNames: [name],
  });
  const answer = await orAbsent(call('DescribeLoadBalancerPolicies', () => client.send(command)));
  return answer?.PolicyDescriptions?.find(policy => policy.PolicyName === name);
}

/** The policies of a port; undefined if the load balancer has no such port. */
export function policiesOfPort(balancer: LoadBalancerDescription, port: number): string[] | undefined {
  const listener = balancer.ListenerDescriptions?.find(each => each.Listener?.LoadBalancerPort === port);
  return listener && (listener.PolicyNames ?? []);
}

/** Names of all policies, whatever their type. */
export function policyNames(balancer: LoadBalancerDescription): string[] {
  return [...stickinessNames(balancer), ...(balancer.Policies?.OtherPolicies ?? [])];
}

/** Names of the policies that are not set on any port. */
export function idlePolicies(balancer: LoadBalancerDescription): string[] {
  const enabled = (balancer.ListenerDescriptions ?? []).flatMap(({ PolicyNames }) => PolicyNames ?? []);
  return policyNames(balancer).filter(name => !enabled.includes(name));
}

/** Names of the cookie policies of either type. A port can have at most one of them. */
export function stickinessNames({ Policies }: LoadBalancerDescription): string[] {
  const cookies = [
    ...(Policies?.LBCookieStickinessPolicies ?? []),
    ...(Policies?.AppCookieStickinessPolicies ?? []),
  ];
  return cookies.flatMap(({ PolicyName }) => (PolicyName === undefined ? [] : [PolicyName]));
}
