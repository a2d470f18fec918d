// A cookie stickiness policy of a Classic load balancer: duration-based (LB cookie) or by an application's own cookie.
// It does nothing until it is set on a port. Natural key: its name on its load balancer. It cannot be changed.
//   DuplicatePolicyName on create   the name is taken, whatever the service guide says about idempotency
//   InvalidConfigurationRequest on delete   it is still enabled on some port
// A policy that is gone may be answered with success or with PolicyNotFound: both are done.
import {
  CreateAppCookieStickinessPolicyCommand,
  CreateLBCookieStickinessPolicyCommand,
  DeleteLoadBalancerPolicyCommand,
  type ElasticLoadBalancingClient,
  type PolicyDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import type { Resource } from '@gatehouse/core/resource';
import { orAbsent } from '../aws-call.ts';
import { call, type ElbClients, loadBalancer, policyNamed } from './client.ts';

export interface DesiredPolicy {
  region: string;
  loadBalancerName: string;
  policyName: string;
  /** Seconds; absent, the session's lifetime. */
  cookieExpirationPeriod?: number;
  /** For an application's cookie. */
  cookieName?: string;
}

export interface ObservedPolicy {
  id: string;
  description: PolicyDescription;
}

const DURATION = { type: 'LBCookieStickinessPolicyType', attribute: 'CookieExpirationPeriod' };
const APPLICATION = { type: 'AppCookieStickinessPolicyType', attribute: 'CookieName' };

export function stickinessPolicyResource(clients: ElbClients): Resource<DesiredPolicy, ObservedPolicy> {
  return {
    kind: 'stickinessPolicy',
    settles: { firstSeconds: 1, mostSeconds: 10, limitSeconds: 300, readings: 1 },

    read: desired => observe(clients(desired.region), desired),

    idOf: policy => policy.id,

    async create(desired) {
      await createPolicy(clients(desired.region), desired);
      return {
        id: idOf(desired),
        description: {
          PolicyTypeName: kindOf(desired).type,
          PolicyAttributeDescriptions: [
            { AttributeName: kindOf(desired).attribute, AttributeValue: attributeValue(desired) },
          ],
        },
      };
    },

    drift(desired, { description }) {
      const { type, attribute } = kindOf(desired);
      if (description.PolicyTypeName !== type) return ['policyTypeName'];
      const standing = description.PolicyAttributeDescriptions?.find(
        each => each.AttributeName === attribute,
      );
      if ((standing?.AttributeValue ?? '0') === attributeValue(desired)) return [];
      return [desired.cookieName === undefined ? 'cookieExpirationPeriod' : 'cookieName'];
    },

    async remove(_id, { region, loadBalancerName, policyName }) {
      const client = clients(region);
      const command = new DeleteLoadBalancerPolicyCommand({
        LoadBalancerName: loadBalancerName,
        PolicyName: policyName,
      });
      await orAbsent(call('DeleteLoadBalancerPolicy', () => client.send(command)));
    },

    ready: () => ({ ready: true }),

    async strangers({ region, loadBalancerName, policyName }) {
      const balancer = await loadBalancer(clients(region), loadBalancerName);
      return (balancer?.ListenerDescriptions ?? [])
        .filter(({ PolicyNames }) => PolicyNames?.includes(policyName))
        .map(({ Listener }) => `port ${Listener?.LoadBalancerPort} of ${loadBalancerName}`);
    },
  };
}

async function observe(
  client: ElasticLoadBalancingClient,
  desired: DesiredPolicy,
): Promise<ObservedPolicy | undefined> {
  const description = await policyNamed(client, desired.loadBalancerName, desired.policyName);
  return description && { id: idOf(desired), description };
}

async function createPolicy(client: ElasticLoadBalancingClient, desired: DesiredPolicy): Promise<void> {
  const { loadBalancerName, policyName, cookieName, cookieExpirationPeriod } = desired;
  const policy = { LoadBalancerName: loadBalancerName, PolicyName: policyName };
  if (cookieName !== undefined) {
    const command = new CreateAppCookieStickinessPolicyCommand({ ...policy, CookieName: cookieName });
    await call('CreateAppCookieStickinessPolicy', () => client.send(command));
    return;
  }
  const period = cookieExpirationPeriod ? { CookieExpirationPeriod: cookieExpirationPeriod } : {};
  const command = new CreateLBCookieStickinessPolicyCommand({ ...policy, ...period });
  await call('CreateLBCookieStickinessPolicy', () => client.send(command));
}

function kindOf({ cookieName }: DesiredPolicy) {
  return cookieName === undefined ? DURATION : APPLICATION;
}

/** As DescribeLoadBalancerPolicies says it: the session's lifetime is a period of 0. */
function attributeValue({ cookieName, cookieExpirationPeriod }: DesiredPolicy): string {
  return cookieName ?? String(cookieExpirationPeriod ?? 0);
}

/** This API has no ids: names, put together, are one. */
export function idOf({
  region,
  loadBalancerName,
  policyName,
}: Pick<DesiredPolicy, 'region' | 'loadBalancerName' | 'policyName'>): string {
  return `${region}/${loadBalancerName}/${policyName}`;
}
