// An endpoint group of AWS Global Accelerator. Others can add endpoints of their own to it. A dropped endpoint stays until the
// cleanup if there is room: see endpoint-changes.ts.

import type { Members } from '../json/plain-members.ts';
import type { Step } from '../record/plan.ts';
import { MAX_ENDPOINTS, MAX_PORT_OVERRIDES } from '../request/aws/endpoint-group-members.ts';
import type { EndpointGroupSpec } from '../request/aws/global-accelerator.ts';
import type { Use } from '../request/permission.ts';
import { collectionOf } from './collections.ts';
import { callsOfUpdate, changeOfEndpoints } from './endpoint-changes.ts';
import { afterListenerChange, beforeListenerChange } from './listener-change.ts';
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
  defaults,
  foreignDependents: true,
  foreignPerCall: MAX_ENDPOINTS,
  replacement: 'gap',
  changeLists: changeOfEndpoints,
  countsIn: ({ region, endpoints }, { acceleratorArn }) => ({
    [collectionOf.endpointGroups(acceleratorArn)]: 1,
    [collectionOf.endpoints(acceleratorArn, region)]: endpoints.length,
  }),
  beforeParentUpdate: beforeListenerChange,
  afterPreparation: afterListenerChange,
  calls: step => (step.act === 'update' ? callsOfUpdate(step) : 1),
  bounds: { endpoints: MAX_ENDPOINTS, portOverrides: MAX_PORT_OVERRIDES },
  health: true,
  usualSeconds: 5,
};

/** The default of a health check's port is the first port of the listener. */
function defaults({ desired, needs }: Group, wanted: readonly Step[]): Members {
  if ('healthCheckPort' in desired) return {};
  const listener = wanted.find(({ id }) => id === needs['listenerArn']);
  const [first] = listener?.kind === 'listener' ? listener.desired.portRanges : [];
  return first === undefined ? {} : { healthCheckPort: first.fromPort };
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
