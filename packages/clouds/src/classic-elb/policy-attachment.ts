// A stickiness policy set on one port of a Classic load balancer. The port has one list of policies for everything,
// TLS negotiation included, and Set replaces it whole: so it is read right before, merged, set and read back, forward
// and backward, and only our own name and the cookie policy that it takes the place of ever change in it. A writer
// between our read and our set cannot be seen: the API has no version to compare.
//   InvalidConfigurationRequest   the port speaks no HTTP, or a second cookie policy is on it
//   ListenerNotFound, PolicyNotFound   port or policy is gone
import type {
  ElasticLoadBalancingClient,
  LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import { lookAfterChange, orAbsent } from '../cloud-call.ts';
import { type ElbClients, idlePolicies, loadBalancer, policiesOfPort, stickinessNames } from './client.ts';
import { setPolicies } from './port-policies.ts';

export interface DesiredAttachment {
  region: string;
  loadBalancerName: string;
  loadBalancerPort: number;
  policyName: string;
  /** Whether it may take the place of another cookie policy. */
  replace: boolean;
  /** Our own policy on that port so far, whose place ours takes whatever `replace` says. */
  inPlaceOf?: string;
}

export interface ObservedAttachment {
  id: string;
  /** All that the port has. */
  policies: string[];
  /** Policies of the load balancer that no port has. */
  idle: string[];
}

interface Before {
  /** The cookie policies whose place ours takes, the latest last: undo puts that one of them back that still exists. */
  replaced: string[];
  /** What no port had when we first looked. */
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
      // Nothing is taken off that undo would not know to put back.
      const unknown = others.filter(name => before && !namesIn(before, 'replaced').includes(name));
      if (unknown.length > 0) throw moved(desired, unknown);
      const kept = names.filter(name => name !== desired.policyName && !others.includes(name));
      await setPolicies(client, desired, [...kept, desired.policyName]);
      const attached = await lookAfterChange(observe(client, desired));
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

    /** A policy that lost its last port since we first looked: set, most likely, between our read and our set. */
    notices({ loadBalancerName }, { idle }, before) {
      const known = [...namesIn(before, 'idle'), ...namesIn(before, 'replaced')];
      return idle
        .filter(name => !known.includes(name))
        .map(
          name =>
            `policy ${name} of ${loadBalancerName} is on no port any more; set it again if it was meant to stay`,
        );
    },

    /** The policy is ours, so where it is set is ours. */
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
  return { id: idOf(desired), policies: names.toSorted(), idle: idlePolicies(balancer) };
}

/** What the port has right now, and which of it are cookie policies other than ours. */
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

/** The old cookie policy, if it still exists and nobody has put another in its place. */
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
    `${where} has ${others.join(', ')}; say replace: true to take its place`,
  );
}

/** Set, and not there when read back: somebody else set the list in the same moment. Read, merged and set again. */
function overtaken({ loadBalancerName, loadBalancerPort }: DesiredAttachment): RetryableError {
  const message = `port ${loadBalancerPort} of ${loadBalancerName} was set by somebody at the same time`;
  // Should the reading be the stale one, ours stands: so what came of the call is not known.
  return new RetryableError('Busy', message, { outcome: 'unknown' });
}

/** It came onto the port after the before-image was read, which is read again. */
function moved({ loadBalancerName, loadBalancerPort }: DesiredAttachment, names: string[]): RetryableError {
  const where = `port ${loadBalancerPort} of ${loadBalancerName}`;
  return new RetryableError('Busy', `${where} was given ${names.join(', ')} at the same time`);
}

function idOf({ region, loadBalancerName, loadBalancerPort, policyName }: DesiredAttachment): string {
  return `${region}/${loadBalancerName}:${loadBalancerPort}/${policyName}`;
}
