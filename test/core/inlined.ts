// The JSON Schema of a request with every named schema in the place of its references.
import * as z from 'zod';

export function inlined(schema: z.ZodType): unknown {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'input' });
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...beside } = value as { $ref?: string };
    const named = $ref === undefined ? {} : $defs[$ref.replace('#/$defs/', '')];
    return Object.fromEntries(
      Object.entries({ ...named, ...beside }).map(([name, each]) => [name, resolve(each)]),
    );
  };
  return resolve(root);
}
