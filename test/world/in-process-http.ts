// A service directly behind Node's own HTTP client, without a socket, for SDKs without a request handler: the service
// gets each request to its host, and the client reads the answer as if it had come over the network. Other hosts are
// not affected.
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { Answer, WireRequest } from '@gatehouse/twins/http/wire';

type Service = (request: WireRequest) => Promise<Answer>;

const services = new Map<string, Service>();
const { request: overTheNetwork } = http;
let hosts = 0;

/** Registers the service and returns the host name that reaches it. */
export function inProcess(service: Service): string {
  hosts += 1;
  const host = `service-${hosts}.test`;
  services.set(host, service);
  http.request = ((options: RequestOptions, ...rest: []) => {
    const found = services.get(options.host ?? '');
    return found ? sent(found, options) : overTheNetwork(options, ...rest);
  }) as typeof http.request;
  return host;
}

/** The part of Node's request that clients use: a body to write, then a response or an error. */
function sent(service: Service, { method = 'GET', path = '/', headers = {} }: RequestOptions): ClientRequest {
  const chunks: Buffer[] = [];
  const request = new Writable({
    write(chunk: Buffer, _encoding, written) {
      chunks.push(Buffer.from(chunk));
      written();
    },
    final(ended) {
      ended();
      const body = Buffer.concat(chunks).toString('utf8');
      service({ method, path: path ?? '/', headers: lowerCased({ ...headers }), body }).then(
        answer => answerWith(answer),
        (error: Error) => request.emit('error', error),
      );
    },
  });
  function answerWith(answer: Answer): void {
    if (answer === 'dropped') {
      request.emit('error', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      return;
    }
    const response = Readable.from([Buffer.from(answer.body)]);
    const read = { statusCode: answer.status, headers: answer.headers, req: request, socket: {} };
    request.emit('response', Object.assign(response, read) as unknown as IncomingMessage);
  }
  return Object.assign(request, { abort() {} }) as unknown as ClientRequest;
}

function lowerCased(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
