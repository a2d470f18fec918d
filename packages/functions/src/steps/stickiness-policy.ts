// The Lambda that walks stickiness policy steps. A function of its own, so that its role allows this resource's calls only.
import { classicElbClients, classicElbResources } from '@gatehouse/clouds/classic-elb';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => classicElbResources(classicElbClients()));

export const handler = lambda(cloud, walkStep);
