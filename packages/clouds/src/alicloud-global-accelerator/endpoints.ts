// Endpoints of a group as the API writes them and as a spec says them, in a list in which others have theirs: which of ours are
// not as desired, and each as it was. Whatever an endpoint of somebody else carries is read and sent back unchanged, also what
// no spec of ours can say.
import type { Members } from '@gatehouse/core/json/plain-members';
import type { AlicloudEndpointSpec } from '@gatehouse/core/request/alicloud/endpoint';
import { ALICLOUD_ENDPOINT } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint-identity';
import { type SharedMember, snapshotOf } from '@gatehouse/core/request/compared-members';
import { createInput, fromWire } from '@gatehouse/core/request/member-values';
import { itemDrift, revertedItems } from '@gatehouse/core/request/shared-items';

export interface DesiredEndpoints {
  endpoints: AlicloudEndpointSpec[];
  /** Identities of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
}

/** Names that the table has, as a spec says them and as the wire does. */
const KNOWN = Object.entries(ALICLOUD_ENDPOINT).flatMap(([name, { wire }]) => [name, wire]);

/** Of any other member the first letter is the only difference between the two. */
const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Found by the API while it checks them: nothing that was set. */
const FOUND = ['ProbePort', 'ProbeProtocol'];

export function endpointOf(configuration: Members): AlicloudEndpointSpec {
  const members = Object.entries(configuration).filter(
    ([name, value]) => !FOUND.includes(name) && value !== '' && value !== null,
  );
  const set = Object.fromEntries(members);
  return { ...fromWire(ALICLOUD_ENDPOINT, set, {}), ...othersIn(set, camel) } as AlicloudEndpointSpec;
}

export function wireEndpoint(endpoint: AlicloudEndpointSpec): Members {
  return { ...createInput(ALICLOUD_ENDPOINT, endpoint), ...othersIn({ ...endpoint }, pascal) };
}

/** What no spec of ours can say. */
function othersIn(members: Members, rename: (name: string) => string): Members {
  const others = Object.entries(members).filter(([name]) => !KNOWN.includes(name));
  return Object.fromEntries(others.map(([name, value]) => [rename(name), value]));
}

/** `standing`: all endpoints of the group. */
export function sharedEndpoints<Observed>(
  standing: (observed: Observed) => readonly AlicloudEndpointSpec[],
): SharedMember<DesiredEndpoints, Observed> {
  const snapshot = (observed: Observed) => byIdentity(standing(observed).map(withFlags));
  return {
    /** Endpoints of others are no drift, those that were ours are. */
    differs(desired, observed) {
      const { absent, changed, dropped } = itemDrift(
        ALICLOUD_ENDPOINT,
        wantedIn(desired),
        snapshot(observed),
      );
      return absent.length + changed.length + dropped.length > 0;
    },
    snapshot,
    reverted(desired, before, observed) {
      const { items, dropped } = revertedItems(wantedIn(desired), before, snapshot(observed));
      // What an image said, this time or before.
      return { endpoints: items.map(([, item]) => item as AlicloudEndpointSpec), dropped };
    },
  };
}

/** What is off may be left out of an answer: to be off again it has to be said. */
function withFlags(endpoint: AlicloudEndpointSpec): AlicloudEndpointSpec {
  return { ...endpoint, ...snapshotOf(ALICLOUD_ENDPOINT, { ...endpoint }) };
}

function wantedIn({ endpoints, dropped }: DesiredEndpoints) {
  return { wanted: byIdentity(endpoints), dropped };
}

function byIdentity(endpoints: readonly AlicloudEndpointSpec[]): Members {
  const entries = endpoints.map((endpoint): [string, Members] => [
    endpointIdentity(endpoint),
    { ...endpoint },
  ]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
