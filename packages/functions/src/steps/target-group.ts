// The Lambda function that walks target group steps. It bundles the code of this resource kind only, so that its role
// allows only the calls of this kind.
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetGroupResource } from '@gatehouse/clouds/vpc-lattice/target-group';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ targetGroup: targetGroupResource(vpcLatticeClients()) }));

export const handler = lambda(cloud, walkStep);
