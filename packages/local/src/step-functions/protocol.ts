// awsJson1_0 on the wire: what a request must be before an operation sees it, and how answers and errors
// look. An error is a `WireError` with the name the SDK matches; anything else becomes a 500, which the
// SDK retries.
import { randomUUID } from 'node:crypto';
import { signedFor, type WireRequest, type WireResponse } from '../wire.ts';
import { isObject } from './json.ts';

export class WireError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export interface Call {
  operation: string;
  body: Record<string, unknown>;
}

const targetPrefix = 'AWSStepFunctions.';

export function callOf(request: WireRequest): Call {
  if (signedFor(request.headers)?.service !== 'states')
    throw new WireError('MissingAuthenticationToken', 'The request is not signed for states', 403);
  const target = request.headers['x-amz-target'] ?? '';
  if (request.method !== 'POST' || !target.startsWith(targetPrefix)) throw unknownOperation(target);
  return { operation: target.slice(targetPrefix.length), body: bodyOf(request.body) };
}

export function unknownOperation(name: string): WireError {
  return new WireError('UnknownOperationException', `Unknown operation: ${name}`);
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // Answered below like any other body that is no object.
  }
  throw new WireError('SerializationException', 'The body is not a JSON object');
}

export function accepted(body: object): WireResponse {
  return response(200, body);
}

export function refused(error: unknown): WireResponse {
  if (error instanceof WireError)
    return response(error.status, { __type: error.name, message: error.message });
  return response(500, { __type: 'InternalFailure', message: String(error) });
}

function response(status: number, body: object): WireResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
  return { status, headers, body: JSON.stringify(body) };
}
