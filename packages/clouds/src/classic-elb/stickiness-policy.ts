// A cookie stickiness policy of a Classic load balancer: duration-based (LB cookie) or based on an application cookie. It has
// no effect until it is set on a port. Natural key: its name on its load balancer. It is immutable: a policy with another
// name replaces it on its ports.
//   DuplicatePolicyName on create   the name is taken, contrary to the service guide's claim of idempotency
//   InvalidConfigurationRequest on delete   it is still set on a port
// Deleting an absent policy returns success or PolicyNotFound; both count as done.
import {
  CreateAppCookieStickinessPolicyCommand,
  type CreateAppCookieStickinessPolicyCommandInput,
  CreateLBCookieStickinessPolicyCommand,
  type CreateLBCookieStickinessPolicyCommandInput,
  DeleteLoadBalancerPolicyCommand,
  type ElasticLoadBalancingClient,
  type PolicyDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import type { Resource } from '@gatehouse/core/ports/resource';
import { STICKINESS_POLICY } from '@gatehouse/core/request/aws/stickiness-policy-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput, fromWire } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { busyIfUnused, orAbsent } from '../cloud-call.ts';
import { call, type ElbClients, loadBalancer, policyNamed } from './client.ts';
import { type Port, setPolicies } from './port-policies.ts';

export type DesiredPolicy = DesiredByKind['stickinessPolicy'];

export interface ObservedPolicy {
  id: string;
  description: PolicyDescription;
}

const DURATION = 'LBCookieStickinessPolicyType';
const APPLICATION = 'AppCookieStickinessPolicyType';

const MEMBERS = STICKINESS_POLICY satisfies TableOn<
  CreateLBCookieStickinessPolicyCommandInput & CreateAppCookieStickinessPolicyCommandInput
>;
/** The type determines the create call, and is part of every read. */
const WITH_TYPE = { policyTypeName: { wire: 'PolicyTypeName', createOnly: true }, ...MEMBERS } as const;

const specOf = ({ description }: ObservedPolicy) =>
  fromWire(WITH_TYPE, description, {
    cookieExpirationPeriod: policy =>
      Number(attributeOf(policy, DURATION, 'CookieExpirationPeriod')) || undefined,
    cookieName: policy => attributeOf(policy, APPLICATION, 'CookieName'),
  });

const { createOnly, snapshot, drift } = comparedBy<typeof WITH_TYPE, object, ObservedPolicy>(
  WITH_TYPE,
  specOf,
  {},
);

export function stickinessPolicyResource(clients: ElbClients): Resource<DesiredPolicy, ObservedPolicy> {
  return {
    kind: 'stickinessPolicy',
    settles: { initialDelaySeconds: 1, maxDelaySeconds: 10, readyLimitSeconds: 300, consecutiveReady: 1 },
    createOnly,
    snapshot,

    read: desired => observe(clients(desired.region), desired),

    idOf: policy => policy.id,

    async create(desired) {
      await createPolicy(clients(desired.region), desired);
      return { id: idOf(desired), description: descriptionOf(desired) };
    },

    /** Policies of different types have no other members in common. */
    drift(desired, policy) {
      const differs = drift(comparable(desired), policy);
      return differs.includes('policyTypeName') ? ['policyTypeName'] : differs;
    },

    async remove(_id, desired) {
      const { region, loadBalancerName, policyName } = desired;
      const client = clients(region);
      const command = new DeleteLoadBalancerPolicyCommand({
        LoadBalancerName: loadBalancerName,
        PolicyName: policyName,
      });
      try {
        await orAbsent(call('DeleteLoadBalancerPolicy', () => client.send(command)));
      } catch (thrown) {
        throw await busyIfUnused(thrown, ['InvalidConfigurationRequestException'], () =>
          portsWith(client, desired),
        );
      }
    },

    addressedByKey: true,

    ready: () => ({ ready: true }),

    /** Our own attachments are deleted before the policy is, so all remaining ports are foreign. */
    async foreignDependents(desired) {
      const ports = await portsWith(clients(desired.region), desired);
      return ports.map(nameOf);
    },

    async deleteForeign(desired, _policy, names) {
      const client = clients(desired.region);
      const port = (await portsWith(client, desired)).find(each => names.includes(nameOf(each)));
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

/** The ports of the load balancer that have the policy, each with all of its policies. */
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

function nameOf({ loadBalancerName, loadBalancerPort }: Port): string {
  return `port ${loadBalancerPort} of ${loadBalancerName}`;
}

async function createPolicy(client: ElasticLoadBalancingClient, desired: DesiredPolicy): Promise<void> {
  const { cookieName, cookieExpirationPeriod, ...policy } = desired;
  if (cookieName !== undefined) {
    const input = createInput(MEMBERS, { ...policy, cookieName });
    const command = new CreateAppCookieStickinessPolicyCommand(input);
    await call('CreateAppCookieStickinessPolicy', () => client.send(command));
    return;
  }
  // The API may reject a 0.
  const period = cookieExpirationPeriod ? { cookieExpirationPeriod } : {};
  const command = new CreateLBCookieStickinessPolicyCommand(createInput(MEMBERS, { ...policy, ...period }));
  await call('CreateLBCookieStickinessPolicy', () => client.send(command));
}

/** An omitted period means the browser session. */
function comparable(desired: DesiredPolicy): DesiredPolicy & { policyTypeName: string } {
  if (desired.cookieName !== undefined) return { ...desired, policyTypeName: APPLICATION };
  const { cookieExpirationPeriod = MEMBERS.cookieExpirationPeriod.default } = desired;
  return { ...desired, cookieExpirationPeriod, policyTypeName: DURATION };
}

/** In the form of DescribeLoadBalancerPolicies, where a period of 0 is the browser session. */
function descriptionOf({ cookieName, cookieExpirationPeriod = 0 }: DesiredPolicy): PolicyDescription {
  const [PolicyTypeName, AttributeName, AttributeValue] =
    cookieName === undefined
      ? [DURATION, 'CookieExpirationPeriod', `${cookieExpirationPeriod}`]
      : [APPLICATION, 'CookieName', cookieName];
  return { PolicyTypeName, PolicyAttributeDescriptions: [{ AttributeName, AttributeValue }] };
}

function attributeOf(policy: PolicyDescription, type: string, name: string): string | undefined {
  if (policy.PolicyTypeName !== type) return undefined;
  return policy.PolicyAttributeDescriptions?.find(each => each.AttributeName === name)?.AttributeValue;
}

/** The API has no ids, so one is composed of the names. */
export function idOf({
  region,
  loadBalancerName,
  policyName,
}: Pick<DesiredPolicy, 'region' | 'loadBalancerName' | 'policyName'>): string {
  return `${region}/${loadBalancerName}/${policyName}`;
}
