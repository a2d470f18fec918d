// The Lambda that walks target group steps. A function of its own, so that its role allows this resource's calls only.
import { vpcLatticeClients, vpcLatticeResources } from '@gatehouse/clouds/vpc-lattice';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => vpcLatticeResources(vpcLatticeClients()));

export const handler = lambda(cloud, walkStep);
