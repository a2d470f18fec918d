// The OpenAPI document on standard output: `npm run -s openapi > openapi.json`.
import { openApiDocument } from '@gatehouse/functions/api/openapi';

process.stdout.write(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
