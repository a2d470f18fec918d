// Twins for a test of Classic Elastic Load Balancing: virtual time, no socket, the real SDK client in front.
import {
  CreateAppCookieStickinessPolicyCommand,
  CreateLBCookieStickinessPolicyCommand,
  DeleteLoadBalancerPolicyCommand,
  DescribeLoadBalancerPoliciesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  ElasticLoadBalancingServiceException,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import { configOf, startTwins } from './start.ts';

export const web = 'checkout-classic';
export const tcp = 'ingest-classic';
const service = 'elasticloadbalancing';

export function startClassicElb(options: Parameters<typeof startTwins>[0] = {}) {
  const { twins, clock, control, calls, picture } = startTwins(options);
  const clientIn = (region: string) => new ElasticLoadBalancingClient(configOf(region, twins.request));
  const client = clientIn('eu-west-1');

  const describe = async (name: string) => {
    const command = new DescribeLoadBalancersCommand({ LoadBalancerNames: [name] });
    const { LoadBalancerDescriptions: [found] = [] } = await client.send(command);
    return found;
  };
  return {
    twins,
    clock,
    control,
    calls,
    picture,
    clientIn,
    client,
    describe,
    switchTo: (switches: Record<string, string | number>) =>
      control('PUT', 'switches', { [service]: switches }),
    faults: (...faults: object[]) =>
      control(
        'PUT',
        'faults',
        faults.map(fault => ({ service, times: 1, ...fault })),
      ),
    createLbCookie: (PolicyName: string, CookieExpirationPeriod?: number, LoadBalancerName = web) =>
      client.send(
        new CreateLBCookieStickinessPolicyCommand({ LoadBalancerName, PolicyName, CookieExpirationPeriod }),
      ),
    createAppCookie: (PolicyName: string, CookieName: string, LoadBalancerName = web) =>
      client.send(new CreateAppCookieStickinessPolicyCommand({ LoadBalancerName, PolicyName, CookieName })),
    setPolicies: (LoadBalancerPort: number, PolicyNames: string[] | undefined, LoadBalancerName = web) =>
      client.send(
        new SetLoadBalancerPoliciesOfListenerCommand({ LoadBalancerName, LoadBalancerPort, PolicyNames }),
      ),
    deletePolicy: (PolicyName: string, LoadBalancerName = web) =>
      client.send(new DeleteLoadBalancerPolicyCommand({ LoadBalancerName, PolicyName })),
    policies: async (LoadBalancerName?: string, ...PolicyNames: string[]) => {
      const command = new DescribeLoadBalancerPoliciesCommand({ LoadBalancerName, PolicyNames });
      return (await client.send(command)).PolicyDescriptions ?? [];
    },
    enabledOn: async (port: number, name = web) =>
      (await describe(name))?.ListenerDescriptions?.find(each => each.Listener?.LoadBalancerPort === port)
        ?.PolicyNames,
    /** A call as it lies on the wire, and what came back, as text. */
    post: async (body: string, region = 'eu-west-1') => {
      const credential = `Credential=test/20260601/${region}/${service}/aws4_request`;
      const headers = { authorization: `AWS4-HMAC-SHA256 ${credential}` };
      const answer = await twins.request({ method: 'POST', path: '/', headers, body });
      if (answer === 'dropped') throw new Error('no fault was asked for');
      return answer;
    },
  };
}

/** For assert.rejects: an error with this code on the wire and this HTTP status. */
export function coded(code: string, status = 400) {
  return (error: unknown) =>
    error instanceof ElasticLoadBalancingServiceException &&
    Reflect.get(error, 'Code') === code &&
    error.$metadata.httpStatusCode === status;
}
