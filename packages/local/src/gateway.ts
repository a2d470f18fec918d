// API Gateway (HTTP API) on one machine: routes to Lambdas with the payload format 2.0 and the real limits, whole
// answers, 10 MB and 29 seconds, or it would prove nothing. Everyone who reaches this port is one local caller, or says
// in a header that only this gateway reads who else they are: here is no IAM that could tell.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Lambdas } from './lambdas.ts';
import type { Answer, WireRequest, WireService } from './wire.ts';

export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
const INTEGRATION_SECONDS = 29;

export interface GatewayOptions {
  /** `GET /v1/jobs/{id}` to the function's name. */
  routes: Record<string, string>;
  defaultRoute: string;
  lambdas: Lambdas;
  account: string;
}

export function createGateway(options: GatewayOptions): WireService {
  const routes = Object.entries(options.routes).map(([key, name]) => ({
    key,
    name,
    matches: matcherOf(key),
  }));
  return async request => {
    const url = new URL(`http://127.0.0.1${request.path}`);
    for (const { key, name, matches } of routes) {
      const parameters = matches(request.method, url.pathname);
      if (parameters) return integrate(options, name, eventOf(options, request, url, key, parameters));
    }
    return integrate(options, options.defaultRoute, eventOf(options, request, url, '$default', {}));
  };
}

function matcherOf(routeKey: string) {
  const [method, template = ''] = routeKey.split(' ');
  const pattern = new URLPattern({ pathname: template.replaceAll(/\{(\w+)\}/g, ':$1') });
  return (asked: string, pathname: string): Record<string, string | undefined> | undefined =>
    asked === method ? pattern.exec({ pathname })?.pathname.groups : undefined;
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

/** API Gateway's own words, where no Lambda speaks. */
function own(status: number, message: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

function eventOf(
  { account }: GatewayOptions,
  { method, headers, body }: WireRequest,
  url: URL,
  routeKey: string,
  pathParameters: Record<string, string | undefined>,
) {
  const query = Object.fromEntries(url.searchParams);
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search ? { queryStringParameters: query } : {}),
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
    ...(body ? { body } : {}),
    isBase64Encoded: false,
  };
}

const CALLER_HEADER = 'gatehouse-caller';
const CALLER = /^(\d{12})\/((?:user|role)\/[\w+=,.@/-]{1,512})$/;

/** The identity that IAM would have verified. What the header says otherwise than `jobs` show it is nobody. */
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
