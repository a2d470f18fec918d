// How the resources of Global Accelerator settle.
import type { Settling } from '@gatehouse/core/ports/resource';

/** Listeners and endpoint groups are there at once; only the accelerator settles, once after all changes. */
export const withAccelerator: Settling = {
  firstSeconds: 10,
  mostSeconds: 30,
  limitSeconds: 1800,
  readings: 1,
};
