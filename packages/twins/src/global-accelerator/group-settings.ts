// The members of an endpoint group besides its lists: the traffic dial and the health checks, with the defaults of the
// API.
import type { Context } from '../shared/cloud.ts';
import { invalidArgument } from './errors.ts';
import type { EndpointGroupSettings } from './requests.ts';
import type { EndpointGroup, Listener } from './state.ts';
import { tcpPath } from './switches.ts';

/** The model's range is 10 to 30; its text allows only 10 or 30. */
export function checkedSettings<Settings extends EndpointGroupSettings>(settings: Settings): Settings {
  const { HealthCheckIntervalSeconds: interval } = settings;
  if (interval !== undefined && interval !== 10 && interval !== 30) {
    throw invalidArgument('HealthCheckIntervalSeconds must be 10 or 30');
  }
  return settings;
}

/** The path that an answer shows. A TCP check has none, unless the switch shows the one that was set. */
export function shownPath(
  { HealthCheckProtocol, HealthCheckPath }: EndpointGroup,
  context: Context,
): string | undefined {
  if (HealthCheckProtocol !== 'TCP') return HealthCheckPath ?? '/';
  return context.setting(tcpPath) === 'asSent' ? HealthCheckPath : undefined;
}

/** A group with TCP checks forgets the path that a request sends, unless the switch keeps it. */
export function forgetIdlePath(group: EndpointGroup, context: Context): void {
  if (group.HealthCheckProtocol === 'TCP' && context.setting(tcpPath) === 'never') {
    delete group.HealthCheckPath;
  }
}

export function defaultsFor(listener: Listener) {
  return {
    TrafficDialPercentage: 100,
    HealthCheckPort: listener.PortRanges[0]?.FromPort ?? 80,
    HealthCheckProtocol: 'TCP' as const,
    HealthCheckIntervalSeconds: 30,
    ThresholdCount: 3,
  };
}
