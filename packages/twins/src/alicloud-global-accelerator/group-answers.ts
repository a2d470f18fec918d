// Endpoint groups in the API's answers, alone and in lists.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { stateOf } from './changes.ts';
import { ruleIdsOf } from './group-deletion.ts';
import type { ListEndpointGroups } from './group-requests.ts';
import type { EndpointGroup } from './model.ts';
import { numberedPage } from './pages.ts';
import { findAccelerator, findGroup, type State } from './state.ts';
import { describeGoneGroup, healthProtocol, memberOrder } from './switches.ts';

export function describeEndpointGroup(
  state: State,
  { EndpointGroupId }: { EndpointGroupId: string },
  context: Context,
): Done {
  const isThere = state.groups.some(group => group.EndpointGroupId === EndpointGroupId);
  if (!isThere && context.setting(describeGoneGroup) === 'withoutState') {
    return { answer: {}, changed: false };
  }
  return { answer: shown(state, findGroup(state, EndpointGroupId), context), changed: false };
}

export function listEndpointGroups(state: State, request: ListEndpointGroups, context: Context): Done {
  const { AcceleratorId } = findAccelerator(state, request.AcceleratorId);
  const filters = ['ListenerId', 'EndpointGroupId', 'EndpointGroupType', 'EndpointGroupRegion'] as const;
  const all = state.groups
    .filter(group => group.AcceleratorId === AcceleratorId)
    .filter(group => filters.every(name => (request[name] ?? group[name]) === group[name]));
  const { items, ...page } = numberedPage(all, request, context);
  const EndpointGroups = items.map(group => shown(state, group, context));
  return { answer: { EndpointGroups, ...page }, changed: false };
}

export function configuredGroup({ phase: _phase, ...configured }: EndpointGroup): string {
  return JSON.stringify(configured);
}

/** Empty members are omitted. */
function shown(state: State, group: EndpointGroup, context: Context): unknown {
  const { phase, HealthCheckProtocol, HealthCheckPort, ...api } = group;
  const inCapitals = context.setting(healthProtocol) === 'upperCase';
  const protocol = inCapitals ? HealthCheckProtocol?.toUpperCase() : HealthCheckProtocol;
  const probe = group.HealthCheckEnabled
    ? { ProbeProtocol: HealthCheckProtocol?.toLowerCase(), ProbePort: HealthCheckPort }
    : {};
  const members = {
    ...api,
    HealthCheckProtocol: protocol,
    HealthCheckPort,
    EndpointConfigurations: inOrder(group.EndpointConfigurations, context).map(each => ({
      ...each,
      ...probe,
    })),
    PortOverrides: inOrder(group.PortOverrides, context),
    ForwardingRuleIds: ruleIdsOf(state, group),
    State: stateOf(phase, context),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value)));
}

function inOrder<Item>(items: Item[], context: Context): Item[] {
  if (context.setting(memberOrder) === 'asSent') return items;
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
}
