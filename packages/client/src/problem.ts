// What a call can end with instead of its answer: a problem that Gatehouse tells (RFC 9457), or no answer at all.

export interface Mistake {
  /** JSON pointer (RFC 6901) into the request; '' is the whole. */
  pointer: string;
  detail: string;
}

/** Gatehouse answered, and the answer is no. `message` is fit to show. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable, for programs: `EntryPointExists`, `InvalidRequest`, ... */
  readonly code: string;
  /** Whether the same request again may go well. */
  readonly retryable: boolean;
  readonly errors: readonly Mistake[];
  /** The answer as it came. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const told: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
    const { code, title, detail, message, retryable, errors } = told;
    // API Gateway's own answers and those of proxies are no problems in the sense of the RFC.
    const says = [detail, message, title, body].find(each => typeof each === 'string' && each !== '');
    super(typeof says === 'string' ? says.slice(0, MAX_MESSAGE) : `the answer was ${status}`);
    this.status = status;
    this.code = typeof code === 'string' ? code : `Http${status}`;
    this.retryable = typeof retryable === 'boolean' ? retryable : status === 429 || status >= 502;
    this.errors = Array.isArray(errors) ? errors : [];
    this.body = body;
  }
}

/** A page of HTML from a proxy is no message. */
const MAX_MESSAGE = 500;

/** Nothing came back, however often it was tried. Whether the request arrived is not known, unless `unsent` says no. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly unsent: boolean;

  constructor(message: string, { unsent, cause }: { unsent: boolean; cause: unknown }) {
    super(message, { cause });
    this.unsent = unsent;
  }
}
