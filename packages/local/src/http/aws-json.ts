// AWS JSON on the wire: the checks of a request before its operation, and the form of answers and errors. An error is a
// `WireError` with the name that the SDK matches; any other error becomes a 500, which the SDK retries.
import { randomUUID } from 'node:crypto';
import { parseShallowJson } from '@gatehouse/twins/http/shallow-json';
import { signedFor, type WireRequest, type WireResponse } from '@gatehouse/twins/http/wire';

export class WireError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export interface AwsJson {
  /** The service name in the signature. */
  service: string;
  /** The prefix of `X-Amz-Target`, as `AWSStepFunctions` in `AWSStepFunctions.StartExecution`. */
  target: string;
  version: '1.0' | '1.1';
}

export type Body = Record<string, unknown>;

/** Answers with the result of the operation for the request's body, or with the WireError that it throws. */
export function answerAwsJson(
  protocol: AwsJson,
  request: WireRequest,
  operations: Map<string, (body: Body) => object>,
): WireResponse {
  const respond = (status: number, body: object): WireResponse => {
    const type = `application/x-amz-json-${protocol.version}`;
    const headers = { 'content-type': type, 'x-amzn-requestid': randomUUID() };
    return { status, headers, body: JSON.stringify(body) };
  };
  try {
    const { operation, body } = callOf(protocol, request);
    const perform = operations.get(operation);
    if (!perform) throw unknownOperation(operation);
    return respond(200, perform(body));
  } catch (error) {
    if (error instanceof WireError)
      return respond(error.status, { __type: error.name, message: error.message });
    return respond(500, { __type: 'InternalFailure', message: String(error) });
  }
}

function callOf({ service, target }: AwsJson, request: WireRequest): { operation: string; body: Body } {
  if (signedFor(request.headers)?.service !== service)
    throw new WireError('MissingAuthenticationToken', `The request is not signed for ${service}`, 403);
  const named = request.headers['x-amz-target'] ?? '';
  if (request.method !== 'POST' || !named.startsWith(`${target}.`)) throw unknownOperation(named);
  return { operation: named.slice(target.length + 1), body: bodyOf(request.body) };
}

function unknownOperation(name: string): WireError {
  return new WireError('UnknownOperationException', `Unknown operation: ${name}`);
}

function bodyOf(text: string): Body {
  try {
    const body = parseShallowJson(text);
    if (isBody(body)) return body;
  } catch {
    // Refused below, like any other body that is not an object.
  }
  throw new WireError('SerializationException', 'The body is not a JSON object');
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
