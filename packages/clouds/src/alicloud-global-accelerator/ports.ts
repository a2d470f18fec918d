// Ports as the API writes them, and as they are compared: sorted, and ranges that touch as one.

export interface PortRange {
  fromPort: number;
  toPort: number;
}

export function merged(ranges: readonly PortRange[]): PortRange[] {
  const joined: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromPort - b.fromPort)) {
    const last = joined.at(-1);
    if (last && range.fromPort <= last.toPort + 1) last.toPort = Math.max(last.toPort, range.toPort);
    else joined.push({ ...range });
  }
  return joined;
}

export function overlaps(a: PortRange, b: PortRange): boolean {
  return a.fromPort <= b.toPort && b.fromPort <= a.toPort;
}
