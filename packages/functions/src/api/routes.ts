// The routes and the functions behind them, by file name in this folder. API Gateway is set up from this table,
// and the local gateway reads it too. What each takes and answers is in operations.ts.

export const ROUTES = {
  'POST /v1/jobs': 'submit-job',
  'GET /v1/jobs': 'list-jobs',
  'GET /v1/jobs/{id}': 'get-job',
  'GET /v1/jobs/{id}/events': 'list-events',
  'POST /v1/jobs/{id}/cancel': 'cancel-job',
  'POST /v1/jobs/{id}/retry': 'retry-job',
  'POST /v1/jobs/{id}/skip': 'skip-step',
  'POST /v1/jobs/{id}/forget': 'forget-job',
  'POST /v1/plans': 'create-plan',
  'GET /v1/entry-points': 'list-entry-points',
  'GET /v1/entry-points/{name}': 'get-entry-point',
  'GET /v1/entry-points/{name}/drift': 'get-drift',
  'GET /v1/openapi.json': 'get-openapi',
  'GET /v1/schemas/{schema}': 'get-schema',
  'GET /v1/health': 'health',
  'GET /docs': 'docs',
  'GET /docs/{file}': 'docs',
} as const;

export type RouteKey = keyof typeof ROUTES;
/** What the document tells of; the page that shows it is for people. */
export type ApiRoute = Exclude<RouteKey, `GET /docs${string}`>;

/** Routes that say nothing of anybody's: API Gateway lets everyone pass, as a browser cannot sign with SigV4. */
export const OPEN_ROUTES: readonly RouteKey[] = [
  'GET /v1/openapi.json',
  'GET /v1/schemas/{schema}',
  'GET /docs',
  'GET /docs/{file}',
];

/** Answers what matches no route. */
export const DEFAULT_ROUTE = 'no-route';

/** What the function of the reference page reads at run time: no bundler sees that, a deployment puts it beside it. */
export const DOCS_FILES: readonly string[] = [
  'node_modules/swagger-ui-dist/swagger-ui.css',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
];
