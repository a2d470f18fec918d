// GET /v1/openapi.json: the document of this API. The same for everyone, so that no identity is asked for.

import type { ApiAnswer } from './answer.ts';
import { open } from './http.ts';
import { openApiDocument } from './openapi.ts';

let made: unknown;

export async function getOpenapi(): Promise<ApiAnswer> {
  made ??= openApiDocument();
  return { status: 200, headers: { 'cache-control': 'public, max-age=300' }, body: made };
}

export const handler = open(getOpenapi);
