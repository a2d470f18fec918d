// What a request names outside of its entry point, for the access rules: an object by its name, or the ports of an endpoint.

import type { Use } from '../request/permission.ts';
import type { PortRange } from '../request/port-rules.ts';

type Path = readonly PropertyKey[];

/** `others`: further names of the same object. */
export function named(
  list: Extract<Use, { names: unknown }>['list'],
  name: string,
  path: Path,
  others: readonly string[] = [],
): Use {
  return { list, names: [name, ...others], path };
}

/** The region of a regional part, which is always filled in. */
export function inRegion({ region }: { region?: string }, path: Path): Use[] {
  return region === undefined ? [] : [named('regions', region, [...path, 'region'])];
}

export function rangesOf(ranges: readonly PortRange[], path: Path): Use[] {
  return ranges.map((range, at) => ({ list: 'ports', range, path: [...path, at] }));
}

export function clientPort(port: number, path: Path): Use {
  return { list: 'ports', range: { fromPort: port, toPort: port }, path };
}

/** None for a port that is left out: it is a port that another member has. */
export function endpointPort(port: number | undefined, path: Path): Use[] {
  return port === undefined ? [] : [{ list: 'endpointPorts', range: { fromPort: port, toPort: port }, path }];
}

/** The ports that an endpoint group uses besides those of its listener. */
export function portsOfGroup(
  { portOverrides, healthCheckPort }: { portOverrides: { endpointPort: number }[]; healthCheckPort?: number },
  path: Path,
): Use[] {
  return [
    ...portOverrides.flatMap((override, at) =>
      endpointPort(override.endpointPort, [...path, 'portOverrides', at, 'endpointPort']),
    ),
    ...endpointPort(healthCheckPort, [...path, 'healthCheckPort']),
  ];
}
