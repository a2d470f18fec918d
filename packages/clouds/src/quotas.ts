// Warnings about quotas that a request comes close to. Only their defaults are known here: a cloud raises most of them on
// demand, so the result is a warning and never an error.

/** The share of a quota that triggers a warning. */
const NEAR = 0.8;

export interface Quota {
  /** The counted objects, for the message: `listeners on accelerator arn:...`. */
  of: string;
  most: number;
  /** The current number, and the maximum while the request is served. */
  now: number;
  after: number;
  /** If absent, the cloud raises the quota on demand. */
  fixed?: true;
  /** AWS by default. */
  cloud?: string;
}

/** A current number above the default means that the quota was raised to an unknown value: no warning. */
export function nearQuota({ of, most, now, after, fixed, cloud = 'AWS' }: Quota): string[] {
  if (after < most * NEAR || now > most) return [];
  return [`${after} ${of}, close to the ${fixed ? 'fixed' : `default ${cloud}`} quota of ${most}`];
}
