// The JSON schema of a request, with which editors complete, explain and check it. Draft 7, because every editor supports it.
import { requestSchema } from '@gatehouse/core/request/request';
import * as z from 'zod';

/** The file beside the package's manifest. A test checks that it equals the result of `requestJsonSchema`. */
export const SCHEMA_FILE = new URL('../entry-point.schema.json', import.meta.url);

export function requestJsonSchema(): object {
  const schema = z.toJSONSchema(requestSchema, { io: 'input', target: 'draft-7' });
  return { title: 'A request to Gatehouse', ...schema };
}
