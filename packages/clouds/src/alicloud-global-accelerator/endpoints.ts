// Converts the endpoints of a group between the API and a spec. The list may also have foreign endpoints: drift and earlier
// state concern ours only. All members of a foreign endpoint are sent back unchanged, even those that a spec cannot express.
import type { Members } from '@gatehouse/core/json/plain-members';
import type { AlicloudEndpointSpec } from '@gatehouse/core/request/alicloud/endpoint';
import { ALICLOUD_ENDPOINT } from '@gatehouse/core/request/alicloud/endpoint-group-members';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint-identity';
import { type SharedMember, snapshotOf } from '@gatehouse/core/request/compared-members';
import { createInput, fromWire } from '@gatehouse/core/request/member-values';
import { itemDrift, revertedItems } from '@gatehouse/core/request/shared-items';

export interface DesiredEndpoints {
  endpoints: AlicloudEndpointSpec[];
  /** Identities of our endpoints that are no longer in the spec. */
  dropped?: string[];
}

/** All names in the table, of specs and of the wire. */
const KNOWN = Object.entries(ALICLOUD_ENDPOINT).flatMap(([name, { wire }]) => [name, wire]);

/** The names of any other member differ in their first letter only. */
const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Determined by the API during health checks, not set by a caller. */
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

/** Members that a spec cannot express. */
function othersIn(members: Members, rename: (name: string) => string): Members {
  const others = Object.entries(members).filter(([name]) => !KNOWN.includes(name));
  return Object.fromEntries(others.map(([name, value]) => [rename(name), value]));
}

/** `existing`: all endpoints of the group. */
export function sharedEndpoints<Observed>(
  existing: (observed: Observed) => readonly AlicloudEndpointSpec[],
): SharedMember<DesiredEndpoints, Observed> {
  const snapshot = (observed: Observed) => byIdentity(existing(observed).map(withFlags));
  return {
    /** Foreign endpoints are never drift; dropped ones of ours are. */
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
      // A snapshot of an endpoint, from now or before the update.
      return { endpoints: items.map(([, item]) => item as AlicloudEndpointSpec), dropped };
    },
  };
}

/** A response may omit a flag that is off. To restore it, the flag must be sent explicitly. */
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
