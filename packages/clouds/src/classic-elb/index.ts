// The entry module of this cloud API: its resources by kind, and its preflight.
import type { Resources } from '@gatehouse/core/record/resources';
import type { ElbClients } from './client.ts';
import { policyAttachmentResource } from './policy-attachment.ts';
import { stickinessPolicyResource } from './stickiness-policy.ts';

export { classicElbClients } from './client.ts';
export { elbCollections } from './collections.ts';
export { preflight } from './preflight.ts';

export function classicElbResources(clients: ElbClients): Resources {
  return {
    stickinessPolicy: stickinessPolicyResource(clients),
    policyAttachment: policyAttachmentResource(clients),
  };
}
