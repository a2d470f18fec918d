// The Lambda that walks policy attachment steps. A function of its own, with this resource's code
// and no other's, so that its role allows what this resource calls and nothing else.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { policyAttachmentResource } from '@gatehouse/clouds/classic-elb/policy-attachment';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ policyAttachment: policyAttachmentResource(classicElbClients()) }));

export const handler = lambda(cloud, walkStep);
