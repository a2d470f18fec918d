// Foreign clients of the clouds: the real SDK, directly on the twins.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import type { World } from '../world/world.ts';

export function wireOf(world: World) {
  const { requestHandler, credentials } = world.stranger().config;
  return { requestHandler, credentials };
}

export const foreignLattice = (world: World, region = 'eu-west-1') =>
  vpcLatticeClients(wireOf(world))(region);

export const foreignElb = (world: World, region = 'eu-west-1') => classicElbClients(wireOf(world))(region);
