// The Lambda function that walks stickiness policy steps. It bundles the code of this resource kind only, so that its
// role allows only the calls of this kind.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { stickinessPolicyResource } from '@gatehouse/clouds/classic-elb/stickiness-policy';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ stickinessPolicy: stickinessPolicyResource(classicElbClients()) }));

export const handler = lambda(cloud, walkStep);
