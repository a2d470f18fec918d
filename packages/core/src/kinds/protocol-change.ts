// What Alibaba Cloud refuses while a listener changes its protocol. Facts: docs/clouds/alicloud-global-accelerator.md, AG-25,
// AG-39, AG-41. Where a call can change the resource, it is changed before the listener; else it is removed before, and a
// rollback creates it again.
import { membersOf } from '../json/plain-members.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Change, Step } from '../record/plan.ts';
import { ALICLOUD_ENDPOINT } from '../request/alicloud/endpoint-group-members.ts';
import { endpointIdentity } from '../request/alicloud/endpoint-identity.ts';
import { itemDrift } from '../request/shared-items.ts';
import { isHttp } from './alicloud-listener.ts';
import { type Beforehand, type ParentUpdate, preparationId } from './decision.ts';
import type { Observation } from './observation.ts';

type Group = Owned<'alicloudEndpointGroup'>;
type Endpoint = Group['desired']['endpoints'][number];

/** The present and the next protocol of a listener that changes it. */
export interface ProtocolChange {
  from: unknown;
  to: string;
}

/** Undefined if the update leaves the protocol as it is. */
export function protocolChangeOf({ parent, observed }: ParentUpdate): ProtocolChange | undefined {
  if (parent.kind !== 'alicloudListener') return undefined;
  const { from, to } = { from: observed.snapshot['protocol'], to: parent.desired.protocol };
  return from === to ? undefined : { from, to };
}

/** Removes dependents that the listener cannot have with its next protocol, or cannot take along. */
export function removedBefore(
  resources: readonly Owned[],
  { parent }: ParentUpdate,
  { from, reason }: { from: unknown; reason: string },
): Beforehand {
  if (resources.length === 0) return {};
  const titles = resources.map(({ title }) => title).join(', ');
  const verb = resources.length === 1 ? 'is' : 'are';
  return {
    removedFirst: [{ resources, reason }],
    interruptions: [{ text: `${titles} ${verb} removed before ${parent.title} leaves ${from}` }],
  };
}

/** Groups that have to go, and updates of groups that have to give something up. */
export function beforeProtocolChange(update: ParentUpdate): Beforehand {
  const change = protocolChangeOf(update);
  if (!change) return {};
  const groups = update.dependents
    .filter(each => each.kind === 'alicloudEndpointGroup')
    .map(group => ({ group, now: presentState(group, update) }));
  const leaving = groups.filter(({ now }) => mustGo(now, change)).map(({ group }) => group);
  const reason = `the listener cannot change from ${change.from} to ${change.to} with it`;
  return {
    ...removedBefore(leaving, update, { from: change.from, reason }),
    preparations: groups
      .filter(({ group }) => !leaving.includes(group))
      .flatMap(({ group, now }) => preparationOf({ group, now }, update, change)),
  };
}

type State = Group['desired'];

/** As observed, with the endpoints of the entry point only. Groups that the spec drops are not observed. */
function presentState(group: Group, { observations }: ParentUpdate): State {
  const { endpoints, ...members } = observations.get(group.step)?.snapshot ?? {};
  const existing = Object.values(membersOf(endpoints)) as Endpoint[];
  const ours = new Set(group.desired.endpoints.map(endpointIdentity));
  const own = endpoints === undefined ? group.desired.endpoints : existing.filter(isIn(ours));
  return { ...group.desired, ...members, endpoints: own };
}

const isIn = (identities: ReadonlySet<string>) => (endpoint: Endpoint) =>
  identities.has(endpointIdentity(endpoint));

/** No call removes the last port override, and no document says that a group can stay virtual without HTTP. */
function mustGo({ type, portOverrides }: State, { from, to }: ProtocolChange): boolean {
  if (isHttp(from) && isHttp(to)) return false;
  return portOverrides.length > 0 || (type === 'virtual' && !isHttp(to));
}

const PUBLIC: readonly string[] = ['PublicIp', 'Ip', 'Domain'];

function preparationOf(
  { group, now }: { group: Group; now: State },
  { inventory }: ParentUpdate,
  { from, to }: ProtocolChange,
): Step<'alicloudEndpointGroup'>[] {
  const speaksHttps = from === 'HTTPS' && now.endpointRequestProtocol === 'HTTPS';
  const isPreserving = ({ type, enableClientIPPreservation }: Endpoint) =>
    to === 'UDP' && PUBLIC.includes(type) && enableClientIPPreservation === true;
  const preserving = now.endpoints.filter(isPreserving);
  if (!speaksHttps && preserving.length === 0) return [];
  const changes: Change[] = [
    ...(speaksHttps ? [{ member: 'endpointRequestProtocol', from: 'HTTPS', to: 'HTTP' }] : []),
    ...preserving.map(endpoint => ({
      member: `endpoints.${endpointIdentity(endpoint)}.enableClientIPPreservation`,
      from: true,
      to: false,
    })),
  ];
  const endpoints = now.endpoints.map(endpoint =>
    isPreserving(endpoint) ? { ...endpoint, enableClientIPPreservation: false } : endpoint,
  );
  return [
    {
      id: preparationId(group.step),
      kind: group.kind,
      act: 'update',
      title: `${speaksHttps ? 'request protocol' : 'client IP preservation'} of ${group.title}`,
      mayBeGone: true,
      // Without tags, which the update then leaves alone.
      desired: {
        ...resolved(group, inventory),
        ...now,
        endpoints,
        tags: {},
        ...(speaksHttps ? { endpointRequestProtocol: 'HTTP' as const } : {}),
      },
      needs: {},
      existingId: group.id,
      of: group.step,
      changes,
      reason: `the listener cannot change from ${from} to ${to} before`,
    },
  ];
}

/** The observation of the group after its preparation. */
export function afterProtocolChange(
  { desired, instructions }: Step<'alicloudEndpointGroup'>,
  observed: Observation,
  { desired: prepared }: Step<'alicloudEndpointGroup'>,
): Observation {
  const endpoints = { ...membersOf(observed.snapshot['endpoints']), ...byIdentity(prepared.endpoints) };
  const { endpointRequestProtocol } = prepared;
  const dropped = [instructions?.['dropped'] ?? []].flat().map(String);
  const differs = itemDrift(ALICLOUD_ENDPOINT, { wanted: byIdentity(desired.endpoints), dropped }, endpoints);
  const wantsHttps = desired.endpointRequestProtocol === 'HTTPS' && endpointRequestProtocol === 'HTTP';
  const others = observed.drift.filter(
    member => member !== 'endpoints' && member !== 'endpointRequestProtocol',
  );
  return {
    ...observed,
    snapshot: {
      ...observed.snapshot,
      endpoints,
      ...(endpointRequestProtocol ? { endpointRequestProtocol } : {}),
    },
    drift: [
      ...others,
      ...(Object.values(differs).some(({ length }) => length > 0) ? ['endpoints'] : []),
      ...(wantsHttps ? ['endpointRequestProtocol'] : []),
    ],
  };
}

function byIdentity(endpoints: readonly Endpoint[]): Record<string, unknown> {
  return Object.fromEntries(endpoints.map(endpoint => [endpointIdentity(endpoint), { ...endpoint }]));
}
