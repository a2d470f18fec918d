// An endpoint group of AWS Global Accelerator. Others can add endpoints of their own to it. A dropped endpoint stays until the
// cleanup.

import { type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { MAX_ENDPOINTS, MAX_PORT_OVERRIDES } from '../request/aws/endpoint-group-members.ts';
import type { EndpointGroupSpec } from '../request/aws/global-accelerator.ts';
import type { Use } from '../request/permission.ts';
import { ANOTHER_NAME, type Interruption } from './decision.ts';
import type { Observation } from './observation.ts';
import { afterPortOverrides, clearedPortOverrides } from './port-overrides.ts';
import type { KindTraits } from './traits.ts';
import { inRegion, named, portsOfGroup } from './uses.ts';
import { LISTENER, wanted } from './wanted.ts';

type Group = Step<'endpointGroup'>;

export const endpointGroup: KindTraits<'endpointGroup'> = {
  cloud: 'aws',
  part: 'endpointGroups',
  steps: ({ endpointGroups }) => endpointGroups.map(stepOf),
  uses: ({ endpointGroups }) => endpointGroups.flatMap(usesOf),
  parents: { listenerArn: 'listener' },
  resetOmitted,
  foreignDependents: true,
  replacement: 'gap',
  interruption,
  beforeParentUpdate: update => ({ preparations: clearedPortOverrides(update) }),
  afterPreparation: afterPortOverrides,
  dropLast,
  bounds: { endpoints: MAX_ENDPOINTS, portOverrides: MAX_PORT_OVERRIDES },
  health: true,
  usualSeconds: 5,
};

/** The default of a health check's port is the first port of the listener. */
function resetOmitted(
  { desired, needs }: Group,
  owned: Owned<'endpointGroup'>,
  wanted: readonly Step[],
): Members {
  if ('healthCheckPort' in desired || !('healthCheckPort' in owned.desired)) return {};
  const listener = wanted.find(({ id }) => id === needs['listenerArn']);
  const [first] = listener?.kind === 'listener' ? listener.desired.portRanges : [];
  return first === undefined ? {} : { healthCheckPort: first.fromPort };
}

/** To switch an endpoint's client IP preservation, the endpoint is removed and added again. */
function interruption({ desired, title }: Group, { snapshot }: Observation): Interruption | undefined {
  const existing = membersOf(snapshot['endpoints']);
  const switched = desired.endpoints
    .filter(({ endpointId, clientIPPreservationEnabled: wanted }) => {
      const found = existing[endpointId];
      return (
        found !== undefined &&
        wanted !== undefined &&
        membersOf(found)['clientIPPreservationEnabled'] !== wanted
      );
    })
    .map(({ endpointId }) => endpointId);
  if (switched.length === 0) return undefined;
  const text = `${title}: ${switched.join(', ')} is removed and added again, to switch client IP preservation`;
  return { text, otherWay: ANOTHER_NAME };
}

/** Dropped endpoints that still exist are removed by a separate update. */
function dropLast(step: Group, owned: Owned<'endpointGroup'>, { snapshot }: Observation) {
  const wanted = new Set(step.desired.endpoints.map(({ endpointId }) => endpointId));
  const existing = membersOf(snapshot['endpoints']);
  const leaving = owned.desired.endpoints.filter(
    ({ endpointId }) => !wanted.has(endpointId) && endpointId in existing,
  );
  if (leaving.length === 0) return undefined;
  const dropped = leaving.map(({ endpointId }) => endpointId);
  const cleanup: Group = {
    ...step,
    id: `drop-${step.id}`,
    act: 'update',
    title: `${dropped.length} endpoint${dropped.length === 1 ? '' : 's'} dropped from ${step.title}`,
    instructions: { dropped },
    existingId: owned.id,
    of: owned.step,
    changes: dropped.map(id => ({ member: `endpoints.${id}`, from: existing[id] })),
  };
  return { instructions: { leaving }, cleanup };
}

function usesOf(group: EndpointGroupSpec, index: number): Use[] {
  const path = ['endpointGroups', index];
  return [
    ...inRegion(group, path),
    ...group.endpoints.flatMap((endpoint, at) => usesOfEndpoint(endpoint, [...path, 'endpoints', at])),
    ...portsOfGroup(group, path),
  ];
}

/** An attachment shares an endpoint of another account. */
function usesOfEndpoint(
  { endpointId, attachmentArn }: EndpointGroupSpec['endpoints'][number],
  path: PropertyKey[],
): Use[] {
  return [
    named('endpoints', endpointId, [...path, 'endpointId']),
    ...(attachmentArn === undefined ? [] : [named('endpoints', attachmentArn, [...path, 'attachmentArn'])]),
  ];
}

/** A listener has one group for each region. */
export const endpointGroupStep = ({ region }: EndpointGroupSpec) => `endpoint-group-${region}`;

function stepOf(spec: EndpointGroupSpec, index: number): Group {
  return wanted('endpointGroup', {
    id: endpointGroupStep(spec),
    title: `endpoint group ${spec.region}`,
    desired: spec,
    part: `/endpointGroups/${index}`,
    needs: { listenerArn: LISTENER },
  });
}
