// The members of an endpoint group besides its listener and region: endpoints, mapped ports, the share of traffic and
// health checks. A list in an update replaces the existing list.
import type { Context } from '../shared/cloud.ts';
import { gaError, illegal, missing } from './errors.ts';
import { endpointsOf } from './group-endpoints.ts';
import type { GroupSettings } from './group-requests.ts';
import { healthCheckDefaults, limitsOf } from './limits.ts';
import { includes } from './listener-changes.ts';
import { isHttp } from './listener-ports.ts';
import { descriptionOf, nameOf } from './listener-settings.ts';
import type { EndpointGroup, Listener, PortOverride } from './model.ts';
import {
  emptyList,
  healthChecks,
  healthChecksByDefault,
  omittedList,
  updateOmittedMember,
  zeroTraffic,
} from './switches.ts';

type Settings = Omit<
  EndpointGroup,
  | 'EndpointGroupId'
  | 'AcceleratorId'
  | 'ListenerId'
  | 'EndpointGroupRegion'
  | 'EndpointGroupType'
  | 'Tags'
  | 'phase'
>;

type Place = Pick<EndpointGroup, 'EndpointGroupRegion' | 'EndpointGroupType'> & { listener: Listener };

/** The settings that result from the request and the existing settings. */
export function groupSettingsOf(
  requested: GroupSettings,
  { before, place }: { before?: EndpointGroup; place: Place },
  context: Context,
): Settings {
  const { listener, EndpointGroupRegion: region } = place;
  const protocol = listener.Protocol;
  // Lists have switches of their own.
  const kept = context.setting(updateOmittedMember) === 'keep' ? before : undefined;
  const endpoints = listAfter(requested.EndpointConfigurations, before?.EndpointConfigurations, context);
  if (endpoints.length === 0 && limitsOf(context).groupNeedsEndpoints)
    throw missing('EndpointConfigurations');
  const PortOverrides = listAfter(requested.PortOverrides, before?.PortOverrides, context);
  refuseOverrides(PortOverrides, place, context);
  const TrafficPercentage = requested.TrafficPercentage ?? kept?.TrafficPercentage ?? 100;
  if (TrafficPercentage === 0 && context.setting(zeroTraffic) === 'refuse') {
    throw illegal('TrafficPercentage', 'be from 1 to 100');
  }

  return {
    Name: nameOf(requested.Name, context) ?? kept?.Name ?? '',
    Description: descriptionOf(requested.Description) ?? kept?.Description ?? '',
    EndpointConfigurations: endpointsOf(endpoints, { region, protocol }, context),
    EndpointIpVersion: requested.EndpointIpVersion ?? kept?.EndpointIpVersion ?? 'IPv4',
    PortOverrides,
    TrafficPercentage,
    ...requestProtocolOf(requested, kept, listener),
    ...healthCheckOf(requested, kept, listener, context),
  };
}

/** It is undocumented how an update treats an absent or empty list: see the switches. */
function listAfter<T>(requested: T[] | undefined, before: T[] | undefined, context: Context): T[] {
  const setting = requested ? emptyList : omittedList;
  if (requested && requested.length > 0) return requested;
  return before && context.setting(setting) === 'keep' ? before : [];
}

function refuseOverrides(overrides: PortOverride[], place: Place, context: Context): void {
  const { Protocol, PortRanges } = place.listener;
  const most = limitsOf(context).portOverrides[Protocol];
  if (overrides.length === 0) return;
  if (most === 0) throw illegal('PortOverrides', 'be absent except for HTTP and HTTPS');
  if (Protocol === 'TCP' && place.EndpointGroupType === 'virtual') {
    throw illegal('PortOverrides', 'be absent in a virtual endpoint group of TCP');
  }
  if (overrides.length > most) {
    throw gaError('QuotaExceeded.PortOverride', `An endpoint group has at most ${most} mapped ports`);
  }
  const unknown = overrides.find(({ ListenerPort }) => !includes(PortRanges, ListenerPort));
  if (unknown) {
    throw gaError('NotExist.ListenerPort', `The listener has no port ${unknown.ListenerPort}`);
  }
  if (new Set(overrides.map(({ ListenerPort }) => ListenerPort)).size < overrides.length) {
    throw illegal('ListenerPort', 'be mapped once');
  }
}

/** HTTP behind an HTTP listener; either behind HTTPS, with HTTP as the default. */
function requestProtocolOf(
  requested: GroupSettings,
  before: EndpointGroup | undefined,
  { Protocol }: Listener,
): Pick<EndpointGroup, 'EndpointRequestProtocol' | 'EndpointProtocolVersion'> {
  if (!isHttp(Protocol) && (requested.EndpointRequestProtocol || requested.EndpointProtocolVersion)) {
    throw illegal('EndpointRequestProtocol', 'be absent except for HTTP and HTTPS');
  }
  if (!isHttp(Protocol)) return {};
  const protocol = requested.EndpointRequestProtocol ?? before?.EndpointRequestProtocol ?? 'HTTP';
  if (Protocol === 'HTTP' && protocol === 'HTTPS') {
    throw illegal('EndpointRequestProtocol', 'be HTTP behind an HTTP listener');
  }
  if (requested.EndpointProtocolVersion && protocol !== 'HTTPS') {
    throw illegal('EndpointProtocolVersion', 'be absent except for HTTPS');
  }
  if (protocol === 'HTTP') return { EndpointRequestProtocol: protocol };
  const version = requested.EndpointProtocolVersion ?? before?.EndpointProtocolVersion ?? 'HTTP1.1';
  return { EndpointRequestProtocol: protocol, EndpointProtocolVersion: version };
}

const healthMembers = [
  'HealthCheckProtocol',
  'HealthCheckPort',
  'HealthCheckPath',
  'HealthCheckHost',
  'HealthCheckIntervalSeconds',
  'ThresholdCount',
] as const;

/** While they are off, only the members that were set exist; turned on, the others get their defaults. */
function healthCheckOf(
  requested: GroupSettings,
  before: EndpointGroup | undefined,
  listener: Listener,
  context: Context,
): Pick<EndpointGroup, 'HealthCheckEnabled' | (typeof healthMembers)[number]> {
  const initial = context.setting(healthChecksByDefault) === 'on';
  const HealthCheckEnabled = requested.HealthCheckEnabled ?? before?.HealthCheckEnabled ?? initial;
  if (requested.HealthCheckEnabled && context.setting(healthChecks) === 'refused') {
    throw gaError('NoPermission.EnableHealthCheck', 'The account is not on the list for health checks');
  }
  const filledIn = {
    HealthCheckProtocol: 'tcp',
    HealthCheckPort: listener.PortRanges[0]?.FromPort ?? 80,
    ...healthCheckDefaults,
  };
  return {
    HealthCheckEnabled,
    ...(HealthCheckEnabled ? filledIn : {}),
    ...healthMembersOf(before),
    ...healthMembersOf(requested),
  };
}

function healthMembersOf(from: GroupSettings | EndpointGroup | undefined) {
  return Object.fromEntries(
    healthMembers.flatMap(name => (from?.[name] === undefined ? [] : [[name, from[name]]])),
  );
}
