// The members of an endpoint group besides its lists: the traffic dial and the health checks, with the defaults of the
// API.
import { invalidArgument } from './errors.ts';
import type { EndpointGroupSettings } from './requests.ts';
import type { EndpointGroup, Listener } from './state.ts';

/** The model's range is 10 to 30; its text allows only 10 or 30. */
export function checkedSettings<Settings extends EndpointGroupSettings>(settings: Settings): Settings {
  const { HealthCheckIntervalSeconds: interval } = settings;
  if (interval !== undefined && interval !== 10 && interval !== 30) {
    throw invalidArgument('HealthCheckIntervalSeconds must be 10 or 30');
  }
  return settings;
}

/** A TCP check has no path, whatever the request says. */
export function withoutIdlePath({
  HealthCheckProtocol,
}: Pick<EndpointGroup, 'HealthCheckProtocol'>): Partial<EndpointGroup> {
  return HealthCheckProtocol === 'TCP' ? { HealthCheckPath: '/' } : {};
}

export function defaultsFor(listener: Listener) {
  return {
    TrafficDialPercentage: 100,
    HealthCheckPort: listener.PortRanges[0]?.FromPort ?? 80,
    HealthCheckProtocol: 'TCP' as const,
    HealthCheckPath: '/',
    HealthCheckIntervalSeconds: 30,
    ThresholdCount: 3,
  };
}
