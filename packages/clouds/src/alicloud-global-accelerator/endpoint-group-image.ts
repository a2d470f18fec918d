// An endpoint group as it is compared and put back: members that mean nothing left out, lists in order, and endpoints, which
// are in a list by what they are, one by one. Pure.

import { type Members, membersOf } from '@gatehouse/core/json/plain-members';
import { putBack } from '@gatehouse/core/json/put-back';
import type { AlicloudEndpointSpec } from '@gatehouse/core/request/alicloud/endpoint';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint';
import type { AlicloudEndpointGroupSpec } from '@gatehouse/core/request/alicloud/endpoint-group';
import { restoredTags, tagDrift } from '../tags.ts';
import { endpointDrift, UNSAID } from './endpoints.ts';
import { differing } from './shape.ts';

type Spec = AlicloudEndpointGroupSpec;

/** A group of a request, its instance, and its listener, known once that is made. */
export type DesiredGroup = Spec & {
  acceleratorId: string;
  listenerId?: string;
  /** Identities of endpoints that were ours and are not asked for any more. */
  dropped?: string[];
  /** Keys of tags likewise. */
  droppedTags?: string[];
};

/** A group as it stands; its listener where the answer says it. */
export type StandingGroup = Spec & { listenerId?: string };

export function groupDrift(desired: DesiredGroup, standing: StandingGroup): string[] {
  const { endpoints: _, tags: __, ...members } = comparable(desired);
  const { set, dropped } = tagDrift(desired, standing.tags);
  return [
    ...differing<Members>(members, comparable(standing)),
    ...(endpointDrift(desired, standing.endpoints).length > 0 ? ['endpoints'] : []),
    ...(Object.keys(set).length + dropped.length > 0 ? ['tags'] : []),
  ];
}

export function imageOf(standing: StandingGroup): Members {
  const { listenerId: _, ...members } = comparable(standing);
  // What is off may be left out of an answer: to be off again it has to be said.
  return { ...members, endpoints: byIdentity(standing.endpoints.map(each => ({ ...UNSAID, ...each }))) };
}

/** `before`: what `imageOf` said when the update began. */
export function restoredGroup(desired: DesiredGroup, before: Members, standing: StandingGroup): DesiredGroup {
  const { endpoints: now, tags: _, ...members } = imageOf(standing);
  const { endpoints: were, tags, ...was } = before;
  const { endpoints: __, tags: ___, listenerId: ____, ...set } = comparable(desired);
  return {
    ...desired,
    ...putBack({ ...members, ...set }, was, members),
    ...restoredEndpoints(desired, membersOf(were), membersOf(now)),
    ...restoredTags(desired, membersOf(tags), standing.tags),
  };
}

/** A host that health checks name, set where none was: no documented call takes it away again. */
export function remainsOf(desired: DesiredGroup, before: Members, standing: StandingGroup): string[] {
  const { healthCheckHost: host } = imageOf(standing);
  if (host === undefined || host !== desired.healthCheckHost || 'healthCheckHost' in before) return [];
  return [
    `healthCheckHost stays ${JSON.stringify(host)}: it had none before, and no call of the API clears it`,
  ];
}

/** What the update added goes, if nobody has changed it; what it changed is as it was. */
function restoredEndpoints(desired: DesiredGroup, were: Members, standing: Members) {
  const touched = [...desired.endpoints.map(endpointIdentity), ...(desired.dropped ?? [])];
  const said = byIdentity(desired.endpoints);
  const endpoints = touched.flatMap((identity): AlicloudEndpointSpec[] => {
    const was = membersOf(were[identity]);
    if (!(identity in were)) return [];
    const now = membersOf(standing[identity] ?? was);
    return [putBack({ ...now, ...membersOf(said[identity]) }, was, now) as AlicloudEndpointSpec];
  });
  return { endpoints, dropped: touched.filter(identity => !(identity in were)) };
}

function byIdentity(endpoints: readonly AlicloudEndpointSpec[]): Members {
  const entries = endpoints.map((endpoint): [string, unknown] => [
    endpointIdentity(endpoint),
    { ...endpoint },
  ]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const OF_HEALTH_CHECK = [
  'healthCheckProtocol',
  'healthCheckPort',
  'healthCheckPath',
  'healthCheckHost',
  'healthCheckIntervalSeconds',
  'thresholdCount',
];

/** Overrides in order and without those that lead a port to itself; health checks as far as they have a meaning. */
function comparable(group: StandingGroup | DesiredGroup): StandingGroup {
  const { acceleratorId: _, dropped: __, droppedTags: ___, ...spec } = { ...group } as DesiredGroup;
  const portOverrides = spec.portOverrides
    .filter(({ listenerPort, endpointPort }) => listenerPort !== endpointPort)
    .toSorted((a, b) => a.listenerPort - b.listenerPort);
  const unused = !spec.healthCheckEnabled
    ? OF_HEALTH_CHECK
    : spec.healthCheckProtocol === 'tcp'
      ? ['healthCheckPath', 'healthCheckHost']
      : [];
  const members = Object.entries({ ...spec, portOverrides }).filter(([name]) => !unused.includes(name));
  return Object.fromEntries(members) as StandingGroup;
}
