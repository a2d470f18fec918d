// The routes and their functions, by file name in this folder. API Gateway is set up from this table, and the local gateway
// reads it as well. operations.ts describes what each route takes and answers.

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
  'GET /v1/entry-points/{name}/health': 'get-health',
  'GET /v1/openapi.json': 'get-openapi',
  'GET /v1/schemas/{schema}': 'get-schema',
  'GET /v1/health': 'health',
  'GET /': 'docs',
  'GET /docs': 'docs',
  'GET /docs/{file}': 'docs',
} as const;

export type RouteKey = keyof typeof ROUTES;
/** The routes in the OpenAPI document. The page that shows the document is not among them. */
export type ApiRoute = Exclude<RouteKey, 'GET /' | `GET /docs${string}`>;

/** Routes without private data. They are open to everyone, because a browser cannot sign with SigV4. */
export const OPEN_ROUTES: readonly RouteKey[] = [
  'GET /v1/openapi.json',
  'GET /v1/schemas/{schema}',
  'GET /v1/health',
  'GET /',
  'GET /docs',
  'GET /docs/{file}',
];

/** The function for requests that match no route. */
export const DEFAULT_ROUTE = 'no-route';

/** Files that the function of the reference page reads at run time. A bundler cannot see that, so a deployment copies them. */
export const DOCS_FILES: readonly string[] = [
  'node_modules/swagger-ui-dist/swagger-ui.css',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
];
