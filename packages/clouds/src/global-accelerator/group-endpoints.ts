// Our endpoints of a group, in a list that may also have foreign ones: their drift and their earlier state. Pure.
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import type { Members } from '@gatehouse/core/json/plain-members';
import { ENDPOINT, MAX_ENDPOINTS } from '@gatehouse/core/request/aws/endpoint-group-members';
import { isOfAnotherAccount } from '@gatehouse/core/request/aws/endpoint-id';
import { type SharedMember, snapshotOf } from '@gatehouse/core/request/compared-members';
import { fromWire } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { itemDrift, revertedItems } from '@gatehouse/core/request/shared-items';

/** With its listener, known once that is created. */
export type DesiredGroup = DesiredByKind['endpointGroup'] & {
  listenerArn?: string;
  /** Ids of our endpoints that this update removes. */
  dropped?: string[];
  /** Our endpoints that are no longer in the spec. Those that are not in `dropped` stay unchanged until the cleanup. */
  leaving?: Endpoint[];
  /** Ids of our endpoints that the plan allows to be removed and added again, out of service in between. */
  interrupted?: string[];
};
export type Endpoint = DesiredGroup['endpoints'][number];

/** The id is the key, so it is not repeated in the value. */
const { endpointId: _, ...SETTINGS } = ENDPOINT;

export const sharedEndpoints: SharedMember<DesiredGroup, EndpointGroup> = {
  differs(desired, group) {
    const { absent, changed, dropped } = endpointDrift(desired, group);
    return absent.length + changed.length + dropped.length > 0;
  },
  snapshot: endpointImages,
  reverted(desired, before, group) {
    const { leaving = [] } = desired;
    const ours = wantedIn(desired);
    const gone = [...(ours.dropped ?? []), ...leaving.map(({ endpointId }) => endpointId)];
    const { items, dropped } = revertedItems({ ...ours, dropped: gone }, before, endpointImages(group));
    const known = [...desired.endpoints, ...leaving];
    const endpoints = items.map(([endpointId, item]) => {
      const { attachmentArn } = known.find(each => each.endpointId === endpointId) ?? {};
      const endpoint = { endpointId, ...item, ...(attachmentArn === undefined ? {} : { attachmentArn }) };
      // A snapshot of an endpoint, from now or before the update.
      return endpoint as Endpoint;
    });
    return { endpoints, dropped, interrupted: endpoints.map(({ endpointId }) => endpointId) };
  },
};

export interface EndpointDrift {
  absent: Endpoint[];
  changed: Endpoint[];
  /** Ids of endpoints that still exist although they were dropped. */
  dropped: string[];
}

/** Foreign endpoints are never drift. */
export function endpointDrift(desired: DesiredGroup, group: EndpointGroup): EndpointDrift {
  const { absent, changed, dropped } = itemDrift(SETTINGS, wantedIn(desired), endpointImages(group));
  const among = (ids: string[]) => desired.endpoints.filter(({ endpointId }) => ids.includes(endpointId));
  return { absent: among(absent), changed: among(changed), dropped };
}

/** An in-place change of client IP preservation is not documented; removing and adding the endpoint is certain to work. */
export function switchesPreservation(
  { endpointId, clientIPPreservationEnabled: wanted }: Endpoint,
  group: EndpointGroup,
): boolean {
  return (
    wanted !== undefined && endpointImages(group)[endpointId]?.['clientIPPreservationEnabled'] !== wanted
  );
}

/**
 * The whole list with our changes, foreign endpoints as they are; undefined if no call can send it: no response has the
 * attachment of an endpoint of another account, and a call takes `MAX_ENDPOINTS`. `dropped`: ids of endpoints to leave out.
 */
export function wholeList(
  desired: DesiredGroup,
  group: EndpointGroup,
  dropped: readonly string[],
): Endpoint[] | undefined {
  const { endpoints, leaving = [] } = desired;
  const existing = endpointImages(group);
  const out = new Set([...dropped, ...endpoints.map(({ endpointId }) => endpointId)]);
  const foreign = foreignEndpoints(desired, group);
  if (foreign.some(id => isOfAnotherAccount(id, group.EndpointGroupArn ?? ''))) return undefined;
  const others: Partial<Endpoint>[] = [...leaving, ...foreign.map(endpointId => ({ endpointId }))];
  const staying = others.flatMap(endpoint => {
    const { endpointId = '' } = endpoint;
    // An image of an endpoint has its settings.
    return existing[endpointId] && !out.has(endpointId)
      ? [{ ...endpoint, ...existing[endpointId] } as Endpoint]
      : [];
  });
  const list = [...endpoints, ...staying];
  return list.length <= MAX_ENDPOINTS ? list : undefined;
}

export function foreignEndpoints(desired: DesiredGroup, group: EndpointGroup): string[] {
  const { endpoints, leaving = [], dropped = [] } = desired;
  const ours = new Set([...[...endpoints, ...leaving].map(({ endpointId }) => endpointId), ...dropped]);
  return (group.EndpointDescriptions ?? []).flatMap(({ EndpointId }) =>
    EndpointId !== undefined && !ours.has(EndpointId) ? [EndpointId] : [],
  );
}

/** By id. */
export function endpointImages({ EndpointDescriptions = [] }: EndpointGroup): Record<string, Members> {
  const images = EndpointDescriptions.map((endpoint): [string, Members] => [
    endpoint.EndpointId ?? '',
    snapshotOf(SETTINGS, fromWire(SETTINGS, endpoint, {})),
  ]);
  return Object.fromEntries(images.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function wantedIn({ endpoints, dropped }: DesiredGroup) {
  const wanted = endpoints.map(({ endpointId, ...settings }): [string, Members] => [endpointId, settings]);
  return { wanted: Object.fromEntries(wanted), dropped };
}
