// The health of a listener's endpoints, by group: `init` while its group is being created, then the verdict of the checks.
// HealthDetail is documented as unavailable.
import type { Context } from '../shared/cloud.ts';
import { isHealthy } from '../shared/health.ts';
import type { Done } from '../shared/operation.ts';
import { hasSettled } from '../shared/settling.ts';
import { ruleIdsOf } from './group-deletion.ts';
import type { Endpoint, EndpointGroup, Listener } from './model.ts';
import type { GetHealthStatus } from './requests.ts';
import { findListener, groupsOf, type State } from './state.ts';
import { endpointHealth, healthAddress } from './switches.ts';

export function getHealthStatus(state: State, request: GetHealthStatus, context: Context): Done {
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  const EndpointGroups = groupsOf(state, listener.ListenerId).map(group => {
    const HealthStatus = healthStatus(group, context);
    return {
      EndpointGroupId: group.EndpointGroupId,
      EndpointGroupType: group.EndpointGroupType,
      ForwardingRuleIds: ruleIdsOf(state, group),
      HealthStatus,
      Endpoints: group.EndpointConfigurations.map((endpoint, index) => ({
        EndpointId: `ep-${group.EndpointGroupId.slice('epg-'.length)}${index}`,
        Type: endpoint.Type,
        Address: addressOf(endpoint, index, context),
        Port: group.HealthCheckPort ?? firstPort(listener),
        HealthStatus,
      })),
    };
  });
  const isNormal = EndpointGroups.every(({ HealthStatus }) => HealthStatus === 'normal');
  const { ListenerId } = listener;
  return {
    answer: { ListenerId, HealthStatus: isNormal ? 'normal' : 'abnormal', EndpointGroups },
    changed: false,
  };
}

/** All endpoints of a group behave in the same way. */
function healthStatus({ phase: { kind, settling } }: EndpointGroup, context: Context): string {
  if (kind === 'create' && !hasSettled(settling, context)) return 'init';
  return isHealthy(context.setting(endpointHealth), settling.at, context) ? 'normal' : 'abnormal';
}

const named: readonly string[] = ['ECS', 'SLB', 'ALB', 'NLB', 'ENI'];

function addressOf({ Type, Endpoint, SubAddress }: Endpoint, index: number, context: Context): string {
  if (SubAddress !== undefined) return SubAddress;
  return named.includes(Type) && context.setting(healthAddress) === 'ip' ? `192.0.2.${index + 1}` : Endpoint;
}

function firstPort({ PortRanges }: Listener): number | undefined {
  return PortRanges[0]?.FromPort;
}
