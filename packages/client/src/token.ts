// Sends requests with the caller's token (JWT), for a deployment that accepts tokens instead of signatures. Each attempt gets
// the token again, because it can expire in between. No error contains the token.

export type Token = string | (() => string | Promise<string>);

/** The token syntax of RFC 6750, 2.1. */
const BEARER = /^[\w.~+/-]+=*$/;

export function withToken(token: Token): (request: Request) => Promise<Request> {
  return async request => {
    const now = typeof token === 'string' ? token : await token();
    if (!BEARER.test(now)) throw new Error(`the token ${wrong(now)}; it must be a JWT without "Bearer"`);
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${now}`);
    return new Request(request, { headers });
  };
}

function wrong(token: unknown): string {
  if (typeof token !== 'string') return `is not a string (${typeof token})`;
  return token === '' ? 'is empty' : 'contains characters that are not allowed, such as spaces';
}
