// The valid ports of a listener: from 1 to 65535, and for one protocol no port twice on an accelerator. TCP and UDP are
// separate spaces.
import type { Context } from '../shared/cloud.ts';
import { cloudError } from './errors.ts';
import type { PortRange } from './state.ts';
import { fromAboveTo } from './switches.ts';

const mostPort = 65_535;

export function checkedPortRanges(requested: Partial<PortRange>[], context: Context): PortRange[] {
  const ranges = requested.map(({ FromPort, ToPort }) => {
    if (!isPort(FromPort) || !isPort(ToPort)) {
      throw invalidPortRange(`FromPort and ToPort must be from 1 to ${mostPort}`);
    }
    if (FromPort > ToPort) {
      throw cloudError(
        `${context.setting(fromAboveTo)}Exception`,
        `FromPort ${FromPort} must not be above ToPort ${ToPort}`,
      );
    }
    return { FromPort, ToPort };
  });
  ranges.forEach((range, index) => {
    refuseOverlap([range], ranges.slice(index + 1));
  });
  return ranges;
}

/** The ranges of both have the same protocol. */
export function refuseOverlap(ranges: PortRange[], taken: PortRange[]): void {
  for (const range of ranges) {
    const other = taken.find(({ FromPort, ToPort }) => FromPort <= range.ToPort && range.FromPort <= ToPort);
    if (other) throw invalidPortRange(`Ports ${textOf(range)} overlap with ports ${textOf(other)}`);
  }
}

export function isWithin(port: number, ranges: PortRange[]): boolean {
  return ranges.some(({ FromPort, ToPort }) => FromPort <= port && port <= ToPort);
}

function isPort(port: number | undefined): port is number {
  return port !== undefined && port >= 1 && port <= mostPort;
}

function invalidPortRange(message: string): Error {
  return cloudError('InvalidPortRangeException', message);
}

function textOf({ FromPort, ToPort }: PortRange): string {
  return `${FromPort}-${ToPort}`;
}
