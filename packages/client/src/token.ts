// Requests with a token of the caller's (JWT), for a Gatehouse that takes those instead of signatures. It is asked for
// anew for each try, as it may be over by then, and stands in no error.

export type Token = string | (() => string | Promise<string>);

/** RFC 6750, 2.1: what a header can carry without being taken for something else. */
const BEARER = /^[\w.~+/-]+=*$/;

export function withToken(token: Token): (request: Request) => Promise<Request> {
  return async request => {
    const now = typeof token === 'string' ? token : await token();
    if (!BEARER.test(now)) throw new Error(`the token ${wrong(now)}; it is a JWT, without "Bearer"`);
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${now}`);
    return new Request(request, { headers });
  };
}

function wrong(token: unknown): string {
  if (typeof token !== 'string') return `is no text (${typeof token})`;
  return token === '' ? 'is empty' : 'has characters that no token has, such as spaces';
}
