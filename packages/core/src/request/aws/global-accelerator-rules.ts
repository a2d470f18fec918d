// What a listener and its endpoint groups may not be together, although each member alone is right. Every
// part may be undefined: it could not be read, and a rule that needs it stays silent.
// Sources: docs/clouds/global-accelerator.md, ports, overrides and endpoints.

import { type Mistake, pointerTo } from '../../json/mistakes.ts';
import { Repeats } from '../../json/repeats.ts';
import { overrideMistakes, type PortOverride, type PortRange, portRangeMistakes } from '../port-rules.ts';
import { type Endpoint, readEndpointId } from './endpoint-id.ts';

interface ReadableListener {
  protocol?: 'TCP' | 'UDP' | undefined;
  portRanges?: (PortRange | undefined)[] | undefined;
}

interface ReadableEndpoint {
  endpointId?: string | undefined;
  clientIPPreservationEnabled?: boolean | undefined;
}

interface ReadableGroup {
  region?: string | undefined;
  endpoints?: (ReadableEndpoint | undefined)[] | undefined;
  portOverrides?: (PortOverride | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];

export function listenerMistakes({ portRanges = [] }: ReadableListener): Mistake[] {
  return portRangeMistakes(portRanges, ['listener', 'portRanges']);
}

export function endpointGroupMistakes(
  groups: readonly (ReadableGroup | undefined)[],
  listener: ReadableListener,
): Mistake[] {
  const regions = new Repeats();
  const endpoints = new Repeats();
  return groups.flatMap((group, index) => {
    const path = ['endpointGroups', index];
    return [
      ...regions.find(group?.region, [...path, 'region'], 'a listener has one endpoint group per region'),
      ...(group?.endpoints ?? []).flatMap((endpoint, at) =>
        endpoint
          ? endpointMistakes({ endpoint, group, listener }, [...path, 'endpoints', at], endpoints)
          : [],
      ),
      ...overrideMistakes(group?.portOverrides ?? [], listener.portRanges, [...path, 'portOverrides']),
    ];
  });
}

interface EndpointInPlace {
  endpoint: ReadableEndpoint;
  group: ReadableGroup | undefined;
  listener: ReadableListener;
}

function endpointMistakes(
  { endpoint, group, listener }: EndpointInPlace,
  path: Path,
  seen: Repeats,
): Mistake[] {
  if (endpoint.endpointId === undefined) return [];
  const found = readEndpointId(endpoint.endpointId);
  const idPath = [...path, 'endpointId'];
  if (found.kind === 'unusable') return mistake(idPath, found.because);
  // In one group it would be one endpoint with two weights; groups of one listener are of different regions.
  const repeated = seen.find(found.identity, idPath, 'a listener has an endpoint only once');
  return [...repeated, ...placeMistakes(found, { endpoint, group, listener }, path)];
}

function placeMistakes(
  found: Exclude<Endpoint, { kind: 'unusable' }>,
  { endpoint, group, listener }: EndpointInPlace,
  path: Path,
): Mistake[] {
  const mistakes: Mistake[] = [];
  const idPath = [...path, 'endpointId'];
  if (found.region !== undefined && group?.region !== undefined && found.region !== group.region) {
    const detail = `is in \`${found.region}\`, its group in \`${group.region}\`; the endpoints of a group are in the group's region`;
    mistakes.push(...mistake(idPath, detail));
  }
  if (found.kind === 'applicationLoadBalancer' && listener.protocol === 'UDP') {
    const detail =
      'is an Application Load Balancer, which serves no UDP; use a Network Load Balancer, an Elastic IP or an instance, or TCP';
    mistakes.push(...mistake(idPath, detail));
  }
  if (found.kind === 'elasticIp' && endpoint.clientIPPreservationEnabled === true) {
    const detail =
      "an Elastic IP cannot preserve the client's address; leave the member out or set it to false";
    mistakes.push(...mistake([...path, 'clientIPPreservationEnabled'], detail));
  }
  return mistakes;
}

function mistake(path: Path, detail: string): Mistake[] {
  return [{ pointer: pointerTo(path), detail }];
}
