// Every program on the machine can reach this port without an identity, and a browser lets every web page reach it. This check
// in front of everything refuses pages of origins that are not allowed. It also refuses host names other than this machine's,
// with which a page can pretend to have our origin (DNS rebinding). Other programs do not send these headers.
import { problem } from '@gatehouse/functions/api/problem';
import type { WireRequest, WireResponse } from '@gatehouse/twins/http/wire';

type Head = Omit<WireRequest, 'body'>;

/** The refusal of a request; undefined if the request is allowed. */
export function foreignPages(allowOrigins: readonly string[]): (head: Head) => WireResponse | undefined {
  return head => {
    const reason = otherName(head) ?? otherOrigin(head, allowOrigins);
    return reason === undefined ? undefined : refused(reason);
  };
}

const OF_THIS_MACHINE = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

function otherName({ headers: { host = '' } }: Head): string | undefined {
  if (OF_THIS_MACHINE.test(host)) return undefined;
  return `the request is for the host "${host}"; the local stack only accepts 127.0.0.1 and localhost`;
}

function otherOrigin({ method, headers }: Head, allowOrigins: readonly string[]): string | undefined {
  const { host, origin } = headers;
  if (origin !== undefined) {
    if (origin === `http://${host}` || allowOrigins.includes(origin)) return undefined;
    return `pages of ${origin} are not allowed; to allow them, start with --cors-origin ${origin}`;
  }
  // Embedded resources and links have no origin. Links that a person follows are allowed.
  const followed = headers['sec-fetch-mode'] === 'navigate' && method === 'GET';
  const site = headers['sec-fetch-site'] ?? 'none';
  if (followed || site === 'none' || site === 'same-origin') return undefined;
  return 'pages of other origins are not allowed; to allow an origin, start with --cors-origin';
}

function refused(detail: string): WireResponse {
  const { status, headers = {}, body } = problem('NotAllowed', detail);
  const id = crypto.randomUUID();
  return {
    status,
    headers: {
      ...headers,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
    },
    body: JSON.stringify({ ...Object(body), instance: `urn:gatehouse:request:${id}` }),
  };
}
