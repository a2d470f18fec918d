// A fetch that asks again: after a lost connection, a throttle or a busy server, as long as there is patience, and no
// sooner than the answer's Retry-After says. What could happen twice is sent again only if it cannot have arrived.
import ky, { HTTPError, isNetworkError, isTimeoutError } from 'ky';
import { NoAnswer, Problem } from './problem.ts';

export interface Patience {
  /** For how long after its first failure a call is tried again. */
  patienceSeconds: number;
  /** Told before each further try; `because` is fit to show. */
  onRetry?: ((because: string) => void) | undefined;
}

/** API Gateway gives up at 29 seconds; an answer that Gatehouse holds back comes before that. */
const TIMEOUT_MS = 30_000;
const LONGEST_PAUSE_MS = 5_000;
const BUSY = [429, 502, 503, 504];

/** `send` makes one attempt, with its own signature. */
export function patientFetch(
  send: (request: Request) => Promise<Response>,
  { patienceSeconds, onRetry }: Patience,
): (request: Request) => Promise<Response> {
  return async request => {
    let givesUpAt: number | undefined;
    const inTime = (error: Error): boolean => {
      givesUpAt ??= Date.now() + patienceSeconds * 1000;
      return Date.now() + retryAfterMs(error) < givesUpAt;
    };
    try {
      return await ky(request, {
        fetch: input => wholeAnswer(send(new Request(input))),
        timeout: TIMEOUT_MS,
        throwHttpErrors: status => BUSY.includes(status),
        retry: {
          limit: Number.MAX_SAFE_INTEGER,
          methods: ['get', 'post'],
          statusCodes: BUSY,
          afterStatusCodes: BUSY,
          backoffLimit: Math.min(LONGEST_PAUSE_MS, patienceSeconds * 1000),
          jitter: true,
          retryOnTimeout: true,
          shouldRetry: ({ error }) => {
            if (!mayRepeat(request, error) || !inTime(error)) return false;
            onRetry?.(reasonOf(error));
            return undefined;
          },
        },
      });
    } catch (error) {
      if (error instanceof HTTPError) return answerOf(error);
      if (!isLost(error)) throw error;
      const { origin } = new URL(request.url);
      throw new NoAnswer(`${origin} gave no answer: ${reasonOf(error)}`, {
        unsent: neverArrived(error),
        cause: error,
      });
    }
  };
}

/** A connection that is lost in the middle of an answer is lost too; what is no JSON no Gatehouse has answered. */
async function wholeAnswer(sent: Promise<Response>): Promise<Response> {
  const { ok, status, url, headers, body } = await sent;
  const bytes = body && (await new Response(body).arrayBuffer());
  const type = headers.get('content-type') ?? 'nothing';
  if (ok && !type.includes('json'))
    throw new Problem(status, {
      code: 'NotJson',
      detail: `${new URL(url).origin} answered ${type}, not JSON`,
    });
  return new Response(bytes, { status, headers });
}

/** As it came, after ky has read it. */
function answerOf({ response: { status, headers }, data }: HTTPError): Response {
  const body = typeof data === 'string' ? data : JSON.stringify(data);
  return new Response(body, { status, headers });
}

/** A job is made once per idempotency key; a plan and a look change nothing. */
function mayRepeat({ method, headers, url }: Request, error: Error): boolean {
  const harmless = method === 'GET' || headers.has('idempotency-key') || url.endsWith('/plans');
  if (error instanceof HTTPError) return harmless || error.response.status === 429;
  return isLost(error) && (harmless || neverArrived(error));
}

/** All else is a mistake of ours or of who signs. */
function isLost(error: unknown): error is Error {
  return isNetworkError(error) || isTimeoutError(error);
}

const NEVER_ARRIVED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

function neverArrived(error: Error): boolean {
  return NEVER_ARRIVED.includes(codeOf(rootOf(error)) ?? '');
}

function reasonOf(error: Error): string {
  if (error instanceof HTTPError) return `it answered ${error.response.status}`;
  if (isTimeoutError(error)) return `nothing within ${TIMEOUT_MS / 1000} seconds`;
  const root = rootOf(error);
  return root.message || codeOf(root) || error.message;
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(error: Error): number {
  const told = error instanceof HTTPError ? error.response.headers.get('retry-after') : null;
  if (told === null) return 0;
  const seconds = Number(told);
  return Number.isNaN(seconds) ? Date.parse(told) - Date.now() : seconds * 1000;
}
