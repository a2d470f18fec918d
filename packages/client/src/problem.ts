// The errors of a call: a problem that Gatehouse answered (RFC 9457), or no answer at all.

export interface ValidationIssue {
  /** A JSON pointer (RFC 6901) into the request; '' is the whole request. */
  pointer: string;
  detail: string;
}

/** Gatehouse refused the call. `message` can be shown to people. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** A stable code for programs: `EntryPointExists`, `InvalidRequest`, ... */
  readonly code: string;
  /** Whether the same request can succeed later. */
  readonly retryable: boolean;
  readonly errors: readonly ValidationIssue[];
  /** The body of the answer. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const members: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
    const { code, title, detail, message, retryable, errors } = members;
    // API Gateway and proxies do not answer with problems as RFC 9457 defines them.
    const text = [detail, message, title, body].find(each => typeof each === 'string' && each !== '');
    super(typeof text === 'string' ? text.slice(0, MAX_MESSAGE) : `the answer was ${status}`);
    this.status = status;
    this.code = typeof code === 'string' ? code : `Http${status}`;
    this.retryable = typeof retryable === 'boolean' ? retryable : status === 429 || status >= 502;
    this.errors = Array.isArray(errors) ? errors : [];
    this.body = body;
  }
}

/** The body can be an HTML page of a proxy. */
const MAX_MESSAGE = 500;

/** No answer after all retries. The request may have arrived, unless `unsent` is true. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly unsent: boolean;

  constructor(message: string, { unsent, cause }: { unsent: boolean; cause: unknown }) {
    super(message, { cause });
    this.unsent = unsent;
  }
}
