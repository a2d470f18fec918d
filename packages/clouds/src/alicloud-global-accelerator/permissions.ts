// The operations of each resource on Alibaba Cloud. An installation has one access key for all of them: the RAM policy of its
// user allows all operations, each as `ga:Operation`. Only the code separates them by resource.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

/** To distinguish a busy instance from a locked one. */
const INSTANCE = ['DescribeAccelerator'];

export const OPERATIONS = {
  alicloudListener: [
    ...INSTANCE,
    'CreateListener',
    'DescribeListener',
    'ListListeners',
    'UpdateListener',
    'DeleteListener',
    // Foreign dependents of a listener that is deleted.
    'ListEndpointGroups',
    'ListForwardingRules',
    'ListListenerCertificates',
    'DeleteForwardingRules',
    'DeleteEndpointGroup',
    'DissociateAdditionalCertificatesFromListener',
  ],
  additionalCertificate: [
    ...INSTANCE,
    'DescribeListener',
    'ListListenerCertificates',
    'AssociateAdditionalCertificatesWithListener',
    'UpdateAdditionalCertificateWithListener',
    'DissociateAdditionalCertificatesFromListener',
  ],
  alicloudEndpointGroup: [
    ...INSTANCE,
    'DescribeListener',
    'CreateEndpointGroup',
    'DescribeEndpointGroup',
    'ListEndpointGroups',
    'UpdateEndpointGroup',
    'DeleteEndpointGroup',
    'GetHealthStatus',
    'TagResources',
    'UntagResources',
    // Rules that forward to a group that is deleted.
    'ListForwardingRules',
    'DeleteForwardingRules',
  ],
  forwardingRule: [
    ...INSTANCE,
    'DescribeListener',
    'ListForwardingRules',
    'CreateForwardingRules',
    'UpdateForwardingRules',
    'DeleteForwardingRules',
  ],
} satisfies Partial<Record<Kind, readonly string[]>>;

/** By kind. Empty, as these permissions belong to the access key and not to an AWS role. */
export const PERMISSIONS = Object.fromEntries(
  Object.keys(OPERATIONS).map((kind): [string, readonly Permission[]] => [kind, []]),
) as Record<keyof typeof OPERATIONS, readonly Permission[]>;

/** The preflight and the quota warnings. */
export const PREFLIGHT: readonly string[] = [
  ...INSTANCE,
  'ListListeners',
  'ListEndpointGroups',
  'ListForwardingRules',
  'ListListenerCertificates',
];
