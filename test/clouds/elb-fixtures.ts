// Classic Elastic Load Balancing: what is wanted of it in these tests, and the fixtures of the contract.
import {
  CreateAppCookieStickinessPolicyCommand,
  CreateLBCookieStickinessPolicyCommand,
  DeleteLoadBalancerPolicyCommand,
  DescribeLoadBalancersCommand,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import type { DesiredAttachment } from '@gatehouse/clouds/classic-elb/policy-attachment';
import type { DesiredPolicy } from '@gatehouse/clouds/classic-elb/stickiness-policy';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import type { World } from '../world/world.ts';
import type { Subject } from './contract.ts';
import { requestOf } from './fixtures.ts';
import { foreignElb } from './foreign-clients.ts';

/** HTTPS on 443 with a TLS policy, HTTPS on 8443 with that and somebody's cookie policy, HTTP on 80 with nothing. */
export const WEB = 'checkout-classic';
/** TCP 1883 only. */
export const TCP = 'ingest-classic';
export const TLS_POLICY = 'tls-2023';
export const FOREIGN_POLICY = 'legacy-sticky';
export const OUR_POLICY = 'checkout-sticky';

const POLICY = {
  loadBalancerName: WEB,
  policyName: OUR_POLICY,
  cookieExpirationPeriod: 3600,
  loadBalancerPorts: [443],
};

export function desiredPolicy(changes: object = {}): DesiredPolicy {
  return planned('stickinessPolicy', changes) as DesiredPolicy;
}

export function desiredAttachment(changes: object = {}): DesiredAttachment {
  return planned('policyAttachment', changes) as DesiredAttachment;
}

/** A change to undefined leaves the member out. */
function planned(kind: string, changes: object): unknown {
  const policy = Object.fromEntries(
    Object.entries({ ...POLICY, ...changes }).filter(([, value]) => value !== undefined),
  );
  const request = requestOf({ listener: undefined, stickinessPolicies: [policy] });
  const steps = planSteps(request, { jobId: 'job-1', region: 'eu-west-1' });
  const step = steps.find(each => each.kind === kind);
  if (!step) throw new Error(`no ${kind} was asked for`);
  return step.desired;
}

/** What somebody else does on a load balancer. */
export function strangerOf(world: World, LoadBalancerName = WEB) {
  const elb = foreignElb(world);
  return {
    create: (PolicyName: string, CookieExpirationPeriod = 60) =>
      elb.send(
        new CreateLBCookieStickinessPolicyCommand({ LoadBalancerName, PolicyName, CookieExpirationPeriod }),
      ),
    createApp: (PolicyName: string, CookieName: string) =>
      elb.send(new CreateAppCookieStickinessPolicyCommand({ LoadBalancerName, PolicyName, CookieName })),
    remove: (PolicyName: string) =>
      elb.send(new DeleteLoadBalancerPolicyCommand({ LoadBalancerName, PolicyName })),
    set: (LoadBalancerPort: number, ...PolicyNames: string[]) =>
      elb.send(
        new SetLoadBalancerPoliciesOfListenerCommand({ LoadBalancerName, LoadBalancerPort, PolicyNames }),
      ),
    async policiesOn(port: number): Promise<string[]> {
      const { LoadBalancerDescriptions = [] } = await elb.send(
        new DescribeLoadBalancersCommand({ LoadBalancerNames: [LoadBalancerName] }),
      );
      const listeners = LoadBalancerDescriptions[0]?.ListenerDescriptions ?? [];
      const found = listeners.find(({ Listener }) => Listener?.LoadBalancerPort === port);
      return (found?.PolicyNames ?? []).toSorted();
    },
  };
}

export const stickinessPolicy: Subject = {
  name: 'stickiness policy',
  service: 'elasticloadbalancing',
  createOperation: 'CreateLBCookieStickinessPolicy',
  traits: { createdAgain: 'refused', keyIsId: true, immutable: true },
  async fixture(world) {
    const stranger = strangerOf(world);
    return {
      resource: world.ports().resource('stickinessPolicy'),
      desired: desiredPolicy(),
      elsewhere: [
        { what: 'another name', desired: desiredPolicy({ policyName: 'checkout-stick' }) },
        { what: 'another load balancer', desired: desiredPolicy({ loadBalancerName: TCP }) },
        { what: 'another region', desired: desiredPolicy({ region: 'us-east-1' }) },
        { what: 'a load balancer that is gone', desired: desiredPolicy({ loadBalancerName: 'gone' }) },
      ],
      elsewhereInPlace: [
        { what: 'a period', desired: desiredPolicy({ cookieExpirationPeriod: 60 }) },
        { what: 'the session', desired: desiredPolicy({ cookieExpirationPeriod: 0 }) },
        {
          what: 'a cookie',
          desired: desiredPolicy({ cookieExpirationPeriod: undefined, cookieName: 'SESSION' }),
        },
      ],
      changes: [
        {
          what: 'another period',
          by: async () => {
            await stranger.remove(OUR_POLICY);
            await stranger.create(OUR_POLICY, 60);
          },
          drift: ['cookieExpirationPeriod'],
        },
        {
          what: 'another kind',
          by: async () => {
            await stranger.remove(OUR_POLICY);
            await stranger.createApp(OUR_POLICY, 'SESSION');
          },
          drift: ['policyTypeName'],
        },
      ],
      async hang() {
        await stranger.set(80, OUR_POLICY);
        return `port 80 of ${WEB}`;
      },
      vanish: () => stranger.remove(OUR_POLICY),
    };
  },
};

export const appCookiePolicy: Subject = {
  ...stickinessPolicy,
  name: 'application cookie policy',
  createOperation: 'CreateAppCookieStickinessPolicy',
  async fixture(world) {
    const stranger = strangerOf(world);
    return {
      ...(await stickinessPolicy.fixture(world)),
      desired: desiredPolicy({ cookieExpirationPeriod: undefined, cookieName: 'SESSION' }),
      elsewhereInPlace: [
        {
          what: 'a cookie',
          desired: desiredPolicy({ cookieExpirationPeriod: undefined, cookieName: 'other' }),
        },
        { what: 'a period', desired: desiredPolicy() },
      ],
      changes: [
        {
          what: 'another cookie',
          by: async () => {
            await stranger.remove(OUR_POLICY);
            await stranger.createApp(OUR_POLICY, 'session');
          },
          drift: ['cookieName'],
        },
        {
          what: 'another kind',
          by: async () => {
            await stranger.remove(OUR_POLICY);
            await stranger.create(OUR_POLICY);
          },
          drift: ['policyTypeName'],
        },
      ],
    };
  },
};

export const policyAttachment: Subject = {
  name: 'policy attachment',
  service: 'elasticloadbalancing',
  createOperation: 'SetLoadBalancerPoliciesOfListener',
  traits: {
    createdAgain: 'accepted',
    keyIsId: true,
    immutable: true,
    indivisible: true,
    bare: true,
    shared: true,
  },
  async fixture(world) {
    const stranger = strangerOf(world);
    const policies = world.ports().resource('stickinessPolicy');
    await policies.create?.(desiredPolicy(), '');
    return {
      resource: world.ports().resource('policyAttachment'),
      desired: desiredAttachment(),
      elsewhere: [
        { what: 'another port', desired: desiredAttachment({ loadBalancerPorts: [80] }) },
        { what: 'a port that is not there', desired: desiredAttachment({ loadBalancerPorts: [81] }) },
        { what: 'another policy', desired: desiredAttachment({ policyName: 'other' }) },
        { what: 'another region', desired: desiredAttachment({ region: 'us-east-1' }) },
        { what: 'a load balancer that is gone', desired: desiredAttachment({ loadBalancerName: 'gone' }) },
      ],
      changes: [],
      beside: {
        put: () => stranger.set(443, TLS_POLICY),
        standing: async () => (await stranger.policiesOn(443)).filter(name => name !== OUR_POLICY),
      },
      vanish: () => stranger.set(443, TLS_POLICY),
    };
  },
};
