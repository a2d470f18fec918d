// A service behind a real HTTP server, on 127.0.0.1 only. One server serves one port; the service decides which API a
// request is for.
import { isUtf8 } from 'node:buffer';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedFor, type WireRequest, type WireResponse, type WireService } from '@gatehouse/twins/http/wire';
import { own } from '../api-gateway/limits.ts';

export interface HttpService {
  port: number;
  /** Closes open connections too. */
  close(): Promise<void>;
}

export interface HttpOptions {
  port: number;
  maxBodyBytes: number;
  /** The refusal of a request, from its head alone; undefined if it can proceed. */
  refuses?: (head: Omit<WireRequest, 'body'>) => WireResponse | undefined;
  /** HTTP servers that get the requests signed for their service, unchanged. */
  direct?: ReadonlyMap<string, RequestListener>;
}

/** RPC calls of Alibaba Cloud carry their parameters in the request line, which can exceed Node's default of 16 KB. */
const MAX_HEADER_BYTES = 65_536;

export async function serve(service: WireService, options: HttpOptions): Promise<HttpService> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (incoming, outgoing) => {
    // Also of what throws before its first `await`: no request can end the process.
    answer(service, incoming, outgoing, options).catch((error: unknown) => {
      console.error(`${incoming.method} ${incoming.url} failed:`, error);
      if (outgoing.headersSent) outgoing.destroy();
      else send(outgoing, 500, { 'content-type': 'application/json' }, '{"error":"Internal error"}');
    });
  });
  return { port: await listen(server, options.port), close: () => close(server) };
}

async function answer(
  service: WireService,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { maxBodyBytes, refuses, direct }: HttpOptions,
): Promise<void> {
  const refused = refuses?.(lineAndHeaders(incoming));
  if (refused) return send(outgoing, refused.status, refused.headers, refused.body);
  const signed = signedFor({ authorization: incoming.headers.authorization ?? '' });
  const other = signed && direct?.get(signed.service);
  if (other) return other(incoming, outgoing);
  const body = await bodyOf(incoming, maxBodyBytes);
  if (body === 'tooLarge') {
    const { status, headers, body: refusal } = own(413, 'Request Entity Too Large');
    return send(outgoing, status, { ...headers, connection: 'close' }, refusal);
  }
  const text = { body: body.toString('utf8'), ...(isUtf8(body) ? {} : { bytes: body }) };
  const answered = await service({ ...lineAndHeaders(incoming), ...text });
  if (answered === 'dropped') incoming.socket.destroy();
  else if (answered.bodyDelayMs) await sendSlowly(outgoing, answered, answered.bodyDelayMs);
  else send(outgoing, answered.status, answered.headers, answered.body);
}

async function bodyOf(incoming: IncomingMessage, maxBodyBytes: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > maxBodyBytes) {
      // The body is read to its end and dropped: a client that is still writing would miss the answer.
      incoming.resume();
      return 'tooLarge';
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function lineAndHeaders(incoming: IncomingMessage): Omit<WireRequest, 'body'> {
  const headers: Record<string, string> = {};
  // A repeated header has all its values, separated by commas, as API Gateway passes it on.
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (values !== undefined) headers[name] = values.join(',');
  }
  return { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers };
}

function send(outgoing: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function sendSlowly(
  outgoing: ServerResponse,
  { status, headers, body }: WireResponse,
  delayMs: number,
): Promise<void> {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).flushHeaders();
  await sleep(delayMs, undefined, { ref: false });
  outgoing.end(body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
