// A proxy to Gatehouse that fails on demand: a real HTTP server that forwards requests.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

/**
 * pass: no failure. drop: the connection closes before the request is forwarded. lose: it closes afterwards, without an answer.
 * cut: it closes in the middle of the answer. An object replaces the answer of Gatehouse.
 */
export type Mishap =
  | 'pass'
  | 'drop'
  | 'lose'
  | 'cut'
  | { status: number; headers?: Record<string, string>; body?: string };

export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  atMs: number;
}

export interface UnreliableProxy {
  url: string;
  /** Every request, in order. */
  seen: Seen[];
  /** The failures of the next requests, one each. */
  mishaps: Mishap[];
}

/** `forwarded` changes a request before it is forwarded. */
export async function unreliableProxy(
  t: TestContext,
  to: string,
  forwarded: (seen: Seen) => Seen = same,
): Promise<UnreliableProxy> {
  const seen: Seen[] = [];
  const mishaps: Mishap[] = [];
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = incoming;
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const request = { method, path, headers, body: await text(incoming), atMs: Date.now() };
    seen.push(request);
    const mishap = mishaps.shift();
    if (mishap === 'drop') return void incoming.socket.destroy();
    if (typeof mishap === 'object') {
      outgoing.writeHead(mishap.status, mishap.headers).end(mishap.body);
      return;
    }
    const { host: _, connection: __, 'content-length': ___, ...rest } = forwarded(request).headers;
    const answer = await fetch(`${to}${path}`, {
      method,
      headers: rest,
      ...(request.body ? { body: request.body } : {}),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (mishap === 'lose') return void incoming.socket.destroy();
    const { 'content-length': ____, ...kept } = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, {
      ...kept,
      ...(body.length > 0 ? { 'content-length': body.length } : {}),
    });
    if (mishap !== 'cut') return void outgoing.end(body);
    outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the proxy has no port');
  return { url: `http://127.0.0.1:${address.port}`, seen, mishaps };
}

function same(seen: Seen): Seen {
  return seen;
}
