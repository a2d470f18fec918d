// The state of the twin of Classic Elastic Load Balancing. Members in PascalCase are the API's own, as it shows them;
// members in camelCase are the twin's. There are no ids: a load balancer has a name that is unique in its region, a
// listener its port, a policy a name that is unique in its load balancer.
import { isRecord } from '../shared/input.ts';
import { cloudError } from './errors.ts';
import type { PolicyTypeName } from './policy-types.ts';
import type { Protocol } from './protocol.ts';

export interface Policy {
  PolicyName: string;
  PolicyTypeName: PolicyTypeName;
  PolicyAttributeDescriptions: PolicyAttribute[];
}

export interface PolicyAttribute {
  AttributeName: string;
  AttributeValue: string;
}

export interface ListenerDescription {
  Listener: {
    Protocol: Protocol;
    LoadBalancerPort: number;
    InstanceProtocol: Protocol;
    InstancePort: number;
    SSLCertificateId?: string;
  };
  /** The enabled policies, in the order in which they were set. */
  PolicyNames: string[];
}

export interface LoadBalancer {
  region: string;
  LoadBalancerName: string;
  ListenerDescriptions: ListenerDescription[];
  policies: Policy[];
  /** The ports of instances that have policies; absent in a stored state from before there were any. */
  backends?: { InstancePort: number; PolicyNames: string[] }[];
  tags: { Key: string; Value: string }[];
  /** The other members of DescribeLoadBalancers, which nothing here changes. */
  surroundings: Record<string, unknown>;
}

/** A token bucket: its content at an instant. */
export interface Bucket {
  left: number;
  at: number;
}

export interface State {
  loadBalancers: LoadBalancer[];
  /** By region and kind of call, only while throttling is on. */
  buckets: Record<string, Bucket>;
}

export function isState(value: unknown): value is State {
  return isRecord(value) && Array.isArray(value['loadBalancers']) && isRecord(value['buckets']);
}

export function inRegion(state: State, region: string): LoadBalancer[] {
  return state.loadBalancers.filter(loadBalancer => loadBalancer.region === region);
}

export function findLoadBalancer(regional: LoadBalancer[], name: string): LoadBalancer {
  const found = regional.find(({ LoadBalancerName }) => LoadBalancerName === name);
  if (!found) throw cloudError('LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${name}'`);
  return found;
}

export function findPolicy({ LoadBalancerName, policies }: LoadBalancer, name: string): Policy {
  const found = policies.find(({ PolicyName }) => PolicyName === name);
  if (found) return found;
  const message = `There is no policy with name ${name} for load balancer ${LoadBalancerName}`;
  throw cloudError('PolicyNotFound', message);
}
