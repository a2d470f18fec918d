// Our endpoints of a group, in a list that may also have foreign ones: their drift and their earlier state. Pure.
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import type { Members } from '@gatehouse/core/json/plain-members';
import {
  type DesiredEndpoints,
  ENDPOINT_SETTINGS,
  type Endpoint,
  endpointDrift,
  foreignEndpoints,
  wantedIn,
} from '@gatehouse/core/request/aws/endpoint-calls';
import { type SharedMember, snapshotOf } from '@gatehouse/core/request/compared-members';
import { fromWire } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { revertedItems } from '@gatehouse/core/request/shared-items';

/** With its listener, known once that is created. */
export type DesiredGroup = DesiredByKind['endpointGroup'] & DesiredEndpoints & { listenerArn?: string };

export const sharedEndpoints: SharedMember<DesiredGroup, EndpointGroup> = {
  differs(desired, group) {
    const { absent, changed, dropped } = endpointDrift(desired, endpointImages(group));
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

export function foreignIn(desired: DesiredGroup, group: EndpointGroup): string[] {
  return foreignEndpoints(desired, endpointImages(group));
}

/** By id. */
export function endpointImages({ EndpointDescriptions = [] }: EndpointGroup): Record<string, Members> {
  const images = EndpointDescriptions.map((endpoint): [string, Members] => [
    endpoint.EndpointId ?? '',
    snapshotOf(ENDPOINT_SETTINGS, fromWire(ENDPOINT_SETTINGS, endpoint, {})),
  ]);
  return Object.fromEntries(images.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
