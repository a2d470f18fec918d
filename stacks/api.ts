// The REST API: an API Gateway HTTP API with a route for each line of routes.ts. Callers sign with their IAM identity;
// only routes without any caller's data are open. CORS is off unless a stage allows origins.
import { corsOf } from '@gatehouse/functions/api/cors';
import { DEFAULT_ROUTE, DOCS_FILES, OPEN_ROUTES, ROUTES } from '@gatehouse/functions/api/routes';
import type { Handler } from '@gatehouse/functions/permissions';
import { deployFunction } from './functions.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

/** API Gateway gives up after 30 seconds, and a Lambda function must answer earlier. */
const TIMEOUT_SECONDS = 29;

/** One line of JSON for each call: caller, route, status and duration. */
const ACCESS_LOG = {
  at: '$context.requestTime',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  caller: '$context.identity.userArn',
  /** Set for callers with tokens. */
  subject: '$context.authorizer.claims.sub',
  ip: '$context.identity.sourceIp',
  milliseconds: '$context.responseLatency',
  /**
   * Assumed, as AWS does not document it for HTTP APIs: no message has a quotation mark, or API Gateway escapes it. `messageString`
   * has its own quotation marks, so it would have to stand without any, and a request without an error, of which it writes `-`,
   * would make a line that is no JSON.
   */
  problem: '$context.error.message',
};

export interface Api {
  api: sst.aws.ApiGatewayV2;
  functions: Record<string, sst.aws.Function>;
}

export function deployApi(ground: Ground, storage: Storage): Api {
  const { settings } = ground;
  const api = new sst.aws.ApiGatewayV2('Api', {
    cors: cors(settings.corsOrigins),
    transform: {
      logGroup: { retentionInDays: settings.logRetentionDays },
      stage: (args: aws.apigatewayv2.StageArgs) => {
        args.defaultRouteSettings = {
          throttlingRateLimit: settings.throttle.perSecond,
          throttlingBurstLimit: settings.throttle.burst,
        };
        args.accessLogSettings = $output(args.accessLogSettings).apply(log => ({
          destinationArn: log?.destinationArn ?? '',
          format: JSON.stringify(ACCESS_LOG),
        }));
      },
    },
  });
  const auth = authorization(api, settings.jwt);
  const routes = [...Object.entries(ROUTES), ['$default', DEFAULT_ROUTE] as const];
  const functions = new Map<Handler, sst.aws.Function>();
  for (const [route, file] of routes) {
    const handler: Handler = `api/${file}`;
    const found =
      functions.get(handler) ??
      deployFunction(ground, storage, handler, {
        timeoutSeconds: TIMEOUT_SECONDS,
        ...(file === 'docs' ? { files: DOCS_FILES } : {}),
      });
    functions.set(handler, found);
    const open = OPEN_ROUTES.some(each => each === route);
    api.route(route, found.arn, open ? {} : { auth: auth(route) });
  }
  return { api, functions: Object.fromEntries(functions) };
}

function cors(origins: readonly string[]) {
  const allowed = corsOf(origins);
  if (!allowed) return false;
  const { maxAgeSeconds, ...rest } = allowed;
  return { ...rest, maxAge: `${maxAgeSeconds} seconds` as const };
}

function authorization(api: sst.aws.ApiGatewayV2, jwt: Ground['settings']['jwt']) {
  if (!jwt) return () => ({ iam: true as const });
  const { issuer, audiences, scopes } = jwt;
  const { id } = api.addAuthorizer({ name: 'Jwt', jwt: { issuer, audiences } });
  return (route: string) => ({
    jwt: { authorizer: id, ...(scopes ? { scopes: scopesOf(route, scopes) } : {}) },
  });
}

/** API Gateway asks for one of them. */
function scopesOf(route: string, { read, change }: { read: string[]; change: string[] }): string[] {
  if (read.length === 0 || change.length === 0)
    throw new Error('jwt.scopes: `read` and `change` each need a scope; without scopes, leave `scopes` out');
  const changesNothing = route.startsWith('GET ') || route === 'POST /v1/plans' || route === '$default';
  return changesNothing ? [...read, ...change] : change;
}
