// The members of a listener of Alibaba Cloud Global Accelerator, and of its additional certificates.
import type { MemberTable } from '../member-table.ts';

export const MAX_PORT_RANGES = 30;
/** The one that a listener of HTTPS has for itself. */
export const MAX_CERTIFICATES = 1;
/** Per listener. */
export const MAX_ADDITIONAL_CERTIFICATES = 25;

const PORT_RANGE = {
  fromPort: { wire: 'FromPort' },
  toPort: { wire: 'ToPort' },
} as const satisfies MemberTable;

const CERTIFICATE = { id: { wire: 'Id' } } as const satisfies MemberTable;

const HEADERS = {
  xForwardedForGaIdEnabled: { wire: 'XForwardedForGaIdEnabled', default: false },
  xForwardedForGaApEnabled: { wire: 'XForwardedForGaApEnabled', default: false },
  xForwardedForProtoEnabled: { wire: 'XForwardedForProtoEnabled', default: false },
  xForwardedForPortEnabled: { wire: 'XForwardedForPortEnabled', default: false },
  xRealIpEnabled: { wire: 'XRealIpEnabled', default: false },
} as const satisfies MemberTable;

const OF_HTTP = { protocol: ['HTTP', 'HTTPS'] } as const;
const OF_HTTPS = { protocol: ['HTTPS'] } as const;

export const ALICLOUD_LISTENER = {
  acceleratorId: { wire: 'AcceleratorId', createOnly: true },
  name: { wire: 'Name', default: '' },
  description: { wire: 'Description', default: '' },
  protocol: { wire: 'Protocol' },
  portRanges: { wire: 'PortRanges', items: PORT_RANGE, compare: 'mergedPorts' },
  clientAffinity: { wire: 'ClientAffinity', default: 'NONE' },
  certificates: { wire: 'Certificates', items: CERTIFICATE, default: [], when: OF_HTTPS },
  additionalCertificates: { carriedBy: 'additionalCertificate' },
  securityPolicyId: { wire: 'SecurityPolicyId', when: OF_HTTPS },
  httpVersion: { wire: 'HttpVersion', default: 'http2', when: OF_HTTPS },
  idleTimeout: {
    wire: 'IdleTimeout',
    defaultBy: { member: 'protocol', values: { TCP: 900, UDP: 20, HTTP: 15, HTTPS: 15 } },
  },
  requestTimeout: { wire: 'RequestTimeout', default: 60, when: OF_HTTP },
  xForwardedForConfig: { wire: 'XForwardedForConfig', members: HEADERS, when: OF_HTTP },
} as const satisfies MemberTable;

/** Another domain means another certificate. */
export const ADDITIONAL_CERTIFICATE = {
  domain: { wire: 'Domain', naturalKey: true },
  id: { wire: 'Id' },
} as const satisfies MemberTable;
