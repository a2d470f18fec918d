// A service directly behind an AWS SDK client, without a socket: the service gets the SDK's request, and the SDK reads
// the answer as if it had come over the network.
import { Readable } from 'node:stream';
import type { WireService } from '@gatehouse/twins/http/wire';

/** The members of the SDK's request that are read here. */
interface SdkRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

export interface SdkRequestHandler {
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

export function handlerFor(service: WireService): SdkRequestHandler {
  return {
    async handle(request) {
      const answer = await service({
        method: request.method,
        path: request.path + queryOf(request.query ?? {}),
        headers: lowerCased(request.headers),
        body: textOf(request.body),
      });
      if (answer === 'dropped') throw connectionReset();
      const body = Readable.from([Buffer.from(answer.body)]);
      return { response: { statusCode: answer.status, headers: answer.headers, body } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function queryOf(query: Record<string, string | string[] | null>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? ''].flat()) parameters.append(name, each);
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  throw new TypeError('Only a request whose body is text or bytes can be given to a service');
}

/** The error of Node's own http client for a connection that closed without an answer. */
function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'ECONNRESET', code: 'ECONNRESET' });
}
