// The Lambda that walks targets steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetsResource } from '@gatehouse/clouds/vpc-lattice/targets';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ targets: targetsResource(vpcLatticeClients()) }));

export const handler = lambda(cloud, walkStep);
