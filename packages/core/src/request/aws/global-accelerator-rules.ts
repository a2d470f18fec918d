// Rules that combine members of a listener and its endpoint groups. Every part may be undefined, if it is not valid: rules
// that need it are skipped.
// Sources: docs/clouds/global-accelerator.md, ports, overrides and endpoints.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { overrideIssues, type PortOverride, type PortRange, portRangeIssues } from '../port-rules.ts';
import { type Endpoint, readEndpointId } from './endpoint-id.ts';

interface LenientListener {
  protocol?: 'TCP' | 'UDP' | undefined;
  portRanges?: (PortRange | undefined)[] | undefined;
}

interface LenientEndpoint {
  endpointId?: string | undefined;
  clientIPPreservationEnabled?: boolean | undefined;
}

interface LenientGroup {
  region?: string | undefined;
  endpoints?: (LenientEndpoint | undefined)[] | undefined;
  portOverrides?: (PortOverride | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];

export function listenerIssues({ portRanges = [] }: LenientListener): ValidationIssue[] {
  return portRangeIssues(portRanges, ['listener', 'portRanges']);
}

export function endpointGroupIssues(
  groups: readonly (LenientGroup | undefined)[],
  listener: LenientListener,
): ValidationIssue[] {
  const regions = new Repeats();
  const endpoints = new Repeats();
  return groups.flatMap((group, index) => {
    const path = ['endpointGroups', index];
    return [
      ...regions.find(group?.region, [...path, 'region'], 'a listener has one endpoint group per region'),
      ...(group?.endpoints ?? []).flatMap((endpoint, at) =>
        endpoint ? endpointIssues({ endpoint, group, listener }, [...path, 'endpoints', at], endpoints) : [],
      ),
      ...overrideIssues(group?.portOverrides ?? [], listener.portRanges, [...path, 'portOverrides']),
    ];
  });
}

interface EndpointInPlace {
  endpoint: LenientEndpoint;
  group: LenientGroup | undefined;
  listener: LenientListener;
}

function endpointIssues(
  { endpoint, group, listener }: EndpointInPlace,
  path: Path,
  seen: Repeats,
): ValidationIssue[] {
  if (endpoint.endpointId === undefined) return [];
  const found = readEndpointId(endpoint.endpointId);
  const idPath = [...path, 'endpointId'];
  if (found.kind === 'unusable') return issue(idPath, found.reason);
  // Two entries in one group would be one endpoint with two weights; the groups of a listener are in different regions.
  const repeated = seen.find(found.identity, idPath, 'each endpoint can be on a listener only once');
  return [...repeated, ...placeIssues(found, { endpoint, group, listener }, path)];
}

function placeIssues(
  found: Exclude<Endpoint, { kind: 'unusable' }>,
  { endpoint, group, listener }: EndpointInPlace,
  path: Path,
): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const idPath = [...path, 'endpointId'];
  if (found.region !== undefined && group?.region !== undefined && found.region !== group.region) {
    const detail = `is in \`${found.region}\`, but its group is in \`${group.region}\`; endpoints must be in the region of their group`;
    issues.push(...issue(idPath, detail));
  }
  if (found.kind === 'applicationLoadBalancer' && listener.protocol === 'UDP') {
    const detail =
      'is an Application Load Balancer, which does not support UDP; use TCP, or a Network Load Balancer, an Elastic IP or an instance';
    issues.push(...issue(idPath, detail));
  }
  if (found.kind === 'elasticIp' && endpoint.clientIPPreservationEnabled === true) {
    const detail = 'is not supported for an Elastic IP; omit it or set it to false';
    issues.push(...issue([...path, 'clientIPPreservationEnabled'], detail));
  }
  if (found.kind === 'instance' && endpoint.clientIPPreservationEnabled === false) {
    const detail = 'is always on for an instance; omit it or set it to true';
    issues.push(...issue([...path, 'clientIPPreservationEnabled'], detail));
  }
  return issues;
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
