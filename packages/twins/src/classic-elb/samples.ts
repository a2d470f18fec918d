// The policies that AWS shows if no load balancer is named: predefined TLS settings. A listener cannot enable them; a
// load balancer can have policies of its own with these names.
import type { Policy } from './state.ts';

export const samplePolicies: readonly Policy[] = [
  tlsPolicy('ELBSecurityPolicy-2016-08', ['Protocol-TLSv1', 'Protocol-TLSv1.1', 'Protocol-TLSv1.2']),
  tlsPolicy('ELBSecurityPolicy-TLS-1-1-2017-01', ['Protocol-TLSv1.1', 'Protocol-TLSv1.2']),
  tlsPolicy('ELBSecurityPolicy-TLS-1-2-2017-01', ['Protocol-TLSv1.2']),
  tlsPolicy('ELBSample-ELBDefaultNegotiationPolicy', [
    'Protocol-TLSv1',
    'Protocol-TLSv1.1',
    'Protocol-TLSv1.2',
  ]),
];

function tlsPolicy(PolicyName: string, protocols: string[]): Policy {
  const on = [...protocols, 'Server-Defined-Cipher-Order', 'ECDHE-RSA-AES128-GCM-SHA256'];
  return {
    PolicyName,
    PolicyTypeName: 'SSLNegotiationPolicyType',
    PolicyAttributeDescriptions: on.map(AttributeName => ({ AttributeName, AttributeValue: 'true' })),
  };
}
