// The JSON schema of a request, with which editors complete, explain and check it. Draft 7, because every editor supports it.
import { jsonSchemas } from '@gatehouse/core/json/json-schema';
import { requestSchema } from '@gatehouse/core/request/request';

/** The file beside the package's manifest. A test checks that it equals the result of `requestJsonSchema`. */
export const SCHEMA_FILE = new URL('../entry-point.schema.json', import.meta.url);

export function requestJsonSchema(): object {
  const { schemas, named } = jsonSchemas(
    { request: requestSchema },
    { io: 'input', refs: '#/definitions/', target: 'draft-7' },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A request to Gatehouse',
    ...schemas['request'],
    definitions: named,
  };
}
