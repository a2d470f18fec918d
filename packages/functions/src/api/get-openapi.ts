// GET /v1/openapi.json: the OpenAPI document of this API. It is the same for everyone, so it requires no identity.

import type { ApiAnswer } from './answer.ts';
import { open } from './http.ts';
import { openApiDocument } from './openapi.ts';

let made: unknown;

export async function getOpenapi(): Promise<ApiAnswer> {
  made ??= openApiDocument();
  return { status: 200, headers: { 'cache-control': 'public, max-age=300' }, body: made };
}

export const handler = open(getOpenapi);
