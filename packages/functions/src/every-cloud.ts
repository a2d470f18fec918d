// Every cloud API behind one set of ports, for functions that read from all of them: Begin, plans and drift.
import {
  type AlicloudConfig,
  preflight as alicloud,
  alicloudClient,
  collections as alicloudCollections,
  alicloudResources,
  warnings as alicloudWarnings,
} from '@gatehouse/clouds/alicloud-global-accelerator';
import { askedOnce, regionsAskedOnce } from '@gatehouse/clouds/asked-once';
import {
  preflight as classicElb,
  classicElbClients,
  classicElbResources,
  elbCollections,
} from '@gatehouse/clouds/classic-elb';
import {
  acceleratorCollections,
  acceleratorWarnings,
  preflight as globalAccelerator,
  globalAcceleratorClient,
  globalAcceleratorResources,
} from '@gatehouse/clouds/global-accelerator';
import {
  latticeCollections,
  preflight as vpcLattice,
  vpcLatticeClients,
  vpcLatticeResources,
} from '@gatehouse/clouds/vpc-lattice';
import type { CloudPorts, CloudReads } from '@gatehouse/core/plan/cloud-ports';
import { ALICLOUD_LIMITS, type AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { resourcePort } from './cloud-ports.ts';

/** Configuration that every client gets; none in production. */
export type WireConfig = NonNullable<Parameters<typeof globalAcceleratorClient>[0]>;

export type EveryCloud = CloudReads & Pick<CloudPorts, 'reading'>;

export interface AlicloudSettings {
  config: AlicloudConfig;
  profile: AlicloudProfile;
}

/** `region`: the default for parts of a request that name none. */
export function everyCloud(
  region: string,
  { config, profile }: AlicloudSettings,
  wire: WireConfig = {},
): EveryCloud {
  // Loads the vendor's SDK at its first call only.
  const ga = alicloudClient(config);
  const [accelerator, lattice, elb] = [
    globalAcceleratorClient(wire),
    vpcLatticeClients(wire),
    classicElbClients(wire),
  ];
  const reads = (clients: Clients) => readsOf(clients, { region, profile });
  const reading = (): EveryCloud => {
    const once = {
      ga: ga.reading(),
      accelerator: askedOnce(accelerator),
      lattice: regionsAskedOnce(lattice),
      elb: regionsAskedOnce(elb),
    };
    const here = { ...reads(once), reading: () => here };
    return here;
  };
  return { ...reads({ ga, accelerator, lattice, elb }), reading };
}

interface Clients {
  ga: Parameters<typeof alicloudResources>[0];
  accelerator: ReturnType<typeof globalAcceleratorClient>;
  lattice: ReturnType<typeof vpcLatticeClients>;
  elb: ReturnType<typeof classicElbClients>;
}

function readsOf(
  { ga, accelerator, lattice, elb }: Clients,
  { region, profile }: { region: string; profile: AlicloudProfile },
): CloudReads {
  return {
    ...resourcePort({
      ...globalAcceleratorResources(accelerator),
      ...vpcLatticeResources(lattice),
      ...classicElbResources(elb),
      ...alicloudResources(ga),
    }),
    // In parallel, because they read from different clouds.
    async preflight(request, ours = [], leaving = []) {
      if (request.cloud === 'alicloud') {
        return alicloud(ga, request, { limits: ALICLOUD_LIMITS[profile], ours, leaving });
      }
      const found = await Promise.all([
        globalAccelerator(accelerator, request, ours),
        vpcLattice(lattice, request, { region, ours }),
        classicElb(elb, request, { region, ours }),
      ]);
      return found.flat();
    },
    async collections(request, ours = []) {
      if (request.cloud === 'alicloud') {
        return alicloudCollections(ga, request, { profile, limits: ALICLOUD_LIMITS[profile], ours });
      }
      const found = await Promise.all([
        acceleratorCollections(accelerator, request, ours),
        latticeCollections(lattice, request, { region, ours }),
        elbCollections(elb, request, region),
      ]);
      return found.flat();
    },
    async warnings(request, ours = []) {
      return request.cloud === 'alicloud'
        ? alicloudWarnings(request, profile)
        : acceleratorWarnings(accelerator, request, ours);
    },
  };
}
