// The Lambda function that walks targets steps. It bundles the code of this resource kind only, so that its role allows
// only the calls of this kind.
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetsResource } from '@gatehouse/clouds/vpc-lattice/targets';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ targets: targetsResource(vpcLatticeClients()) }));

export const handler = lambda(cloud, walkStep);
