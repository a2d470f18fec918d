// What the resources of Global Accelerator share: how they settle, and when two of their lists are equal.
import type { PortRange } from '@aws-sdk/client-global-accelerator';
import type { Settling } from '@gatehouse/core/ports/resource';

/** Listeners and endpoint groups are there at once; only the accelerator settles, once after all changes. */
export const withAccelerator: Settling = {
  firstSeconds: 10,
  mostSeconds: 30,
  limitSeconds: 1800,
  readings: 1,
};

/** Order is no difference. */
export function samePortRanges(
  desired: { fromPort: number; toPort: number }[],
  observed: PortRange[] | undefined,
): boolean {
  const wanted = desired.map(({ fromPort, toPort }) => `${fromPort}-${toPort}`);
  return sameSet(wanted, observed?.map(({ FromPort, ToPort }) => `${FromPort}-${ToPort}`) ?? []);
}

export function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.toSorted().join() === b.toSorted().join();
}
