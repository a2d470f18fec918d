// The JSON schema of a request, for editors: completion, hover and mistakes while one types. Draft 7, which they all know.
import { requestSchema } from '@gatehouse/core/request/request';
import * as z from 'zod';

/** Beside the package's manifest; a test holds it to what `requestJsonSchema` gives. */
export const SCHEMA_FILE = new URL('../entry-point.schema.json', import.meta.url);

export function requestJsonSchema(): object {
  const schema = z.toJSONSchema(requestSchema, { io: 'input', target: 'draft-7' });
  return { title: 'A request to Gatehouse', ...schema };
}
