// Endpoint groups: a listener's endpoints in one region, at most one group per region. A list in an update replaces the
// existing list, an empty list clears it, an absent one keeps it.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startSettling } from './accelerators.ts';
import { createUnderToken } from './creates.ts';
import { endpointsOf, shownEndpoint, surroundingsOf } from './endpoints.ts';
import { cloudError, invalidArgument, notFound } from './errors.ts';
import { checkedSettings, defaultsFor, forgetIdlePath, shownPath } from './group-settings.ts';
import { type Page, pageOf } from './pages.ts';
import { refuseOverrides } from './port-overrides.ts';
import type { CreateEndpointGroup, EndpointGroupSettings } from './requests.ts';
import {
  acceleratorArnOf,
  acceleratorOf,
  type Endpoint,
  type EndpointGroup,
  findGroup,
  findListener,
  groupsOf,
  type Listener,
  listenerArnOf,
  type State,
} from './state.ts';
import {
  createdWithoutPath,
  notFoundAfterCreateReads,
  preservationInPlace,
  updateOmittedMember,
} from './switches.ts';

/** Over all listeners; AWS does not raise it. */
const groupsPerAccelerator = 42;

export function createEndpointGroup(state: State, request: CreateEndpointGroup, context: Context): Done {
  return createUnderToken(state, { operation: 'CreateEndpointGroup', request }, context, () => {
    const { ListenerArn, EndpointGroupRegion: region, IdempotencyToken: _token, ...settings } = request;
    const listener = findParent(state, ListenerArn);
    refuseWhileBusy(state, ListenerArn, context, 'other');
    refuseAnotherGroup(state, listener, region);
    const { EndpointConfigurations = [], PortOverrides = [], ...health } = checkedSettings(settings);
    refuseOverrides(state, PortOverrides, { listener, region });
    const surroundings = surroundingsOf(state, listener, { region, present: [] });

    const group: EndpointGroup = {
      ...defaultsFor(listener),
      ...health,
      EndpointGroupArn: `${ListenerArn}/endpoint-group/${context.hex(12)}`,
      EndpointGroupRegion: region,
      PortOverrides,
      endpoints: endpointsOf(EndpointConfigurations, surroundings, context),
      hiddenReads: context.setting(notFoundAfterCreateReads),
    };
    forgetIdlePath(group, context);
    state.groups.push(group);
    startSettling(state, ListenerArn, context);
    return { arn: group.EndpointGroupArn, answer: { EndpointGroup: shownAsCreated(group, context) } };
  });
}

export function updateEndpointGroup(
  state: State,
  request: EndpointGroupSettings & { EndpointGroupArn: string },
  context: Context,
): Done {
  const { EndpointGroupArn, ...settings } = request;
  const group = findGroup(state, EndpointGroupArn);
  const listener = findListener(state, listenerArnOf(EndpointGroupArn));
  refuseWhileBusy(state, EndpointGroupArn, context, 'other');
  const { EndpointConfigurations, PortOverrides, ...health } = checkedSettings(settings);
  const region = group.EndpointGroupRegion;
  if (PortOverrides) refuseOverrides(state, PortOverrides, { listener, region });
  const surroundings = surroundingsOf(state, listener, { region, present: group.endpoints });
  const endpoints = EndpointConfigurations && endpointsOf(EndpointConfigurations, surroundings, context);
  if (endpoints) refuseSwitchedPreservation(group.endpoints, endpoints, context);

  const before = JSON.stringify(group);
  if (context.setting(updateOmittedMember) === 'reset') {
    Object.assign(group, defaultsFor(listener));
    delete group.HealthCheckPath;
  }
  Object.assign(group, health, PortOverrides && { PortOverrides }, endpoints && { endpoints });
  forgetIdlePath(group, context);
  startSettling(state, EndpointGroupArn, context);
  return {
    answer: { EndpointGroup: shown(group, context) },
    changed: JSON.stringify(group) !== before,
  };
}

export function describeEndpointGroup(
  state: State,
  request: { EndpointGroupArn: string },
  context: Context,
): Done {
  const group = findGroup(state, request.EndpointGroupArn);
  if (group.hiddenReads > 0) {
    group.hiddenReads -= 1;
    throw notFound('EndpointGroup', request.EndpointGroupArn);
  }
  return { answer: { EndpointGroup: shown(group, context) }, changed: false };
}

export function listEndpointGroups(
  state: State,
  request: Page & { ListenerArn: string },
  context: Context,
): Done {
  const { ListenerArn } = findListener(state, request.ListenerArn);
  const { items, ...next } = pageOf(groupsOf(state, ListenerArn), request, {
    of: ListenerArn,
    arnOf: group => group.EndpointGroupArn,
    context,
  });
  return { answer: { EndpointGroups: items.map(group => shown(group, context)), ...next }, changed: false };
}

/** Succeeds while the group has endpoints. */
export function deleteEndpointGroup(
  state: State,
  request: { EndpointGroupArn: string },
  context: Context,
): Done {
  const { EndpointGroupArn } = findGroup(state, request.EndpointGroupArn);
  refuseWhileBusy(state, EndpointGroupArn, context, 'other');
  state.groups = state.groups.filter(group => group.EndpointGroupArn !== EndpointGroupArn);
  startSettling(state, EndpointGroupArn, context);
  return { answer: undefined, changed: true };
}

/** A TCP check has no path in answers, and a group without overrides no list of them. */
function shown(group: EndpointGroup, context: Context): Record<string, unknown> {
  const { endpoints, hiddenReads: _hiddenReads, HealthCheckPath: _path, PortOverrides, ...api } = group;
  const HealthCheckPath = shownPath(group, context);
  return {
    ...api,
    ...(HealthCheckPath === undefined ? {} : { HealthCheckPath }),
    ...(PortOverrides.length > 0 ? { PortOverrides } : {}),
    EndpointDescriptions: endpoints.map(endpoint => shownEndpoint(endpoint, context)),
  };
}

function shownAsCreated(group: EndpointGroup, context: Context): unknown {
  const answer = shown(group, context);
  const isText = context.setting(createdWithoutPath) === 'undefined';
  return isText && shownPath(group, context) === undefined
    ? { ...answer, HealthCheckPath: 'undefined' }
    : answer;
}

/** Only this operation distinguishes a missing accelerator from a missing listener. */
function findParent(state: State, listenerArn: string): Listener {
  if (listenerArn.includes('/listener/')) acceleratorOf(state, listenerArn);
  return findListener(state, listenerArn);
}

function refuseAnotherGroup(state: State, { ListenerArn }: Listener, region: string): void {
  if (groupsOf(state, ListenerArn).some(group => group.EndpointGroupRegion === region)) {
    throw cloudError('EndpointGroupAlreadyExistsException', `${ListenerArn} has a group in ${region}`);
  }
  if (groupsOf(state, acceleratorArnOf(ListenerArn)).length >= groupsPerAccelerator) {
    throw cloudError('LimitExceededException', `An accelerator has at most ${groupsPerAccelerator} groups`);
  }
}

function refuseSwitchedPreservation(present: Endpoint[], wanted: Endpoint[], context: Context): void {
  if (context.setting(preservationInPlace) === 'accept') return;
  for (const { EndpointId, ClientIPPreservationEnabled } of wanted) {
    const before = present.find(endpoint => endpoint.EndpointId === EndpointId);
    if (before && before.ClientIPPreservationEnabled !== ClientIPPreservationEnabled) {
      throw invalidArgument(`Client IP preservation of ${EndpointId} cannot be changed in place`);
    }
  }
}
