// GET /docs: the reference page, to which GET / leads: Swagger UI over /v1/openapi.json. This server serves all of its files, and the page's
// content security policy allows no other origin. It is the same for everyone, so it requires no identity.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, open } from './http.ts';
import { problem } from './problem.ts';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Gatehouse API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  // The default would send the document to a validator on another server.
  validatorUrl: null,
});
`;

/** Swagger UI sets inline styles and uses images from its own code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FILES: Record<string, { type: string; text(): string }> = {
  'start.js': { type: 'text/javascript', text: () => START },
  'swagger-ui.css': { type: 'text/css', text: () => ofSwaggerUi('swagger-ui.css') },
  'swagger-ui-bundle.js': { type: 'text/javascript', text: () => ofSwaggerUi('swagger-ui-bundle.js') },
};

function ofSwaggerUi(file: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`), 'utf8');
}

export async function docs({
  path,
  parameters,
}: Pick<ApiRequest, 'path' | 'parameters'>): Promise<ApiAnswer> {
  if (path === '/') return { status: 302, headers: { location: '/docs' } };
  const { file } = parameters;
  if (file === undefined) return { status: 200, headers: headersOf('text/html'), text: PAGE };
  const found = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
  if (!found) return problem('RouteNotFound', `${path} does not exist; the reference is at /docs`);
  return { status: 200, headers: headersOf(found.type), text: found.text() };
}

function headersOf(type: string): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'public, max-age=3600',
    'content-security-policy': POLICY,
  };
}

export const handler = open(docs);
