// What each resource may call on Alibaba Cloud. An installation has one access key for all of them: the RAM policy of its
// user allows all together, each operation as `ga:Operation`, and only the code holds them apart.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

/** Of an instance that is busy, or locked. */
const INSTANCE = ['DescribeAccelerator'];

export const OPERATIONS = {
  alicloudListener: [
    ...INSTANCE,
    'CreateListener',
    'DescribeListener',
    'ListListeners',
    'UpdateListener',
    'DeleteListener',
    // What others have hung on a listener that is to go.
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
    'TagResources',
    'UntagResources',
    // Rules of others that forward to a group that is to go.
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

/** By kind: what Alibaba Cloud allows goes with its access key, and an AWS role has no part in it. */
export const PERMISSIONS = Object.fromEntries(
  Object.keys(OPERATIONS).map((kind): [string, readonly Permission[]] => [kind, []]),
) as Record<keyof typeof OPERATIONS, readonly Permission[]>;

/** The preflight, and how near a request comes to the quotas. */
export const PREFLIGHT: readonly string[] = [
  ...INSTANCE,
  'ListListeners',
  'ListEndpointGroups',
  'ListForwardingRules',
  'ListListenerCertificates',
];
