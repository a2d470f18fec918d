// A fetch that retries for a limited time: after a lost connection, throttling or an unavailable server, and not before
// Retry-After. A call that is not idempotent is sent again only if it cannot have arrived.
import ky, { HTTPError, isNetworkError, isTimeoutError } from 'ky';
import { NoAnswer, Problem } from './problem.ts';

export interface RetryOptions {
  /** How long a call is retried after its first failure. */
  retryForSeconds: number;
  /** Called before each retry, with a reason that can be shown to people. */
  onRetry?: ((reason: string) => void) | undefined;
}

/** API Gateway times out after 29 seconds; Gatehouse answers a waiting call before that. */
const TIMEOUT_MS = 30_000;
const MAX_BACKOFF_MS = 5_000;
const RETRIED_STATUSES = [429, 502, 503, 504];

/** `send` makes one attempt with its own signature. */
export function retryingFetch(
  send: (request: Request) => Promise<Response>,
  { retryForSeconds, onRetry }: RetryOptions,
): (request: Request) => Promise<Response> {
  return async request => {
    let givesUpAt: number | undefined;
    const inTime = (error: Error): boolean => {
      givesUpAt ??= Date.now() + retryForSeconds * 1000;
      return Date.now() + retryAfterMs(error) < givesUpAt;
    };
    try {
      return await ky(request, {
        // A redirect would take credentials and request to an address that nobody has named.
        fetch: input =>
          wholeAnswer(send(new Request(input, { redirect: 'manual' })), new URL(request.url).origin),
        timeout: TIMEOUT_MS,
        throwHttpErrors: status => RETRIED_STATUSES.includes(status),
        retry: {
          limit: Number.MAX_SAFE_INTEGER,
          methods: ['get', 'post'],
          statusCodes: RETRIED_STATUSES,
          afterStatusCodes: RETRIED_STATUSES,
          backoffLimit: Math.min(MAX_BACKOFF_MS, retryForSeconds * 1000),
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
      throw new NoAnswer(`no answer from ${origin}: ${reasonOf(error)}`, {
        unsent: neverArrived(error),
        cause: error,
      });
    }
  };
}

/** Above the limit of API Gateway for an answer. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Reads the whole body, because the connection can fail in the middle of it. An answer other than JSON is not from Gatehouse. */
async function wholeAnswer(sent: Promise<Response>, origin: string): Promise<Response> {
  const { ok, status, headers, body } = await sent;
  const to = headers.get('location');
  if (status >= 300 && status < 400 && to !== null)
    throw new Problem(status, {
      code: 'Redirected',
      detail: `${origin} redirects to ${to}, and redirects are not followed; give the URL of Gatehouse itself`,
    });
  const bytes = body && (await bytesOf(body, origin));
  const type = headers.get('content-type') ?? 'nothing';
  if (ok && !type.includes('json'))
    throw new Problem(status, { code: 'NotJson', detail: `${origin} answered with ${type} instead of JSON` });
  return new Response(bytes, { status, headers });
}

async function bytesOf(body: ReadableStream<Uint8Array>, origin: string): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  // Not every browser can iterate over a stream.
  const reader = body.getReader();
  for (;;) {
    const { done, value: chunk } = await reader.read();
    if (done) break;
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw new Problem(502, {
        code: 'AnswerTooLarge',
        detail: `${origin} answers with more than ${MAX_ANSWER_BYTES} bytes`,
        retryable: false,
      });
    }
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks);
}

/** Restores the answer that ky has read. */
function answerOf({ response: { status, headers }, data }: HTTPError): Response {
  const body = typeof data === 'string' ? data : JSON.stringify(data);
  return new Response(body, { status, headers });
}

/** An idempotency key allows one job only; a plan and a read change nothing. */
function mayRepeat({ method, headers, url }: Request, error: Error): boolean {
  const isIdempotent = method === 'GET' || headers.has('idempotency-key') || url.endsWith('/plans');
  if (error instanceof HTTPError) return isIdempotent || error.response.status === 429;
  return isLost(error) && (isIdempotent || neverArrived(error));
}

/** Any other error comes from this code or from the signing. */
function isLost(error: unknown): error is Error {
  return isNetworkError(error) || isTimeoutError(error);
}

const NEVER_ARRIVED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

function neverArrived(error: Error): boolean {
  return NEVER_ARRIVED.includes(codeOf(rootOf(error)) ?? '');
}

function reasonOf(error: Error): string {
  if (error instanceof HTTPError) return `status ${error.response.status}`;
  if (isTimeoutError(error)) return `no answer within ${TIMEOUT_MS / 1000} seconds`;
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
  const retryAfter = error instanceof HTTPError ? error.response.headers.get('retry-after') : null;
  if (retryAfter === null) return 0;
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
}
