// Writes src/openapi.ts, the types of the client: `npm run generate`, after the API has changed. test/tidy.test.ts holds the
// file to what this gives.
import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

export const GENERATED = new URL('src/openapi.ts', import.meta.url);

const HEADER = `// The API's types, made of its OpenAPI document by openapi-typescript. Not written by hand: npm run generate.

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
