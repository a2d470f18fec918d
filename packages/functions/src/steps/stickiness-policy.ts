// The Lambda that walks stickiness policy steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { stickinessPolicyResource } from '@gatehouse/clouds/classic-elb/stickiness-policy';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ stickinessPolicy: stickinessPolicyResource(classicElbClients()) }));

export const handler = lambda(cloud, walkStep);
