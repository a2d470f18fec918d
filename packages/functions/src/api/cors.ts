// What web pages of other origins can do, if a deployment allows any origins; otherwise CORS is off. API Gateway answers
// preflight requests itself from these settings; the functions are not involved.

/** The allowed methods, and the headers that a page can send and read. */
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
    'x-gatehouse-version',
    'x-request-id',
  ],
  maxAgeSeconds: 600,
};

export type Cors = typeof CORS & { allowOrigins: string[] };

/** Undefined: CORS is off. An origin is a scheme, host and port, such as `https://console.example.com`. */
export function corsOf(allowOrigins: readonly string[]): Cors | undefined {
  return allowOrigins.length > 0 ? { ...CORS, allowOrigins: [...allowOrigins] } : undefined;
}
