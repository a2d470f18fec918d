// Checks that need a read of the load balancers: each exists, the policy name is free, each port exists, its protocol is HTTP
// or HTTPS, and it has no cookie policy unless the request allows its replacement. Policies that the entry point owns are
// always replaced.
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { orAdopt } from '../or-adopt.ts';
import { type ElbClients, loadBalancer, policiesOfPort, policyNamed, stickinessNames } from './client.ts';
import { idOf } from './stickiness-policy.ts';

type Policy = AwsRequest['stickinessPolicies'][number];

/** The default region, and the cloud ids of the resources that the entry point owns. */
export interface Here {
  region: string;
  ours: readonly string[];
}

export async function preflight(
  clients: ElbClients,
  request: AwsRequest,
  { region, ours }: Here,
): Promise<Finding[]> {
  const found = await Promise.all(
    request.stickinessPolicies.map(async (policy, index) => {
      const where = policy.region ?? region;
      const client = clients(where);
      const pointer = `/stickinessPolicies/${index}`;
      const balancer = await loadBalancer(client, policy.loadBalancerName);
      if (!balancer) return [absent(policy, pointer, where)];
      const own = stickinessNames(balancer).filter(name => ours.includes(policyId(where, policy, name)));
      const free =
        own.includes(policy.policyName) ||
        !(await policyNamed(client, policy.loadBalancerName, policy.policyName));
      const ports = portFindings(policy, balancer, { pointer, own });
      return [...(free ? [] : [takenName(policy, pointer, orAdopt(request.options))]), ...ports];
    }),
  );
  return found.flat();
}

/** Pure: checks a policy's ports against its load balancer. `own`: names of the entry point's policies on it. */
function portFindings(
  policy: Policy,
  balancer: LoadBalancerDescription,
  { pointer, own }: { pointer: string; own: string[] },
): Finding[] {
  const cookies = stickinessNames(balancer).filter(name => !own.includes(name));
  return policy.loadBalancerPorts.flatMap((port, index): Finding[] => {
    const at = `${pointer}/loadBalancerPorts/${index}`;
    const names = policiesOfPort(balancer, port);
    if (!names) return [{ pointer: at, code: 'NotFound', detail: noPort(policy, balancer, port) }];
    const protocol = protocolOf(balancer, port);
    if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
      const detail = `the protocol of port ${port} is ${protocol}; a stickiness policy requires HTTP or HTTPS`;
      return [{ pointer: at, code: 'InvalidRequest', detail }];
    }
    const other = names.find(name => cookies.includes(name));
    if (other === undefined || policy.replace) return [];
    const detail = `port ${port} has the stickiness policy ${other}; set replace: true to replace it`;
    return [{ pointer: at, code: 'AlreadyExists', detail }];
  });
}

function policyId(region: string, { loadBalancerName }: Policy, policyName: string): string {
  return idOf({ region, loadBalancerName, policyName });
}

function absent({ loadBalancerName }: Policy, pointer: string, region: string): Finding {
  const detail = `Classic load balancer ${loadBalancerName} does not exist in ${region}`;
  return { pointer: `${pointer}/loadBalancerName`, code: 'NotFound', detail };
}

function takenName({ policyName, loadBalancerName }: Policy, pointer: string, otherWay: string): Finding {
  const detail = `${loadBalancerName} already has a policy ${policyName}; choose another name${otherWay}`;
  return { pointer: `${pointer}/policyName`, code: 'AlreadyExists', detail };
}

function noPort({ loadBalancerName }: Policy, balancer: LoadBalancerDescription, port: number): string {
  const ports = (balancer.ListenerDescriptions ?? [])
    .map(({ Listener }) => Listener?.LoadBalancerPort)
    .join(', ');
  return `${loadBalancerName} has no port ${port}; its ports are ${ports}`;
}

function protocolOf(balancer: LoadBalancerDescription, port: number): string | undefined {
  return balancer.ListenerDescriptions?.find(({ Listener }) => Listener?.LoadBalancerPort === port)?.Listener
    ?.Protocol;
}
