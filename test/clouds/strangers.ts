// Clients of somebody else, who is as real to the clouds as we are: the real SDK, straight to the twins.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import type { World } from '../world/world.ts';

export function wireOf(world: World) {
  const { requestHandler, credentials } = world.stranger().config;
  return { requestHandler, credentials };
}

export const strangerOnLattice = (world: World, region = 'eu-west-1') =>
  vpcLatticeClients(wireOf(world))(region);

export const strangerOnElb = (world: World, region = 'eu-west-1') => classicElbClients(wireOf(world))(region);
