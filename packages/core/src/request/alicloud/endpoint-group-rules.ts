// Rules that combine members of the endpoint groups of an Alibaba Cloud listener. A part is undefined or null if it is
// omitted or not valid: rules that need it are skipped.
// Sources: docs/clouds/alicloud-global-accelerator.md, endpoint groups.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import type { PortOverride, PortRange } from '../port-rules.ts';
import { tagIssues } from '../tags.ts';
import { type EndpointToCheck, endpointIssues, type Place } from './endpoint-rules.ts';
import type { AlicloudLimits, Protocol } from './limits.ts';
import { nameIssues, speaksHttp } from './listener-rules.ts';

export interface GroupToCheck {
  /** Null, here and below, if it is given but not valid. */
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

interface ListenerOfGroups {
  protocol?: Protocol | undefined;
  portRanges?: (PortRange | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];
type Groups = readonly (GroupToCheck | undefined)[];

export function typeOf(group: GroupToCheck | undefined): 'default' | 'virtual' | undefined {
  if (!group || group.type === null) return undefined;
  return group.type ?? 'default';
}

export function endpointGroupIssues(
  groups: Groups,
  behind: ListenerOfGroups,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const each = groups.flatMap((group, index) =>
    group ? groupIssues(group, behind, { path: ['endpointGroups', index], limits }) : [],
  );
  return [...each, ...keyIssues(groups), ...numberIssues(groups, behind, limits)];
}

function groupIssues(
  group: GroupToCheck,
  { protocol, portRanges }: ListenerOfGroups,
  { path, limits }: Place,
) {
  const missing = group.healthCheckEnabled === true && group.healthCheckPort === undefined;
  return [
    ...nameIssues(group.name ?? undefined, [...path, 'name'], limits),
    ...(typeOf(group) === 'virtual' && group.name === undefined
      ? issue([...path, 'name'], 'is missing; a virtual endpoint group is identified by its name')
      : []),
    ...endpointIssues(group.endpoints ?? [], protocol, { path: [...path, 'endpoints'], limits }),
    ...(missing
      ? issue([...path, 'healthCheckPort'], 'is missing; it is required with `healthCheckEnabled: true`')
      : []),
    ...(protocol ? backendIssues(group, protocol, path) : []),
    ...tagIssues(group.tags, [...path, 'tags']),
    ...overrideIssues(group.portOverrides ?? [], { protocol, portRanges }, { path, limits }),
  ];
}

function backendIssues(group: GroupToCheck, protocol: Protocol, path: Path): ValidationIssue[] {
  const { endpointRequestProtocol: backend, endpointProtocolVersion: version } = group;
  const [backendPath, versionPath] = [
    [...path, 'endpointRequestProtocol'],
    [...path, 'endpointProtocolVersion'],
  ];
  if (!speaksHttp(protocol)) {
    const detail = `must be omitted: it applies to HTTP and HTTPS listeners only, not to ${protocol}`;
    return [
      ...(backend ? issue(backendPath, detail) : []),
      ...(version === undefined ? [] : issue(versionPath, detail)),
    ];
  }
  return [
    ...(protocol === 'HTTP' && backend === 'HTTPS'
      ? issue(backendPath, 'must be `HTTP` with an HTTP listener')
      : []),
    ...(version !== undefined && backend !== null && backend !== 'HTTPS'
      ? issue(versionPath, 'must be omitted: it applies to HTTPS endpoints only')
      : []),
  ];
}

function overrideIssues(
  overrides: readonly (PortOverride | undefined)[],
  { protocol, portRanges }: ListenerOfGroups,
  { path, limits }: Place,
): ValidationIssue[] {
  const at = [...path, 'portOverrides'];
  const most = protocol ? limits.portOverrides[protocol] : overrides.length;
  const listenerPorts = new Repeats();
  const known = (portRanges ?? []).flatMap(range => (range ? [range] : []));
  const allKnown = portRanges !== undefined && known.length === portRanges.length;
  const holds = (port: number) => known.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
  return [
    ...(overrides.length > most
      ? issue(
          at,
          `are ${overrides.length}; with ${protocol} a group has at most ${most}, according to ${limits.source}`,
        )
      : []),
    ...overrides.flatMap((override, index) => [
      ...(override && allKnown && !holds(override.listenerPort)
        ? issue([...at, index, 'listenerPort'], `${override.listenerPort} is not a port of the listener`)
        : []),
      ...listenerPorts.find(
        override?.listenerPort,
        [...at, index, 'listenerPort'],
        'a listener port has one override',
      ),
    ]),
  ];
}

/** The key of a default group is its region, that of a virtual group its name. */
function keyIssues(groups: Groups): ValidationIssue[] {
  const [regions, names] = [new Repeats(), new Repeats()];
  return groups.flatMap((group, index) => {
    const path = ['endpointGroups', index];
    if (typeOf(group) === 'default')
      return regions.find(group?.region, [...path, 'region'], 'a listener has one default group per region');
    if (typeOf(group) !== 'virtual') return [];
    return names.find(
      group?.name ?? undefined,
      [...path, 'name'],
      'a virtual group is identified by its name',
    );
  });
}

function numberIssues(
  groups: Groups,
  { protocol }: ListenerOfGroups,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const virtual = groups.flatMap((group, index) => (typeOf(group) === 'virtual' ? [{ group, index }] : []));
  const defaults = groups.filter(group => typeOf(group) === 'default');
  const invalid = groups.length - virtual.length - defaults.length;
  const [first] = virtual;
  const most = protocol ? limits.virtualGroups[protocol] : virtual.length;
  const { defaultGroups, source, numbersFrom } = limits;
  const many = (count: number, kind: string, limit: number, from = source) =>
    `have ${count} ${kind} groups; a listener ${protocol ? `of ${protocol} ` : ''}has at most ${limit}, according to ${from}`;
  return [
    ...(defaults.length > defaultGroups
      ? issue(['endpointGroups'], many(defaults.length, 'default', defaultGroups))
      : []),
    ...(virtual.length > most
      ? issue(['endpointGroups'], many(virtual.length, 'virtual', most, most === 0 ? source : numbersFrom))
      : []),
    ...(first && defaults.length === 0 && invalid === 0
      ? issue(['endpointGroups'], 'have no default group, which a virtual group requires')
      : []),
    ...(protocol === 'TCP' && most > 0 ? tcpIssues(virtual, defaults, groups) : []),
  ];
}

/** The virtual groups of a TCP listener are in the region of its default group, and exclude port overrides. */
function tcpIssues(
  virtual: { group: GroupToCheck | undefined; index: number }[],
  defaults: Groups,
  groups: Groups,
): ValidationIssue[] {
  const regions = new Set(defaults.flatMap(group => group?.region ?? []));
  const elsewhere = virtual.filter(
    ({ group }) => group?.region && regions.size > 0 && !regions.has(group.region),
  );
  return [
    ...elsewhere.flatMap(({ index }) =>
      issue(
        ['endpointGroups', index, 'region'],
        `must be ${[...regions].join(' or ')}: a virtual group of a TCP listener must be in the region of the default group`,
      ),
    ),
    ...groups.flatMap((group, index) =>
      virtual.length > 0 && group?.portOverrides?.length
        ? issue(
            ['endpointGroups', index, 'portOverrides'],
            'must be omitted: a TCP listener has port overrides or virtual groups, not both',
          )
        : [],
    ),
  ];
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
