// The calls that change the endpoints of a Global Accelerator group, one after another, beside foreign ones. The step that makes
// them and the plan that counts them share these decisions. Pure.
import { type Members, membersOf } from '../../json/plain-members.ts';
import { TerminalError } from '../../ports/errors.ts';
import { itemDrift } from '../shared-items.ts';
import { ENDPOINT, MAX_ENDPOINTS } from './endpoint-group-members.ts';
import { isOfAnotherAccount } from './endpoint-id.ts';
import type { EndpointGroupSpec } from './global-accelerator.ts';

export type Endpoint = EndpointGroupSpec['endpoints'][number];

export interface DesiredEndpoints {
  endpoints: Endpoint[];
  /** Ids of our endpoints that this update removes. */
  dropped?: string[];
  /** Our endpoints that are no longer in the spec. Those that are not in `dropped` stay unchanged until the cleanup. */
  leaving?: Endpoint[];
  /** Ids of our endpoints that the plan allows to be removed and added again, out of service in between. */
  interrupted?: string[];
}

/** The group as it is. */
export interface ExistingEndpoints {
  /** The ARN of the group. */
  arn: string;
  /** Images of all endpoints, by id. */
  endpoints: Members;
  /** Whether other members of the group have to change as well. */
  othersDiffer: boolean;
}

export type EndpointCall =
  | { do: 'remove'; ids: string[]; list?: undefined }
  | { do: 'add'; endpoints: Endpoint[]; list?: undefined }
  /** The group's own members, and the list of endpoints if one of them has to change. */
  | { do: 'update'; list: { endpoints?: Endpoint[] } };

/** The id is the key, so it is not repeated in the value. */
const { endpointId: _, ...SETTINGS } = ENDPOINT;

export { SETTINGS as ENDPOINT_SETTINGS };

export interface EndpointDrift {
  absent: Endpoint[];
  changed: Endpoint[];
  /** Ids of endpoints that still exist although they were dropped. */
  dropped: string[];
}

/** Foreign endpoints are never drift. */
export function endpointDrift(desired: DesiredEndpoints, existing: Members): EndpointDrift {
  const { absent, changed, dropped } = itemDrift(SETTINGS, wantedIn(desired), existing);
  const among = (ids: string[]) => desired.endpoints.filter(({ endpointId }) => ids.includes(endpointId));
  return { absent: among(absent), changed: among(changed), dropped };
}

export function wantedIn({ endpoints, dropped }: DesiredEndpoints) {
  const wanted = endpoints.map(({ endpointId, ...settings }): [string, Members] => [endpointId, settings]);
  return { wanted: Object.fromEntries(wanted), dropped };
}

/** Ids of endpoints that are not ours. */
export function foreignEndpoints(
  { endpoints, leaving = [], dropped = [] }: DesiredEndpoints,
  existing: Members,
): string[] {
  const ours = new Set([...[...endpoints, ...leaving].map(({ endpointId }) => endpointId), ...dropped]);
  return Object.keys(existing).filter(id => !ours.has(id));
}

/**
 * The next call. New endpoints are added before dropped ones are removed, unless the group has no room for both: then one
 * call sets the final list. A change that needs the whole list, if no call can send it, removes the endpoint and adds it again.
 */
export function nextCall(desired: DesiredEndpoints, existing: ExistingEndpoints): EndpointCall {
  const { absent, changed, dropped } = endpointDrift(desired, existing.endpoints);
  const list = wholeList(desired, existing, dropped);
  const switching = changed.filter(endpoint => switchesPreservation(endpoint, existing.endpoints));
  const toReplace = list ? switching : changed;
  if (toReplace.length > 0) {
    const mayBeAway = new Set([...switching, ...allowedAway(desired)].map(({ endpointId }) => endpointId));
    const refused = toReplace.filter(({ endpointId }) => !mayBeAway.has(endpointId));
    if (refused.length > 0) throw interrupting(refused, existing);
    return { do: 'remove', ids: toReplace.map(({ endpointId }) => endpointId) };
  }
  const isShared = foreignEndpoints(desired, existing.endpoints).length > 0;
  const room = Object.keys(existing.endpoints).length + absent.length <= MAX_ENDPOINTS;
  const isExchange = absent.length > 0 && dropped.length > 0;
  if (list && (changed.length > 0 || (isExchange && !room)))
    return { do: 'update', list: { endpoints: list } };
  const addsFirst = isExchange ? room : !existing.othersDiffer || isShared || !list;
  if (absent.length > 0 && addsFirst) return { do: 'add', endpoints: absent };
  if (dropped.length > 0) return { do: 'remove', ids: dropped };
  return { do: 'update', list: list && absent.length > 0 ? { endpoints: list } : {} };
}

/** The number of calls until everything is as desired, if nothing else changes the group. */
export function callsTowards(desired: DesiredEndpoints, existing: ExistingEndpoints): number {
  const { absent, changed, dropped } = endpointDrift(desired, existing.endpoints);
  if (!existing.othersDiffer && absent.length + changed.length + dropped.length === 0) return 0;
  return 1 + callsTowards(desired, afterCall(nextCall(desired, existing), existing));
}

function afterCall(call: EndpointCall, existing: ExistingEndpoints): ExistingEndpoints {
  const { endpoints } = existing;
  switch (call.do) {
    case 'remove': {
      const staying = Object.entries(endpoints).filter(([id]) => !call.ids.includes(id));
      return { ...existing, endpoints: Object.fromEntries(staying) };
    }
    case 'add':
      return { ...existing, endpoints: { ...endpoints, ...imagesOf(call.endpoints) } };
    case 'update': {
      const next = call.list.endpoints ? imagesOf(call.list.endpoints) : endpoints;
      return { ...existing, endpoints: next, othersDiffer: false };
    }
  }
}

function imagesOf(endpoints: readonly Endpoint[]): Members {
  return Object.fromEntries(endpoints.map(({ endpointId, ...settings }) => [endpointId, settings]));
}

/** An in-place change of client IP preservation is not documented; removing and adding the endpoint is certain to work. */
function switchesPreservation(
  { endpointId, clientIPPreservationEnabled: wanted }: Endpoint,
  existing: Members,
): boolean {
  return wanted !== undefined && membersOf(existing[endpointId])['clientIPPreservationEnabled'] !== wanted;
}

/**
 * The whole list with our changes, foreign endpoints as they are; undefined if no call can send it: no response has the
 * attachment of an endpoint of another account, and a call takes `MAX_ENDPOINTS`. `dropped`: ids of endpoints to leave out.
 */
export function wholeList(
  desired: DesiredEndpoints,
  { arn, endpoints: existing }: Pick<ExistingEndpoints, 'arn' | 'endpoints'>,
  dropped: readonly string[],
): Endpoint[] | undefined {
  const { endpoints, leaving = [] } = desired;
  const out = new Set([...dropped, ...endpoints.map(({ endpointId }) => endpointId)]);
  const foreign = foreignEndpoints(desired, existing);
  if (foreign.some(id => isOfAnotherAccount(id, arn))) return undefined;
  const others: Partial<Endpoint>[] = [...leaving, ...foreign.map(endpointId => ({ endpointId }))];
  const staying = others.flatMap(endpoint => {
    const { endpointId = '' } = endpoint;
    // An image of an endpoint has its settings.
    return existing[endpointId] && !out.has(endpointId)
      ? [{ ...endpoint, ...membersOf(existing[endpointId]) } as Endpoint]
      : [];
  });
  const list = [...endpoints, ...staying];
  return list.length <= MAX_ENDPOINTS ? list : undefined;
}

function allowedAway({ endpoints, interrupted = [] }: DesiredEndpoints): Endpoint[] {
  return endpoints.filter(({ endpointId }) => interrupted.includes(endpointId));
}

/** An endpoint of another account, or too many of them, came after the plan was made. */
function interrupting(endpoints: Endpoint[], { arn }: ExistingEndpoints): TerminalError {
  const ids = endpoints.map(({ endpointId }) => endpointId).join(', ');
  const why = `the list of ${arn} can no longer be sent as a whole, so ${ids} would be removed and added again`;
  return new TerminalError('ResourceConflict', `${why}; set options.allowInterruption: true to allow that`);
}
