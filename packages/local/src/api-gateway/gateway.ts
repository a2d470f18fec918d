// API Gateway (HTTP API) in the local stack: routes to Lambda handlers with payload format 2.0 and the real limits
// (whole answers, 10 MB, 29 seconds), so that a local run proves something. Without IAM, every caller of this port is
// the one local caller, unless a header that only this gateway reads names another one.
import type { Cors } from '@gatehouse/functions/api/cors';
import type { Answer, WireRequest, WireService } from '@gatehouse/twins/http/wire';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Lambdas } from '../lambda/lambdas.ts';
import { corsHeaders, own, preflight, throttle } from './limits.ts';

export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
const INTEGRATION_SECONDS = 29;

export interface GatewayOptions {
  /** Maps `GET /v1/jobs/{id}` to the function's name. */
  routes: Record<string, string>;
  defaultRoute: string;
  lambdas: Pick<Lambdas, 'invoke'>;
  account: string;
  /** Without it, pages of other origins are refused. */
  cors?: Cors | undefined;
  /** Requests per second, and simultaneous requests. */
  throttle?: { perSecond: number; burst: number };
  nowMs?: () => number;
}

/** Our own limits: far above the load of one machine, and low enough to stop a runaway caller. */
const USUAL_THROTTLE = { perSecond: 500, burst: 1000 };

export function createGateway(options: GatewayOptions): WireService {
  const routes = Object.entries(options.routes).map(([key, name]) => ({
    key,
    name,
    matches: matcherOf(key),
  }));
  const bucket = throttle(options.throttle ?? USUAL_THROTTLE, options.nowMs ?? Date.now);

  async function route(request: WireRequest): Promise<Answer> {
    if (!bucket.take()) return own(429, 'Too Many Requests');
    const url = URL.parse(`http://127.0.0.1${request.path}`);
    if (!url) return own(400, 'Bad Request');
    for (const { key, name, matches } of routes) {
      const parameters = matches(request.method, url.pathname);
      if (parameters) return integrate(options, name, eventOf(options, request, url, key, parameters));
    }
    return integrate(options, options.defaultRoute, eventOf(options, request, url, '$default', {}));
  }

  return async request => {
    const answer = preflight(options.cors, request) ?? (await route(request));
    if (answer === 'dropped') return answer;
    return {
      ...answer,
      headers: { ...answer.headers, ...corsHeaders(options.cors, request.headers['origin']) },
    };
  };
}

function matcherOf(routeKey: string) {
  const [method, template = ''] = routeKey.split(' ');
  const pattern = new URLPattern({ pathname: template.replaceAll(/\{(\w+)\}/g, ':$1') });
  return (requested: string, pathname: string): Record<string, string | undefined> | undefined =>
    requested === method ? pattern.exec({ pathname })?.pathname.groups : undefined;
}

async function integrate({ lambdas }: GatewayOptions, name: string, event: unknown): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>(resolve => {
    timer = setTimeout(() => resolve(own(503, 'Service Unavailable')), INTEGRATION_SECONDS * 1000);
  });
  try {
    return await Promise.race([lambdas.invoke(name, event).then(answerOf), late]);
  } catch {
    return own(500, 'Internal Server Error');
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(result: unknown): Answer {
  const { statusCode = 200, headers = {}, body = '' } = (result ?? {}) as APIGatewayProxyStructuredResultV2;
  const text = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: statusCode, headers: Object.fromEntries(text), body };
}

function eventOf(
  { account }: GatewayOptions,
  request: WireRequest,
  url: URL,
  routeKey: string,
  pathParameters: Record<string, string | undefined>,
) {
  const { method, headers } = request;
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search ? { queryStringParameters: queryOf(url) } : {}),
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters: decoded(pathParameters) } : {}),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: url.host,
      requestId: crypto.randomUUID(),
      routeKey,
      stage: '$default',
      timeEpoch: Date.now(),
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      authorizer: authorizerOf(headers[CALLER_HEADER], account),
    },
    ...bodyOf(request),
  };
}

/**
 * The content types that API Gateway passes on as text, as observed; it encodes any other body, and one without a type,
 * in base64.
 */
const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|javascript)\s*(?:;|$))/i;

function bodyOf({ headers, body, bytes }: WireRequest) {
  if (body === '') return { isBase64Encoded: false };
  if (!bytes && TEXT_TYPE.test(headers['content-type'] ?? '')) return { body, isBase64Encoded: false };
  return { body: (bytes ?? Buffer.from(body)).toString('base64'), isBase64Encoded: true };
}

/** A repeated parameter has all its values, separated by commas. */
function queryOf({ searchParams }: URL): Record<string, string> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(names.map(name => [name, searchParams.getAll(name).join(',')]));
}

const CALLER_HEADER = 'gatehouse-caller';
const CALLER = /^(\d{12})\/((?:user|role)\/[\w+=,.@/-]{1,512})$/;

/** The identity that IAM verifies in AWS. A header in another form than `jobs` show identifies nobody. */
function authorizerOf(caller: string | undefined, account: string) {
  if (caller === undefined)
    return { iam: { accountId: account, userArn: `arn:aws:iam::${account}:user/local` } };
  const [, accountId, resource] = CALLER.exec(caller) ?? [];
  return accountId ? { iam: { accountId, userArn: `arn:aws:iam::${accountId}:${resource}` } } : {};
}

function decoded(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value = '']) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
