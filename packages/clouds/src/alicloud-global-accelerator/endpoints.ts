// Endpoints of a group as the API writes them and as a spec says them, and what of ours is not as desired. Whatever an
// endpoint of somebody else carries is read and sent back unchanged, also what no spec of ours can say.
import { type AlicloudEndpointSpec, endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint';
import { differing } from './shape.ts';

/** An endpoint of a spec, or one that was read, with members that no spec has. */
export type Endpoint = AlicloudEndpointSpec | Record<string, unknown>;

/** Its first letter is the only difference between the two. */
const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Found by the API while it checks them: nothing that was set. */
const FOUND = ['ProbePort', 'ProbeProtocol'];

export function endpointOf(configuration: Record<string, unknown>): AlicloudEndpointSpec {
  const members = Object.entries(configuration)
    .filter(([name, value]) => !FOUND.includes(name) && value !== '' && value !== null)
    .map(([name, value]) => [camel(name), value]);
  return Object.fromEntries(members) as AlicloudEndpointSpec;
}

export function wireEndpoint(endpoint: Endpoint): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(endpoint)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [pascal(name), value]),
  );
}

/** Identities of ours that are absent or differ. Endpoints of others are no drift, those that were ours are. */
export function endpointDrift(
  { endpoints, dropped = [] }: { endpoints: AlicloudEndpointSpec[]; dropped?: string[] },
  standing: readonly AlicloudEndpointSpec[],
): string[] {
  const found = new Map(standing.map(endpoint => [endpointIdentity(endpoint), endpoint]));
  const wrong = endpoints.filter(endpoint => {
    const there = found.get(endpointIdentity(endpoint));
    return !there || differing<Record<string, unknown>>(endpoint, { ...UNSAID, ...there }).length > 0;
  });
  return [...wrong.map(endpointIdentity), ...dropped.filter(identity => found.has(identity))];
}

/** What an answer leaves out where it is off. */
export const UNSAID = { enableClientIPPreservation: false, enableProxyProtocol: false };
