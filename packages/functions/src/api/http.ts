// One route's Lambda: an API Gateway HTTP API event in, an answer out, on the one middy chain. Errors leave as
// RFC 9457 problems; nothing that a caller sends ends a function without an answer.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { RetryableError, toStepError } from '@gatehouse/core/errors';
import type { Ports } from '@gatehouse/core/ports';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { logger, ports } from '../ports.ts';
import { callerOf } from './caller.ts';
import { type ProblemBody, problem } from './problem.ts';

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

/** `Body`: what it says if all goes well; instead of it there may be a problem. */
export interface ApiAnswer<Body = unknown> {
  status: number;
  headers?: Record<string, string>;
  /** JSON; absent for an answer without a body. */
  body?: Body | ProblemBody;
}

export type Route = (ports: Ports, request: ApiRequest) => Promise<ApiAnswer>;

/** A route for callers whose identity API Gateway has verified. */
export function http(route: Route) {
  return chain(async event => {
    const caller = callerOf(event);
    if (!caller) return problem('Unauthenticated', 'sign the request with an IAM identity (SigV4)');
    return route(ports(), requestOf(event, caller));
  });
}

/** A route for everyone: one of OPEN_ROUTES. */
export function open(route: (request: ApiRequest) => Promise<ApiAnswer>) {
  return chain(event => route(requestOf(event, '')));
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
  try {
    return onWire(await respond(event));
  } catch (thrown) {
    return onWire(failure(thrown));
  }
}

function requestOf(event: APIGatewayProxyEventV2, caller: string): ApiRequest {
  const body = event.body ?? '';
  return {
    caller,
    method: event.requestContext.http.method,
    path: event.rawPath,
    headers: defined(event.headers),
    query: defined(event.queryStringParameters ?? {}),
    parameters: defined(event.pathParameters ?? {}),
    body: event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
  };
}

/** Our own fault, or that of something we stand on: told apart, since only one of them heals by itself. */
function failure(thrown: unknown): ApiAnswer {
  const error = toStepError(thrown);
  logger.error('a request could not be answered', { error });
  if (!(error instanceof RetryableError))
    return problem('InternalFailure', 'Gatehouse failed; its log says why');
  const answer = problem(
    'ServiceUnavailable',
    'something Gatehouse needs did not answer; send the same request again',
  );
  return { ...answer, headers: { ...answer.headers, 'retry-after': '2' } };
}

function onWire({ status, headers = {}, body }: ApiAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
