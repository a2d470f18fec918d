// Writes src/openapi.ts, the types of the client. Run `npm run generate` after a change of the API; test/tidy.test.ts checks
// that the file is up to date.
import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

export const GENERATED = new URL('src/openapi.ts', import.meta.url);

const HEADER = `// The types of the API, generated from its OpenAPI document by openapi-typescript. Do not edit; run npm run generate instead.

`;

export async function openApiTypes(document: Record<string, unknown>): Promise<string> {
  return (
    HEADER +
    astToString(
      await openapiTS(document as unknown as OpenAPI3, { alphabetize: true, defaultNonNullable: false }),
    )
  );
}

if (import.meta.main) {
  const { openApiDocument } = await import('@gatehouse/functions/api/openapi');
  await writeFile(GENERATED, await openApiTypes(openApiDocument()));
}
