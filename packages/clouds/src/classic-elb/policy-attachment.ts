// A stickiness policy set on one port of a Classic load balancer. A port has one list for all policies, TLS negotiation
// included, and Set replaces the whole list. So the list is read, merged, set and read back, in both directions, and only
// our policy and the cookie policy that it replaces change. A write between our read and our set cannot be detected: the API
// has no versions.
//   InvalidConfigurationRequest   the protocol of the port is not HTTP or HTTPS, or it has another cookie policy
//   ListenerNotFound, PolicyNotFound   the port or the policy does not exist
import type {
  ElasticLoadBalancingClient,
  LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { orAbsent, readAfterChange } from '../cloud-call.ts';
import { type ElbClients, idlePolicies, loadBalancer, policiesOfPort, stickinessNames } from './client.ts';
import { setPolicies } from './port-policies.ts';

/** `replace`: whether it may replace another cookie policy. */
export type DesiredAttachment = DesiredByKind['policyAttachment'] & {
  /** Our previous policy on the port, which is replaced regardless of `replace`. */
  inPlaceOf?: string;
};

export interface ObservedAttachment {
  id: string;
  /** All policies of the port. */
  policies: string[];
  /** Policies of the load balancer that are not set on any port. */
  idle: string[];
  dnsName: string;
  hostedZoneId: string;
}

interface Before {
  /** The replaced cookie policies, the latest last. Undo restores the latest one that still exists. */
  replaced: string[];
  /** Policies that were not set on any port at the first read. */
  idle: string[];
}

export function policyAttachmentResource(
  clients: ElbClients,
): Resource<DesiredAttachment, ObservedAttachment> {
  return {
    kind: 'policyAttachment',
    settles: { initialDelaySeconds: 1, maxDelaySeconds: 10, readyLimitSeconds: 300, consecutiveReady: 1 },

    read: desired => observe(clients(desired.region), desired),

    idOf: attachment => attachment.id,

    async before(desired, earlier): Promise<Before> {
      const { others, idle } = await portOf(clients(desired.region), desired);
      const replaced = namesIn(earlier, 'replaced').filter(name => !others.includes(name));
      return {
        replaced: [...replaced, ...others],
        idle: earlier === undefined ? idle : namesIn(earlier, 'idle'),
      };
    },

    async create(desired, _token, before) {
      const client = clients(desired.region);
      const { names, others } = await portOf(client, desired);
      const foreign = others.filter(name => name !== desired.inPlaceOf);
      if (foreign.length > 0 && !desired.replace) throw occupied(desired, foreign);
      // Undo could not restore a policy that is not in the before-image.
      const unknown = others.filter(name => before && !namesIn(before, 'replaced').includes(name));
      if (unknown.length > 0) throw moved(desired, unknown);
      const kept = names.filter(name => name !== desired.policyName && !others.includes(name));
      await setPolicies(client, desired, [...kept, desired.policyName]);
      const attached = await readAfterChange(observe(client, desired));
      if (!attached) throw overtaken(desired);
      return attached;
    },

    drift: () => [],

    snapshot: ({ policies }) => ({ policies }),

    async remove(_id, desired, before) {
      const client = clients(desired.region);
      const balancer = await loadBalancer(client, desired.loadBalancerName);
      const names = balancer && policiesOfPort(balancer, desired.loadBalancerPort);
      if (!balancer || !names?.includes(desired.policyName)) return;
      const rest = names.filter(name => name !== desired.policyName);
      await orAbsent(setPolicies(client, desired, [...rest, ...restored(balancer, rest, before)]));
    },

    addressedByKey: true,

    ready: () => ({ ready: true }),

    outputs: ({ dnsName, hostedZoneId }) => ({ dnsName, hostedZoneId }),

    /** A policy that lost its last port since the first read: probably it was set between our read and our set. */
    notices({ loadBalancerName }, { idle }, before) {
      const known = [...namesIn(before, 'idle'), ...namesIn(before, 'replaced')];
      return idle
        .filter(name => !known.includes(name))
        .map(
          name =>
            `policy ${name} of ${loadBalancerName} is no longer set on any port; set it again if it is still needed`,
        );
    },

    /** The policy is ours, so its attachments are ours, too. */
    owns: () => true,
  };
}

async function observe(
  client: ElasticLoadBalancingClient,
  desired: DesiredAttachment,
): Promise<ObservedAttachment | undefined> {
  const balancer = await loadBalancer(client, desired.loadBalancerName);
  const names = balancer && policiesOfPort(balancer, desired.loadBalancerPort);
  if (!balancer || !names?.includes(desired.policyName)) return undefined;
  return {
    id: idOf(desired),
    policies: names.toSorted(),
    idle: idlePolicies(balancer),
    dnsName: balancer.DNSName ?? '',
    hostedZoneId: balancer.CanonicalHostedZoneNameID ?? '',
  };
}

/** The current policies of the port, and the other cookie policies among them. */
async function portOf(client: ElasticLoadBalancingClient, desired: DesiredAttachment) {
  const { loadBalancerName, loadBalancerPort, policyName } = desired;
  const balancer = await loadBalancer(client, loadBalancerName);
  const names = balancer && policiesOfPort(balancer, loadBalancerPort);
  if (!balancer || !names)
    throw new TerminalError('NotFound', `${loadBalancerName} has no port ${loadBalancerPort}`);
  const cookies = stickinessNames(balancer);
  return {
    names,
    idle: idlePolicies(balancer),
    others: names.filter(name => name !== policyName && cookies.includes(name)),
  };
}

/** The replaced cookie policy, if it still exists and the port has no other one. */
function restored(balancer: LoadBalancerDescription, rest: string[], before: unknown): string[] {
  const cookies = stickinessNames(balancer);
  if (rest.some(name => cookies.includes(name))) return [];
  return namesIn(before, 'replaced')
    .filter(name => cookies.includes(name))
    .slice(-1);
}

function namesIn(before: unknown, list: keyof Before): string[] {
  const names: unknown = Reflect.get(Object(before), list);
  return Array.isArray(names) ? names.map(String) : [];
}

function occupied(
  { loadBalancerName, loadBalancerPort }: DesiredAttachment,
  others: string[],
): TerminalError {
  const where = `port ${loadBalancerPort} of ${loadBalancerName}`;
  return new TerminalError(
    'ResourceConflict',
    `${where} has ${others.join(', ')}; set replace: true to replace it`,
  );
}

/** The policy was set but is missing when read back, after a concurrent change. The list is read, merged and set again. */
function overtaken({ loadBalancerName, loadBalancerPort }: DesiredAttachment): RetryableError {
  const message = `port ${loadBalancerPort} of ${loadBalancerName} was changed concurrently`;
  // The read may be stale, so the outcome of the call is unknown.
  return new RetryableError('Busy', message, { outcome: 'unknown' });
}

/** The policies were set on the port after the before-image was read, which is read again. */
function moved({ loadBalancerName, loadBalancerPort }: DesiredAttachment, names: string[]): RetryableError {
  const where = `port ${loadBalancerPort} of ${loadBalancerName}`;
  return new RetryableError('Busy', `${where} got ${names.join(', ')} concurrently`);
}

function idOf({ region, loadBalancerName, loadBalancerPort, policyName }: DesiredAttachment): string {
  return `${region}/${loadBalancerName}:${loadBalancerPort}/${policyName}`;
}
