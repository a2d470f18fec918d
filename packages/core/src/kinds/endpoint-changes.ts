// How an update changes the endpoints of a Global Accelerator group, beside foreign ones. A dropped endpoint stays until the
// cleanup. If the group has no room for it and the new ones, one call exchanges them. That call sends the whole list, which is
// not possible beside an endpoint of another account, as no response has its attachment; then endpoints are out of service for
// a moment.
import { type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { callsTowards, type DesiredEndpoints, ENDPOINT_SETTINGS } from '../request/aws/endpoint-calls.ts';
import { MAX_ENDPOINTS } from '../request/aws/endpoint-group-members.ts';
import { isOfAnotherAccount } from '../request/aws/endpoint-id.ts';
import type { EndpointGroupSpec } from '../request/aws/global-accelerator.ts';
import { itemDrift } from '../request/shared-items.ts';
import { ANOTHER_NAME, type Interruption, type ListChange, SEPARATE_UPDATE } from './decision.ts';
import type { Observation } from './observation.ts';

type Group = Step<'endpointGroup'>;
type Endpoint = EndpointGroupSpec['endpoints'][number];

export function changeOfEndpoints(
  step: Group,
  owned: Owned<'endpointGroup'>,
  observed: Observation,
): ListChange | undefined {
  const existing = membersOf(observed.snapshot['endpoints']);
  const wanted = byId(step.desired.endpoints);
  const leaving = owned.desired.endpoints.filter(({ endpointId: id }) => !(id in wanted) && id in existing);
  const { absent, changed } = itemDrift(ENDPOINT_SETTINGS, { wanted, dropped: [] }, existing);
  const ours = { ...wanted, ...byId(owned.desired.endpoints) };
  const foreign = Object.keys(existing).filter(id => !(id in ours));
  const isExchange = absent.length > 0 && leaving.length > 0;
  const isRaised = Object.keys(existing).length > MAX_ENDPOINTS;
  const isFull = isExchange && !isRaised && Object.keys(existing).length + absent.length > MAX_ENDPOINTS;
  const staying = isFull ? 0 : leaving.length;
  const others = foreign.filter(id => isOfAnotherAccount(id, observed.id));
  const whyNotWhole =
    others.length > 0
      ? `${others.join(', ')} of another account is in the group`
      : step.desired.endpoints.length + staying + foreign.length > MAX_ENDPOINTS
        ? `one call sets at most ${MAX_ENDPOINTS} endpoints`
        : undefined;
  const interrupted = whyNotWhole === undefined ? [] : changed;
  if (leaving.length + changed.length === 0) return undefined;
  const dropped = leaving.map(({ endpointId }) => endpointId);
  return {
    instructions: {
      ...(leaving.length > 0 ? { leaving } : {}),
      ...(isFull ? { dropped } : {}),
      ...(interrupted.length > 0 ? { interrupted } : {}),
    },
    interruptions: [
      ...switching(step, changed, existing),
      ...(interrupted.length > 0 ? [away(step, interrupted, `because ${whyNotWhole}`)] : []),
      ...(isFull && whyNotWhole !== undefined
        ? [removedBefore(step, dropped, absent, `${whyNotWhole}, and the group has no room for both`)]
        : []),
    ],
    ...(leaving.length > 0 && !isFull ? { cleanup: removal(step, owned, dropped, existing) } : {}),
  };
}

/** The calls of an update: of the group's own members, and of its endpoints as far as the step changes them. */
export function callsOfUpdate({ desired, instructions, changes = [], existingId = '' }: Group): number {
  const single = changes.filter(({ member }) => member.startsWith('endpoints.'));
  const whole = changes.find(({ member }) => member === 'endpoints');
  const endpoints = membersOf(
    whole ? whole.from : Object.fromEntries(single.map(({ member, from }) => [member.slice(10), from])),
  );
  const othersDiffer = changes.length > single.length + (whole ? 1 : 0);
  const wanted: DesiredEndpoints = { ...desired, ...instructions };
  // An update that changes single endpoints is not about the others.
  const changed = whole ? wanted : { ...wanted, endpoints: [] };
  return callsTowards(changed, { arn: existingId, endpoints, othersDiffer });
}

function byId(endpoints: readonly Endpoint[]): Record<string, Members> {
  return Object.fromEntries(endpoints.map(({ endpointId, ...settings }) => [endpointId, settings]));
}

/** To switch an endpoint's client IP preservation, the endpoint is removed and added again. */
function switching({ desired, title }: Group, changed: readonly string[], existing: Members): Interruption[] {
  const switched = desired.endpoints.filter(
    ({ endpointId, clientIPPreservationEnabled: wanted }) =>
      changed.includes(endpointId) &&
      wanted !== undefined &&
      membersOf(existing[endpointId])['clientIPPreservationEnabled'] !== wanted,
  );
  if (switched.length === 0) return [];
  const ids = switched.map(({ endpointId }) => endpointId);
  return [{ ...away({ title }, ids, 'to switch client IP preservation'), otherWay: ANOTHER_NAME }];
}

function away({ title }: Pick<Group, 'title'>, ids: readonly string[], why: string): Interruption {
  return { text: `${title}: ${ids.join(', ')} is removed and added again, ${why}` };
}

function removedBefore(
  { title }: Group,
  dropped: readonly string[],
  absent: readonly string[],
  why: string,
): Interruption {
  const text = `${title}: ${dropped.join(', ')} is removed before ${absent.join(', ')} is added, because ${why}`;
  return { text, otherWay: SEPARATE_UPDATE };
}

function removal(step: Group, owned: Owned<'endpointGroup'>, dropped: string[], existing: Members): Group {
  return {
    ...step,
    id: `drop-${step.id}`,
    act: 'update',
    title: `${dropped.length} endpoint${dropped.length === 1 ? '' : 's'} dropped from ${step.title}`,
    instructions: { dropped },
    existingId: owned.id,
    of: owned.step,
    changes: dropped.map(id => ({ member: `endpoints.${id}`, from: existing[id] })),
  };
}
