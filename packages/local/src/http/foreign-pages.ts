// Every program on the machine can reach this port without an identity, and a browser lets every web page reach it. This check
// in front of everything refuses pages of origins that are not allowed, and everything but the API to those that are. It also
// refuses host names other than this machine's, with which a page can pretend to have our origin (DNS rebinding). Other
// programs do not send these headers.
import { problem } from '@gatehouse/functions/api/problem';
import { signedFor, type WireRequest, type WireResponse } from '@gatehouse/twins/http/wire';

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

function otherOrigin(head: Head, allowOrigins: readonly string[]): string | undefined {
  const { host, origin } = head.headers;
  if (origin === `http://${host}`) return undefined;
  if (origin === undefined) return embedded(head);
  if (!allowOrigins.includes(origin))
    return `pages of ${origin} are not allowed; to allow them, start with --cors-origin ${origin}`;
  if (isOfApi(head)) return undefined;
  return `pages of ${origin} can call the API under /v1, and nothing else of the local stack`;
}

/** Links, frames and embedded resources have no origin. A link that a person follows can read the API and its pages. */
function embedded(head: Head): string | undefined {
  const { method, headers } = head;
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return undefined;
  const reads = (method === 'GET' || method === 'HEAD') && isOfApi(head);
  if (site === undefined) return isBrowser(head) && !reads ? WITHOUT_A_PAGE : undefined;
  const isDocument = (headers['sec-fetch-dest'] || 'document') === 'document';
  if (headers['sec-fetch-mode'] === 'navigate' && isDocument && reads) return undefined;
  return 'pages of other origins are not allowed; to allow an origin, start with --cors-origin';
}

const WITHOUT_A_PAGE =
  'a browser that sends no Sec-Fetch-Site header can only read the API; use a newer browser or another program';

/** Browsers without Sec-Fetch headers embed resources without any mark of their page. PowerShell begins its name like theirs. */
function isBrowser({ headers: { 'user-agent': agent = '' } }: Head): boolean {
  return agent.startsWith('Mozilla/') && !agent.includes('PowerShell/');
}

/** A signature, or the parameters of Alibaba Cloud's RPC, address one of the other services, whatever the path is. */
function isOfApi({ path, headers }: Head): boolean {
  const url = URL.parse(path, 'http://127.0.0.1');
  const signed = signedFor(headers);
  if (!url || (signed && signed.service !== 'execute-api')) return false;
  return /^\/(?:v1|docs)(?:\/|$)/.test(url.pathname);
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
