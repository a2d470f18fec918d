// The Lambda handler of a route: an API Gateway HTTP API event in, an answer out. Errors become
// RFC 9457 problems, so no input of a caller can end a function without an answer.
import { isUtf8 } from 'node:buffer';
import { shortened } from '@gatehouse/core/json/validation-issues';
import { RetryableError, toStepError } from '@gatehouse/core/ports/errors';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import manifest from '../../package.json' with { type: 'json' };
import { chain } from '../chain.ts';
import { log, logAbout } from '../logger.ts';
import type { ApiAnswer } from './answer.ts';
import { callerOf } from './caller.ts';
import { noEntryPoint, noJob, PROBLEM_TYPE, problem } from './problem.ts';

export interface ApiRequest {
  /** Account and role, without the session name. */
  caller: string;
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  query: Record<string, string>;
  parameters: Record<string, string>;
  body: string;
}

export type Route<P> = (ports: P, request: ApiRequest) => Promise<ApiAnswer>;

/** A route for callers whose identity API Gateway has verified. */
export function http<P>(world: () => P, route: Route<P>) {
  return answering(async event => {
    const caller = callerOf(event);
    if (!caller) return problem('Unauthenticated', HOW_TO_AUTHENTICATE);
    const request = requestOf(event, caller);
    return 'status' in request ? request : (notThere(request) ?? (await route(world(), request)));
  });
}

const HOW_TO_AUTHENTICATE =
  'sign the request with an IAM identity (SigV4) or, if this deployment accepts tokens, send one (Authorization: Bearer)';

/** A route for everyone: one of OPEN_ROUTES. */
export function open(route: (request: ApiRequest) => Promise<ApiAnswer>) {
  return answering(async event => {
    const request = requestOf(event, '');
    return 'status' in request ? request : route(request);
  });
}

function answering(respond: (event: APIGatewayProxyEventV2) => Promise<ApiAnswer>) {
  return chain((event: APIGatewayProxyEventV2) => answer(respond, event));
}

async function answer(
  respond: (event: APIGatewayProxyEventV2) => Promise<ApiAnswer>,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { requestId } = event.requestContext;
  return logAbout({ requestId }, async () => {
    const answered = await respond(event).catch(failure);
    log.info('answered', { route: event.routeKey, status: answered.status, caller: callerOf(event) });
    return onWire(answered, requestId);
  });
}

function requestOf(event: APIGatewayProxyEventV2, caller: string): ApiRequest | ApiAnswer {
  const body = bodyOf(event);
  if (body === undefined) {
    const errors = [{ pointer: '', detail: 'is not UTF-8 text' }];
    return problem('InvalidRequest', 'the body is malformed; nothing was changed', { errors });
  }
  return {
    caller,
    method: event.requestContext.http.method,
    path: event.rawPath,
    headers: defined(event.headers),
    query: defined(event.queryStringParameters ?? {}),
    parameters: defined(event.pathParameters ?? {}),
    body,
  };
}

function bodyOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string | undefined {
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, 'base64');
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

const JOB_ID = /^[\w-]{1,64}$/;
const NAME = /^[a-z0-9-]{1,63}$/;

/** An id or name that no job or entry point can have is answered without a read of the table. */
function notThere({ parameters: { id, name } }: ApiRequest): ApiAnswer | undefined {
  if (id !== undefined && !JOB_ID.test(id)) return noJob(shortened(id));
  if (name !== undefined && !NAME.test(name)) return noEntryPoint(shortened(name));
  return undefined;
}

/** A failure of a dependency is retryable; a failure of our own is not. */
function failure(thrown: unknown): ApiAnswer {
  const error = toStepError(thrown);
  log.error('a request could not be answered', { error });
  if (!(error instanceof RetryableError))
    return problem('InternalFailure', 'Gatehouse failed; its log has the cause');
  const answer = problem(
    'ServiceUnavailable',
    'a service that Gatehouse depends on did not answer; send the same request again',
  );
  return { ...answer, headers: { ...answer.headers, 'retry-after': '2' } };
}

/** They keep a browser from running, embedding, sniffing or passing on an answer. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

function onWire(
  { status, headers = {}, body, text }: ApiAnswer,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const isProblem = headers['content-type'] === PROBLEM_TYPE;
  const content = isProblem ? { ...Object(body), instance: `urn:gatehouse:request:${requestId}` } : body;
  const json = content === undefined ? undefined : JSON.stringify(content);
  return {
    statusCode: status,
    headers: {
      ...SECURITY_HEADERS,
      'x-request-id': requestId,
      'x-gatehouse-version': manifest.version,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text === undefined ? (json === undefined ? {} : { body: json }) : { body: text }),
  };
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
