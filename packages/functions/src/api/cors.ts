// What a page of another origin may do, where an installation lets any in: without that, CORS is off. API Gateway
// answers preflights itself, from this; the functions know nothing of it.

/** Methods, and headers that a page may send and read. */
const CORS = {
  allowMethods: ['GET', 'POST'] as ('GET' | 'POST')[],
  allowHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'prefer',
    'x-amz-content-sha256',
    'x-amz-date',
    'x-amz-security-token',
  ],
  exposeHeaders: [
    'allow',
    'etag',
    'idempotent-replayed',
    'location',
    'preference-applied',
    'retry-after',
    'x-request-id',
  ],
  maxAgeSeconds: 600,
};

export type Cors = typeof CORS & { allowOrigins: string[] };

/** Undefined, CORS is off. An origin is scheme, host and port, such as `https://console.example.com`. */
export function corsOf(allowOrigins: readonly string[]): Cors | undefined {
  return allowOrigins.length > 0 ? { ...CORS, allowOrigins: [...allowOrigins] } : undefined;
}
