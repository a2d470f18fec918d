// The Lambda function that walks policy attachment steps. It bundles the code of this resource kind only, so that its
// role allows only the calls of this kind.
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { policyAttachmentResource } from '@gatehouse/clouds/classic-elb/policy-attachment';
import { withResources } from '../cloud-ports.ts';
import { lambda } from '../lambda.ts';
import { walkStep } from './walk-step.ts';

const cloud = withResources(() => ({ policyAttachment: policyAttachmentResource(classicElbClients()) }));

export const handler = lambda(cloud, walkStep);
