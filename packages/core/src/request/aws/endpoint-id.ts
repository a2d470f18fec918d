// Parses an endpoint id of Global Accelerator: the ARN of a load balancer, the allocation id of an Elastic IP, the id of an
// instance, or the ARN of any resource of another account. Classic load balancers cannot be endpoints. Source: docs/clouds/global-accelerator.md, endpoints.

export type Endpoint =
  | { kind: 'applicationLoadBalancer' | 'networkLoadBalancer'; identity: string; region: string }
  | { kind: 'elasticIp' | 'instance'; identity: string; region: string | undefined }
  | { kind: 'unusable'; reason: string };

const ARN = /^arn:aws(?:-[a-z]+)*:(?<service>[a-z0-9-]+):(?<region>[a-z0-9-]*):\d{0,12}:(?<name>.+)$/;
const LOAD_BALANCER = /^loadbalancer\/(?<type>app|net)\/[A-Za-z0-9-]+\/[0-9a-zA-Z]+$/;
const ELASTIC_IP = /^(?:elastic-ip\/)?(?<id>eipalloc-[0-9a-f]{8,17})$/;
const INSTANCE = /^(?:instance\/)?(?<id>i-[0-9a-f]{8,17})$/;

const ENDPOINTS =
  'the ARN of an Application or Network Load Balancer, an Elastic IP (`eipalloc-...`) or an EC2 instance (`i-...`)';

/** `identity` is the same for the id and the ARN of one resource. */
export function readEndpointId(endpointId: string): Endpoint {
  const { service, region, name } = ARN.exec(endpointId)?.groups ?? {};
  if (service === undefined || region === undefined || name === undefined) {
    if (/\/|:/.test(endpointId)) return unusable('is not a valid endpoint');
    return readEc2Name(endpointId, undefined);
  }
  if (service === 'elasticloadbalancing') return readLoadBalancer(endpointId, region, name);
  if (service === 'ec2' && name.includes('/')) return readEc2Name(name, region);
  return unusable(`is an ARN of the service \`${service}\``);
}

/** Whether it belongs to another account than `groupArn`: then its ARN names that account. */
export function isOfAnotherAccount(endpointId: string, groupArn: string): boolean {
  const [account, ours] = [endpointId, groupArn].map(arn => arn.split(':')[4]);
  return account !== undefined && account !== '' && account !== ours;
}

function readLoadBalancer(endpointId: string, region: string, name: string): Endpoint {
  const type = LOAD_BALANCER.exec(name)?.groups?.['type'];
  if (type === 'app') return { kind: 'applicationLoadBalancer', identity: endpointId, region };
  if (type === 'net') return { kind: 'networkLoadBalancer', identity: endpointId, region };
  if (name.startsWith('loadbalancer/gwy/')) return unusable('is a Gateway Load Balancer');
  if (/^loadbalancer\/[^/]+$/.test(name)) return unusable('is a Classic Load Balancer');
  if (name.startsWith('targetgroup/')) return unusable('is a target group');
  if (name.startsWith('listener/')) return unusable('is a listener of a load balancer');
  return unusable('is not a valid load balancer ARN');
}

function readEc2Name(name: string, region: string | undefined): Endpoint {
  const elasticIp = ELASTIC_IP.exec(name)?.groups?.['id'];
  if (elasticIp !== undefined) return { kind: 'elasticIp', identity: elasticIp, region };
  const instance = INSTANCE.exec(name)?.groups?.['id'];
  if (instance !== undefined) return { kind: 'instance', identity: instance, region };
  return unusable('is not a valid endpoint');
}

function unusable(what: string): Endpoint {
  return { kind: 'unusable', reason: `${what}; expected ${ENDPOINTS}` };
}
