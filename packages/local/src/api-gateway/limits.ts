// The checks of API Gateway in front of every route, as far as they are configured: it answers preflights of allowed
// origins, and throttles. As in AWS, its own answers are not problems (RFC 9457).
import type { Cors } from '@gatehouse/functions/api/cors';
import type { Answer, WireRequest, WireResponse } from '@gatehouse/twins/http/wire';

/** API Gateway's own text, for answers without a Lambda function. */
export function own(status: number, message: string): WireResponse {
  const headers = { 'content-type': 'application/json', 'apigw-requestid': crypto.randomUUID() };
  return { status, headers, body: JSON.stringify({ message }) };
}

/** A token bucket: its size, and its refill per second. Setting the clock back removes no tokens. */
export function throttle({ perSecond, burst }: { perSecond: number; burst: number }, nowMs: () => number) {
  let left = burst;
  let at = nowMs();
  return {
    take(): boolean {
      const now = nowMs();
      left = Math.min(burst, left + (Math.max(now - at, 0) / 1000) * perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/** The answer to a preflight; undefined for other requests and for origins that are not allowed. */
export function preflight(cors: Cors | undefined, { method, headers }: WireRequest): Answer | undefined {
  if (!cors || method !== 'OPTIONS' || !headers['access-control-request-method']) return undefined;
  const allowed = corsHeaders(cors, headers['origin']);
  if (Object.keys(allowed).length === 0) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': cors.allowMethods.join(','),
      'access-control-allow-headers': cors.allowHeaders.join(','),
      'access-control-max-age': String(cors.maxAgeSeconds),
    },
    body: '',
  };
}

/** The headers that allow a page to read the answer; none for an origin that is not allowed. */
export function corsHeaders(cors: Cors | undefined, origin: string | undefined): Record<string, string> {
  if (!cors || !origin || !cors.allowOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': cors.exposeHeaders.join(','),
    vary: 'origin',
  };
}
