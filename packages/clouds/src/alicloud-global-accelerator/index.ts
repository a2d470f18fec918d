// The entry module of this cloud API: its resources by kind, its preflight, its warnings.
import type { Resources } from '@gatehouse/core/record/resources';
import { additionalCertificateResource } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { endpointGroupResource } from './endpoint-group.ts';
import { forwardingRuleResource } from './forwarding-rule.ts';
import { listenerResource } from './listener.ts';

export { type AlicloudConfig, alicloudClient, fixedKey } from './client.ts';
export { collections } from './collections.ts';
export { preflight } from './preflight.ts';
export { warnings } from './warnings.ts';

export function alicloudResources(client: GaClient): Resources {
  return {
    alicloudListener: listenerResource(client),
    additionalCertificate: additionalCertificateResource(client),
    alicloudEndpointGroup: endpointGroupResource(client),
    forwardingRule: forwardingRuleResource(client),
  };
}
