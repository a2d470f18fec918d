// The outputs of a cloud resource: what callers need to reach it, besides its id. They are data for people and programs;
// no decision of Gatehouse depends on them.

export interface Outputs {
  /** The DNS name at which clients reach it. */
  dnsName?: string;
  /** The DNS name that also resolves to IPv6 addresses. */
  dualStackDnsName?: string;
  /** The Route 53 hosted zone of its DNS names, for alias records. */
  hostedZoneId?: string;
  /** Addresses that stay as long as it exists, IPv4 first. */
  staticAddresses?: string[];
}

/** The length of a DNS name, which is longer than any other output. */
export const MAX_OUTPUT_LENGTH = 253;
/** Global Accelerator gives two addresses of each family. */
export const MAX_STATIC_ADDRESSES = 4;
