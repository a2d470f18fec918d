// The entry of the package: simulated clouds on their real wire protocols. Their rules come from docs/clouds/README.md
// and its pages alone, and do not depend on the callers.

import { alicloudGlobalAccelerator } from './alicloud-global-accelerator/cloud.ts';
import { classicElb } from './classic-elb/cloud.ts';
import { globalAccelerator } from './global-accelerator/cloud.ts';
import type { WireRequest, WireService } from './http/wire.ts';
import { createControlService } from './shared/control.ts';
import { createRequestService, scopeOf } from './shared/requests.ts';
import { openWorld, type TwinOptions } from './shared/world.ts';
import { vpcLattice } from './vpc-lattice/cloud.ts';

export type { TwinOptions } from './shared/world.ts';

export interface Twins {
  /** A cloud call, passed to its twin. */
  request: WireService;
  /** Everything under /_twin/. */
  control: WireService;
  /** Whether a request is a call of one of these clouds. */
  takes(request: WireRequest): boolean;
}

const clouds = [globalAccelerator, vpcLattice, classicElb, alicloudGlobalAccelerator];

/** Throws an Error that names the file if the data in `dataDir` cannot be read. */
export function createTwins(options: TwinOptions): Twins {
  const world = openWorld(clouds, options);
  return {
    request: createRequestService(world),
    control: createControlService(world),
    takes: request => clouds.some(({ service }) => service === scopeOf(clouds, request)?.service),
  };
}
