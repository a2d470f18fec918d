// Who reaches this port is not asked who they are, and a browser lets every page of the web reach it. So pages are told
// apart here, in front of everything: one of another origin that was not let in is refused whatever it asks, and so is
// what came under another name than this machine's, which is how a page makes itself look like one of ours (DNS
// rebinding). Programs send none of what is looked at.
import { problem } from '@gatehouse/functions/api/problem';
import type { WireRequest, WireResponse } from '@gatehouse/twins/http/wire';

type Head = Omit<WireRequest, 'body'>;

/** The answer to what may not come in; undefined for what may. */
export function foreignPages(allowOrigins: readonly string[]): (head: Head) => WireResponse | undefined {
  return head => {
    const because = otherName(head) ?? otherOrigin(head, allowOrigins);
    return because === undefined ? undefined : refused(because);
  };
}

const OF_THIS_MACHINE = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

function otherName({ headers: { host = '' } }: Head): string | undefined {
  if (OF_THIS_MACHINE.test(host)) return undefined;
  return `it came for the host "${host}"; a Gatehouse on one machine answers to 127.0.0.1 and localhost only`;
}

function otherOrigin({ method, headers }: Head, allowOrigins: readonly string[]): string | undefined {
  const { host, origin } = headers;
  if (origin !== undefined) {
    if (origin === `http://${host}` || allowOrigins.includes(origin)) return undefined;
    return `pages of ${origin} are not let in; --cors-origin ${origin} does`;
  }
  // Without an origin come what a page embeds, and links: those a person follows.
  const followed = headers['sec-fetch-mode'] === 'navigate' && method === 'GET';
  const site = headers['sec-fetch-site'] ?? 'none';
  if (followed || site === 'none' || site === 'same-origin') return undefined;
  return 'pages of another origin are not let in; --cors-origin names those that are';
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
