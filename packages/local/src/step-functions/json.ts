// JSON at the border of the host: the values, their size on the wire, and the narrowing of values from outside. AWS
// counts UTF-8 bytes, so nothing here measures a string by its length.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Input, output and every state's data: 262,144 bytes of UTF-8 JSON text (AWS quota). */
const dataBytesLimit = 262_144;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The result of `JSON.parse` is JSON by construction; throws SyntaxError on invalid text. */
export function parseJson(text: string): Json {
  return JSON.parse(text);
}

/** The text of a value as a Lambda function returns it: undefined becomes null. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

export function exceedsDataLimit(text: string): boolean {
  // A UTF-16 unit takes at most three bytes: short texts need no count.
  return text.length * 3 > dataBytesLimit && Buffer.byteLength(text) > dataBytesLimit;
}
