// Quotas that a request would come near to. Only their defaults are known here: a cloud raises most of them for an account
// on demand, so being near is a warning and never a refusal.

/** From which share of a quota on people want to know. */
const NEAR = 0.8;

export interface Quota {
  /** As a sentence ends: `listeners on accelerator arn:...`. */
  of: string;
  most: number;
  /** How many there are, and how many there will be at most while the request is served. */
  now: number;
  after: number;
  /** Unsaid, the cloud raises it on demand. */
  fixed?: true;
  /** Unsaid, AWS. */
  cloud?: string;
}

/** More than the default stands already: it has been raised, to what is not known. */
export function nearQuota({ of, most, now, after, fixed, cloud = 'AWS' }: Quota): string[] {
  if (after < most * NEAR || now > most) return [];
  return [
    `${after} ${of}, of ${most} that ${fixed ? 'there can be' : `${cloud} allows unless it was asked for more`}`,
  ];
}
