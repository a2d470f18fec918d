// What each resource may call on Alibaba Cloud. An installation has one access key for all of them: the RAM policy of its
// user allows all together, each operation as `ga:Operation`, and only the code holds them apart.
import type { Kind } from '@gatehouse/core/ports/kind';

export type AlicloudKind = Extract<
  Kind,
  'alicloudListener' | 'additionalCertificate' | 'alicloudEndpointGroup' | 'forwardingRule'
>;

/** Of an instance that is busy, or locked. */
const INSTANCE = ['DescribeAccelerator'];

export const OPERATIONS: Record<AlicloudKind, readonly string[]> = {
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
};

/** The preflight, and how near a request comes to the quotas. */
export const PREFLIGHT: readonly string[] = [
  ...INSTANCE,
  'ListListeners',
  'ListEndpointGroups',
  'ListForwardingRules',
  'ListListenerCertificates',
];
