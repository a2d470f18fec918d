// The endpoints of a group, in a list in which others have theirs: which of ours differ, and each as it was. Pure.
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import type { Members } from '@gatehouse/core/json/plain-members';
import { ENDPOINT } from '@gatehouse/core/request/aws/endpoint-group-members';
import type { EndpointGroupSpec } from '@gatehouse/core/request/aws/global-accelerator';
import { type SharedMember, snapshotOf } from '@gatehouse/core/request/compared-members';
import { fromWire } from '@gatehouse/core/request/member-values';
import { itemDrift, revertedItems } from '@gatehouse/core/request/shared-items';

/** A group of a request, and the listener that it belongs to, known once that is made. */
export type DesiredGroup = EndpointGroupSpec & {
  listenerArn?: string;
  /** Ids of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
  /** Such endpoints before it is their turn to go: until then they stay as they are. */
  leaving?: Endpoint[];
};
export type Endpoint = EndpointGroupSpec['endpoints'][number];

/** The id is the key, and not said twice. */
const { endpointId: _, ...SETTINGS } = ENDPOINT;

export const sharedEndpoints: SharedMember<DesiredGroup, EndpointGroup> = {
  differs(desired, group) {
    const { absent, changed, dropped } = endpointDrift(desired, group);
    return absent.length + changed.length + dropped.length > 0;
  },
  snapshot: endpointImages,
  reverted(desired, before, group) {
    const { items, dropped } = revertedItems(wantedIn(desired), before, endpointImages(group));
    const endpoints = items.map(([endpointId, item]) => {
      const { attachmentArn } = desired.endpoints.find(each => each.endpointId === endpointId) ?? {};
      const endpoint = { endpointId, ...item, ...(attachmentArn === undefined ? {} : { attachmentArn }) };
      // What an image said, this time or before.
      return endpoint as Endpoint;
    });
    return { endpoints, dropped };
  },
};

export interface EndpointDrift {
  absent: Endpoint[];
  changed: Endpoint[];
  /** Ids of those that have to go and still stand. */
  dropped: string[];
}

/** Endpoints of others are no drift. */
export function endpointDrift(desired: DesiredGroup, group: EndpointGroup): EndpointDrift {
  const { absent, changed, dropped } = itemDrift(SETTINGS, wantedIn(desired), endpointImages(group));
  const among = (ids: string[]) => desired.endpoints.filter(({ endpointId }) => ids.includes(endpointId));
  return { absent: among(absent), changed: among(changed), dropped };
}

/** Whether it can be switched in place is not documented; removed and added again, it is as asked for sure. */
export function switchesPreservation(
  { endpointId, clientIPPreservationEnabled: wanted }: Endpoint,
  group: EndpointGroup,
): boolean {
  return (
    wanted !== undefined && endpointImages(group)[endpointId]?.['clientIPPreservationEnabled'] !== wanted
  );
}

export function strangersIn(desired: DesiredGroup, group: EndpointGroup): string[] {
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
