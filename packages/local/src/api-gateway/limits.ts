// What API Gateway does in front of every route, as far as it is asked for: it answers preflights of pages that are let
// in, and turns away what comes too fast. Its own answers are no problems (RFC 9457), here as there.
import type { Cors } from '@gatehouse/functions/api/cors';
import type { Answer, WireRequest, WireResponse } from '@gatehouse/twins/http/wire';

/** API Gateway's own words, where no Lambda speaks. */
export function own(status: number, message: string): WireResponse {
  const headers = { 'content-type': 'application/json', 'apigw-requestid': crypto.randomUUID() };
  return { status, headers, body: JSON.stringify({ message }) };
}

/** A token bucket: so many at once, and so many more each second. A clock that is set back takes none away. */
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

/** The answer to a preflight; undefined for what is none, or is not let in. */
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

/** What lets a page read the answer; nothing for an origin that is not let in. */
export function corsHeaders(cors: Cors | undefined, origin: string | undefined): Record<string, string> {
  if (!cors || !origin || !cors.allowOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': cors.exposeHeaders.join(','),
    vary: 'origin',
  };
}
