// The Lambda that walks target group steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetGroupResource } from '@gatehouse/clouds/vpc-lattice/target-group';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ targetGroup: targetGroupResource(vpcLatticeClients()) }));

export const handler = lambda(cloud, walkStep);
