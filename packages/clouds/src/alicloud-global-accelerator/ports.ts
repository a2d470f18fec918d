// Port ranges and their overlap.
import type { PortRange } from '@gatehouse/core/request/port-rules';

export type { PortRange };

export function overlaps(a: PortRange, b: PortRange): boolean {
  return a.fromPort <= b.toPort && b.fromPort <= a.toPort;
}
