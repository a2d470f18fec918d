// The traffic of the local port: one HTTP request in, one answer out, as plain data, so that the same service runs
// behind a socket and, in tests, directly behind an SDK client.

export interface WireRequest {
  method: string;
  /** Path with its query, as on the request line. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The body as bytes, if they are not UTF-8 text. */
  bytes?: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How much later than the headers the body arrives, if there is a network between them. */
  bodyDelayMs?: number;
}

/** `dropped`: the connection closes without an answer. */
export type Answer = WireResponse | 'dropped';

export type WireService = (request: WireRequest) => Promise<Answer>;

/**
 * The service that a request is signed for, from the SigV4 credential scope
 * (`Credential=<key>/<date>/<region>/<service>/aws4_request`), with its region.
 */
export function signedFor(headers: Record<string, string>): { service: string; region: string } | undefined {
  const scope = /Credential=[^/=]+\/\d{8}\/([^/=]+)\/([^/=]+)\/aws4_request/.exec(
    headers['authorization'] ?? '',
  );
  return scope?.[1] && scope[2] ? { region: scope[1], service: scope[2] } : undefined;
}
