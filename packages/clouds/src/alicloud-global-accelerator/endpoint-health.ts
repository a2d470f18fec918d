// The health of the endpoints of a group, from GetHealthStatus, which answers for a whole listener. It has an endpoint once per
// port, and names it by its address: it is not documented whether that is the instance id of an endpoint that has one. The
// status of the group decides about an endpoint that the answer does not name.

import { type EndpointHealth, worstOf } from '@gatehouse/core/ports/health';
import { endpointIdentity } from '@gatehouse/core/request/alicloud/endpoint-identity';
import * as z from 'zod';
import { type HealthTable, healthOf, missing } from '../health.ts';
import type { GaClient } from './client.ts';
import type { DesiredGroup, ObservedGroup } from './endpoint-group-wire.ts';

const STATES: HealthTable = { init: 'INITIAL', normal: 'HEALTHY', abnormal: 'UNHEALTHY' };

const status = z.string().optional();

const healthAnswer = z.object({
  EndpointGroups: z
    .array(
      z.object({
        EndpointGroupId: z.string(),
        HealthStatus: status,
        Endpoints: z
          .array(
            z.object({ Type: z.string().optional(), Address: z.string().optional(), HealthStatus: status }),
          )
          .default([]),
      }),
    )
    .default([]),
});
type GroupHealth = z.output<typeof healthAnswer>['EndpointGroups'][number];

export async function endpointHealth(
  client: GaClient,
  desired: DesiredGroup,
  { id, spec }: ObservedGroup,
): Promise<EndpointHealth[]> {
  const there = new Set(spec.endpoints.map(endpointIdentity));
  const isChecked = spec.healthCheckEnabled !== false;
  const group = isChecked ? await groupHealth(client, desired, id) : undefined;
  return desired.endpoints.map(endpoint => {
    const name = endpointIdentity(endpoint);
    if (!there.has(name)) return missing(name);
    return isChecked ? healthIn(group, name, endpoint) : { id: name, state: 'NOT_CHECKED' };
  });
}

async function groupHealth(
  client: GaClient,
  { acceleratorId, listenerId }: DesiredGroup,
  id: string,
): Promise<GroupHealth | undefined> {
  const parameters = { AcceleratorId: acceleratorId, ListenerId: listenerId };
  const { EndpointGroups } = await client.call('GetHealthStatus', parameters, healthAnswer);
  return EndpointGroups.find(({ EndpointGroupId }) => EndpointGroupId === id);
}

function healthIn(
  group: GroupHealth | undefined,
  id: string,
  endpoint: DesiredGroup['endpoints'][number],
): EndpointHealth {
  const addresses = [endpoint.endpoint, ...('subAddress' in endpoint ? [endpoint.subAddress] : [])];
  const named = (group?.Endpoints ?? []).filter(
    ({ Type, Address = '' }) => Type === endpoint.type && addresses.includes(Address),
  );
  if (named.length === 0) return healthOf(id, STATES, { word: group?.HealthStatus });
  const found = named.map(({ HealthStatus }) => healthOf(id, STATES, { word: HealthStatus }));
  const state = worstOf(found.map(each => each.state));
  return found.find(each => each.state === state) ?? { id, state };
}
