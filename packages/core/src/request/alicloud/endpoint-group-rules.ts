// What the endpoint groups of an Alibaba Cloud listener may not be, alone or together, although each member alone is
// right. A part that is undefined or null could not be read, or is not there: a rule that needs it stays silent.
// Sources: docs/clouds/alicloud-global-accelerator.md, endpoint groups.

import { type Mistake, pointerTo } from '../../json/mistakes.ts';
import { Repeats } from '../../json/repeats.ts';
import type { PortOverride, PortRange } from '../port-rules.ts';
import { tagMistakes } from '../tags.ts';
import { type EndpointToCheck, endpointMistakes, type Place } from './endpoint-rules.ts';
import type { AlicloudLimits, Protocol } from './limits.ts';
import { nameMistakes, speaksHttp } from './listener-rules.ts';

export interface GroupToCheck {
  /** Null, here and below, where it is there but could not be read. */
  type?: 'default' | 'virtual' | null | undefined;
  name?: string | null | undefined;
  region?: string | undefined;
  endpoints?: (EndpointToCheck | undefined)[] | undefined;
  endpointRequestProtocol?: 'HTTP' | 'HTTPS' | null | undefined;
  endpointProtocolVersion?: unknown;
  healthCheckEnabled?: boolean | undefined;
  healthCheckPort?: unknown;
  portOverrides?: (PortOverride | undefined)[] | undefined;
  tags?: unknown;
}

interface Behind {
  protocol?: Protocol | undefined;
  portRanges?: (PortRange | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];
type Groups = readonly (GroupToCheck | undefined)[];

export function typeOf(group: GroupToCheck | undefined): 'default' | 'virtual' | undefined {
  if (!group || group.type === null) return undefined;
  return group.type ?? 'default';
}

export function endpointGroupMistakes(groups: Groups, behind: Behind, limits: AlicloudLimits): Mistake[] {
  const each = groups.flatMap((group, index) =>
    group ? groupMistakes(group, behind, { path: ['endpointGroups', index], limits }) : [],
  );
  return [...each, ...keyMistakes(groups), ...numberMistakes(groups, behind, limits)];
}

function groupMistakes(group: GroupToCheck, { protocol, portRanges }: Behind, { path, limits }: Place) {
  const missing = group.healthCheckEnabled === true && group.healthCheckPort === undefined;
  return [
    ...nameMistakes(group.name ?? undefined, [...path, 'name'], limits),
    ...(typeOf(group) === 'virtual' && group.name === undefined
      ? mistake([...path, 'name'], 'is missing; a virtual endpoint group is known by its name')
      : []),
    ...endpointMistakes(group.endpoints ?? [], protocol, { path: [...path, 'endpoints'], limits }),
    ...(missing
      ? mistake([...path, 'healthCheckPort'], 'is missing; it must be given with `healthCheckEnabled: true`')
      : []),
    ...(protocol ? backendMistakes(group, protocol, path) : []),
    ...tagMistakes(group.tags, [...path, 'tags']),
    ...overrideMistakes(group.portOverrides ?? [], { protocol, portRanges }, { path, limits }),
  ];
}

function backendMistakes(group: GroupToCheck, protocol: Protocol, path: Path): Mistake[] {
  const { endpointRequestProtocol: backend, endpointProtocolVersion: version } = group;
  const [backendPath, versionPath] = [
    [...path, 'endpointRequestProtocol'],
    [...path, 'endpointProtocolVersion'],
  ];
  if (!speaksHttp(protocol)) {
    const detail = `must be left out: only endpoints behind HTTP or HTTPS have one, not behind ${protocol}`;
    return [
      ...(backend ? mistake(backendPath, detail) : []),
      ...(version === undefined ? [] : mistake(versionPath, detail)),
    ];
  }
  return [
    ...(protocol === 'HTTP' && backend === 'HTTPS'
      ? mistake(backendPath, 'must be `HTTP` behind a listener of HTTP')
      : []),
    ...(version !== undefined && backend !== null && backend !== 'HTTPS'
      ? mistake(versionPath, 'must be left out: it is of endpoints that speak HTTPS')
      : []),
  ];
}

function overrideMistakes(
  overrides: readonly (PortOverride | undefined)[],
  { protocol, portRanges }: Behind,
  { path, limits }: Place,
): Mistake[] {
  const at = [...path, 'portOverrides'];
  const most = protocol ? limits.portOverrides[protocol] : overrides.length;
  const listenerPorts = new Repeats();
  const known = (portRanges ?? []).flatMap(range => (range ? [range] : []));
  const allKnown = portRanges !== undefined && known.length === portRanges.length;
  const holds = (port: number) => known.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
  return [
    ...(overrides.length > most
      ? mistake(
          at,
          `are ${overrides.length}; behind ${protocol} there are at most ${most}, as ${limits.source} says`,
        )
      : []),
    ...overrides.flatMap((override, index) => [
      ...(override && allKnown && !holds(override.listenerPort)
        ? mistake([...at, index, 'listenerPort'], `${override.listenerPort} is no port of the listener`)
        : []),
      ...listenerPorts.find(
        override?.listenerPort,
        [...at, index, 'listenerPort'],
        'a port goes to one endpoint port',
      ),
    ]),
  ];
}

/** What a group is found by: a default one by its region, a virtual one by its name. */
function keyMistakes(groups: Groups): Mistake[] {
  const [regions, names] = [new Repeats(), new Repeats()];
  return groups.flatMap((group, index) => {
    const path = ['endpointGroups', index];
    if (typeOf(group) === 'default')
      return regions.find(group?.region, [...path, 'region'], 'a listener has one default group per region');
    if (typeOf(group) !== 'virtual') return [];
    return names.find(group?.name ?? undefined, [...path, 'name'], 'a virtual group is known by its name');
  });
}

function numberMistakes(groups: Groups, { protocol }: Behind, limits: AlicloudLimits): Mistake[] {
  const virtual = groups.flatMap((group, index) => (typeOf(group) === 'virtual' ? [{ group, index }] : []));
  const defaults = groups.filter(group => typeOf(group) === 'default');
  const unread = groups.length - virtual.length - defaults.length;
  const [first] = virtual;
  const most = protocol ? limits.virtualGroups[protocol] : virtual.length;
  const { defaultGroups, source } = limits;
  const many = (count: number, kind: string, limit: number) =>
    `have ${count} ${kind} groups; a listener ${protocol ? `of ${protocol} ` : ''}has at most ${limit}, as ${source} says`;
  return [
    ...(defaults.length > defaultGroups
      ? mistake(['endpointGroups'], many(defaults.length, 'default', defaultGroups))
      : []),
    ...(virtual.length > most ? mistake(['endpointGroups'], many(virtual.length, 'virtual', most)) : []),
    ...(first && defaults.length === 0 && unread === 0
      ? mistake(['endpointGroups'], 'have no default group, which must be there before a virtual one')
      : []),
    ...(protocol === 'TCP' && most > 0 ? tcpMistakes(virtual, defaults, groups) : []),
  ];
}

/** A TCP listener's virtual groups are where its default group is, and rule out port overrides in all of them. */
function tcpMistakes(
  virtual: { group: GroupToCheck | undefined; index: number }[],
  defaults: Groups,
  groups: Groups,
): Mistake[] {
  const regions = new Set(defaults.flatMap(group => group?.region ?? []));
  const elsewhere = virtual.filter(
    ({ group }) => group?.region && regions.size > 0 && !regions.has(group.region),
  );
  return [
    ...elsewhere.flatMap(({ index }) =>
      mistake(
        ['endpointGroups', index, 'region'],
        `must be ${[...regions].join(' or ')}: a virtual group of a TCP listener is in the region of its default group`,
      ),
    ),
    ...groups.flatMap((group, index) =>
      virtual.length > 0 && group?.portOverrides?.length
        ? mistake(
            ['endpointGroups', index, 'portOverrides'],
            'must be left out: a TCP listener has port overrides or virtual groups, not both',
          )
        : [],
    ),
  ];
}

function mistake(path: Path, detail: string): Mistake[] {
  return [{ pointer: pointerTo(path), detail }];
}
