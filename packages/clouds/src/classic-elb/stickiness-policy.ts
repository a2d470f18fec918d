// A cookie stickiness policy of a Classic load balancer: duration-based (LB cookie) or by an application's own cookie.
// It does nothing until it is set on a port. Natural key: its name on its load balancer. It cannot be changed: another
// one, under another name, takes its place on its ports.
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
import type { Resource } from '@gatehouse/core/ports/resource';
import { orAbsent } from '../cloud-call.ts';
import { call, type ElbClients, loadBalancer, policyNamed } from './client.ts';
import { type Port, setPolicies } from './port-policies.ts';

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

const DURATION = {
  type: 'LBCookieStickinessPolicyType',
  attribute: 'CookieExpirationPeriod',
  member: 'cookieExpirationPeriod',
};
const APPLICATION = {
  type: 'AppCookieStickinessPolicyType',
  attribute: 'CookieName',
  member: 'cookieName',
};
const FORMS = [DURATION, APPLICATION];

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
          PolicyTypeName: formOf(desired).type,
          PolicyAttributeDescriptions: [
            { AttributeName: formOf(desired).attribute, AttributeValue: attributeValue(desired) },
          ],
        },
      };
    },

    drift(desired, { description }) {
      const { type, attribute, member } = formOf(desired);
      if (description.PolicyTypeName !== type) return ['policyTypeName'];
      const standing = description.PolicyAttributeDescriptions?.find(
        each => each.AttributeName === attribute,
      );
      if ((standing?.AttributeValue ?? '0') === attributeValue(desired)) return [];
      return [member];
    },

    fixed: ['policyTypeName', ...FORMS.map(({ member }) => member)],
    image: imageOf,

    async remove(_id, { region, loadBalancerName, policyName }) {
      const client = clients(region);
      const command = new DeleteLoadBalancerPolicyCommand({
        LoadBalancerName: loadBalancerName,
        PolicyName: policyName,
      });
      await orAbsent(call('DeleteLoadBalancerPolicy', () => client.send(command)));
    },

    removedByKey: true,

    ready: () => ({ ready: true }),

    /** Our own attachments are gone before the policy goes, so whoever set it on those ports, they hold it. */
    async strangers(desired) {
      const ports = await portsWith(clients(desired.region), desired);
      return ports.map(({ loadBalancerPort: port }) => `port ${port} of ${desired.loadBalancerName}`);
    },

    async evict(desired) {
      const client = clients(desired.region);
      const [port] = await portsWith(client, desired);
      if (!port) return;
      const rest = port.policies.filter(name => name !== desired.policyName);
      await orAbsent(setPolicies(client, port, rest));
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

/** The ports of its load balancer that have the policy, each with all that it has. */
async function portsWith(
  client: ElasticLoadBalancingClient,
  { loadBalancerName, policyName }: DesiredPolicy,
): Promise<(Port & { policies: string[] })[]> {
  const balancer = await loadBalancer(client, loadBalancerName);
  return (balancer?.ListenerDescriptions ?? []).flatMap(({ Listener, PolicyNames: policies = [] }) => {
    const loadBalancerPort = Listener?.LoadBalancerPort;
    if (loadBalancerPort === undefined || !policies.includes(policyName)) return [];
    return [{ loadBalancerName, loadBalancerPort, policies }];
  });
}

/** The session's lifetime is no period, as in a spec. */
function imageOf({ description }: ObservedPolicy): Record<string, unknown> {
  const { PolicyTypeName: policyTypeName, PolicyAttributeDescriptions: attributes = [] } = description;
  const form = FORMS.find(({ type }) => type === policyTypeName);
  const value = attributes.find(({ AttributeName }) => AttributeName === form?.attribute)?.AttributeValue;
  if (!form || value === undefined || value === '0') return { policyTypeName };
  return { policyTypeName, [form.member]: form === DURATION ? Number(value) : value };
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

function formOf({ cookieName }: DesiredPolicy) {
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
