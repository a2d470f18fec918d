// The front door: simulated clouds on their real wire protocols. They take their rules from the facts of
// the cloud APIs alone and know nothing of what calls them.
import type { WireService } from '../wire.ts';
import { classicElb } from './classic-elb/cloud.ts';
import { createControlService } from './control.ts';
import { globalAccelerator } from './global-accelerator/cloud.ts';
import { createRequestService } from './requests.ts';
import { vpcLattice } from './vpc-lattice/cloud.ts';
import { openWorld, type TwinOptions } from './world.ts';

export type { TwinOptions } from './world.ts';

export interface Twins {
  /** A signed cloud call, given to the twin that it is signed for. */
  request: WireService;
  /** Everything under /_twin/. */
  control: WireService;
  /** SigV4 service names it answers to. */
  services: readonly string[];
}

const clouds = [globalAccelerator, vpcLattice, classicElb];

/** Throws an Error that names the file when what is in `dataDir` cannot be read. */
export function createTwins(options: TwinOptions): Twins {
  const world = openWorld(clouds, options);
  return {
    request: createRequestService(world),
    control: createControlService(world),
    services: clouds.map(cloud => cloud.service),
  };
}
