// The entry module of this cloud API: its resources by kind, and its preflight.
import type { Resources } from '@gatehouse/core/record/resources';
import type { LatticeClients } from './client.ts';
import { targetGroupResource } from './target-group.ts';
import { targetsResource } from './targets.ts';

export { vpcLatticeClients } from './client.ts';
export { latticeCollections } from './collections.ts';
export { preflight } from './preflight.ts';

export function vpcLatticeResources(clients: LatticeClients): Resources {
  return { targetGroup: targetGroupResource(clients), targets: targetsResource(clients) };
}
