// How the resources of Global Accelerator settle.
import type { Settling } from '@gatehouse/core/ports/resource';

/** Listeners and endpoint groups exist at once; only the accelerator settles, once after all changes. */
export const withAccelerator: Settling = {
  initialDelaySeconds: 10,
  maxDelaySeconds: 30,
  readyLimitSeconds: 1800,
  consecutiveReady: 1,
};
