// AddEndpoints and RemoveEndpoints: change the named endpoints of a group and keep the others, whoever added them.
// Adding a present endpoint again does not change its weight.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startSettling } from './accelerators.ts';
import { endpointsOf, refuseTooMany, shownEndpoint, surroundingsOf } from './endpoints.ts';
import { invalidArgument } from './errors.ts';
import type { AddEndpoints, RemoveEndpoints } from './requests.ts';
import { findGroup, findListener, listenerArnOf, type State } from './state.ts';
import { addPresentEndpoint, removeAbsentEndpoint } from './switches.ts';

export function addEndpoints(state: State, request: AddEndpoints, context: Context): Done {
  const group = findGroup(state, request.EndpointGroupArn);
  const { EndpointGroupArn, EndpointGroupRegion: region, endpoints: present } = group;
  refuseWhileBusy(state, EndpointGroupArn, context, 'endpoints');
  const listener = findListener(state, listenerArnOf(EndpointGroupArn));
  const surroundings = surroundingsOf(state, listener, { region, present });
  const named = endpointsOf(request.EndpointConfigurations, surroundings, context);

  const presentIds = new Set(present.map(({ EndpointId }) => EndpointId));
  const added = named.filter(({ EndpointId }) => !presentIds.has(EndpointId));
  if (added.length < named.length && context.setting(addPresentEndpoint) === 'refuse') {
    throw invalidArgument('An endpoint is in the group already');
  }
  const endpoints = [...present, ...added];
  refuseTooMany(endpoints, context);

  if (added.length > 0) {
    group.endpoints = endpoints;
    startSettling(state, EndpointGroupArn, context);
  }
  const namedIds = new Set(named.map(({ EndpointId }) => EndpointId));
  const shown = group.endpoints.filter(({ EndpointId }) => namedIds.has(EndpointId));
  return {
    answer: {
      EndpointDescriptions: shown.map(endpoint => shownEndpoint(endpoint, context)),
      EndpointGroupArn,
    },
    changed: added.length > 0,
  };
}

export function removeEndpoints(state: State, request: RemoveEndpoints, context: Context): Done {
  const group = findGroup(state, request.EndpointGroupArn);
  refuseWhileBusy(state, request.EndpointGroupArn, context, 'endpoints');
  const removed = request.EndpointIdentifiers.flatMap(identifier => {
    const { EndpointId, ClientIPPreservationEnabled: preserved } = identifier;
    const found = group.endpoints.find(
      endpoint =>
        endpoint.EndpointId === EndpointId &&
        (preserved === undefined || endpoint.ClientIPPreservationEnabled === preserved),
    );
    if (!found && context.setting(removeAbsentEndpoint) === 'refuse') {
      throw invalidArgument(`The endpoint ${EndpointId} is not in the group`);
    }
    return found ? [found] : [];
  });

  if (removed.length > 0) {
    group.endpoints = group.endpoints.filter(endpoint => !removed.includes(endpoint));
    startSettling(state, request.EndpointGroupArn, context);
  }
  return { answer: undefined, changed: removed.length > 0 };
}
