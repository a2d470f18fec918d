// One route's Lambda: an API Gateway HTTP API event in, an answer out, on the one middy chain. Errors leave as
// RFC 9457 problems; nothing that a caller sends ends a function without an answer.
import { isUtf8 } from 'node:buffer';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { shortened } from '@gatehouse/core/json/mistakes';
import { RetryableError, toStepError } from '@gatehouse/core/ports/errors';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { log, logAbout, logger } from '../logger.ts';
import type { ApiAnswer } from './answer.ts';
import { callerOf } from './caller.ts';
import { noEntryPoint, noJob, PROBLEM_TYPE, problem } from './problem.ts';

export interface ApiRequest {
  /** Account and role, without the session's name. */
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
  return chain(async event => {
    const caller = callerOf(event);
    if (!caller) return problem('Unauthenticated', WHO_ASKS);
    const request = requestOf(event, caller);
    return 'status' in request ? request : (notThere(request) ?? (await route(world(), request)));
  });
}

const WHO_ASKS =
  'sign the request with an IAM identity (SigV4), or send a token (Authorization: Bearer) where tokens are taken';

/** A route for everyone: one of OPEN_ROUTES. */
export function open(route: (request: ApiRequest) => Promise<ApiAnswer>) {
  return chain(async event => {
    const request = requestOf(event, '');
    return 'status' in request ? request : route(request);
  });
}

function chain(respond: (event: APIGatewayProxyEventV2) => Promise<ApiAnswer>) {
  return middy((event: APIGatewayProxyEventV2) => answer(respond, event)).use(
    injectLambdaContext(logger, { resetKeys: true }),
  );
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
    const errors = [{ pointer: '', detail: 'the body is no UTF-8 text' }];
    return problem('InvalidRequest', 'the body is not well formed; nothing was written', { errors });
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

/** What no job and no entry point can be called, the table is not even asked for. */
function notThere({ parameters: { id, name } }: ApiRequest): ApiAnswer | undefined {
  if (id !== undefined && !JOB_ID.test(id)) return noJob(shortened(id));
  if (name !== undefined && !NAME.test(name)) return noEntryPoint(shortened(name));
  return undefined;
}

/** Our own fault, or that of something we stand on: told apart, since only one of them heals by itself. */
function failure(thrown: unknown): ApiAnswer {
  const error = toStepError(thrown);
  log.error('a request could not be answered', { error });
  if (!(error instanceof RetryableError))
    return problem('InternalFailure', 'Gatehouse failed; its log says why');
  const answer = problem(
    'ServiceUnavailable',
    'something Gatehouse needs did not answer; send the same request again',
  );
  return { ...answer, headers: { ...answer.headers, 'retry-after': '2' } };
}

/** For what a browser might make of an answer: nothing is to be run, embedded, guessed or passed on. */
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
  const told = isProblem ? { ...Object(body), instance: `urn:gatehouse:request:${requestId}` } : body;
  const json = told === undefined ? undefined : JSON.stringify(told);
  return {
    statusCode: status,
    headers: {
      ...SECURITY_HEADERS,
      'x-request-id': requestId,
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
