// Parses a body to a plain value by its content type. request.ts validates the value.
import { type ParsedText, parseJson } from './json-text.ts';
import { bytesOf, limitIssues, shown, type ValidationIssue } from './validation-issues.ts';

/** Our own bound: below the 256 KB of an EventBridge event and a Step Functions input, with room for additions. */
export const MAX_BODY_BYTES = 200 * 1024;

const JSON_TYPES = ['application/json'];
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** `because` selects the HTTP status of the answer. */
export type ParsedBody =
  | { ok: true; value: unknown }
  | { ok: false; reason: 'broken' | 'tooLarge' | 'unsupportedType'; issues: ValidationIssue[] };

/**
 * Parses JSON or YAML. `contentType` is the complete header; without one, JSON is tried first and then YAML. Never throws: a
 * malformed text returns errors with line and column.
 */
export async function parseBody(text: string, contentType: string | undefined): Promise<ParsedBody> {
  if (text.length > MAX_BODY_BYTES || bytesOf(text) > MAX_BODY_BYTES) {
    return refused('tooLarge', `is larger than the limit of ${MAX_BODY_BYTES / 1024} KB`);
  }
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return refused('broken', 'is empty; send a request as JSON or YAML');
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') return limited(await parseUntyped(body));
  if (JSON_TYPES.includes(type)) return limited(parseJson(body));
  if (YAML_TYPES.includes(type)) return limited(await parseYaml(body));
  const known = [...JSON_TYPES, ...YAML_TYPES].join(', ');
  return refused('unsupportedType', `has the unsupported content type ${shown(type)}; send one of ${known}`);
}

/** If both fail, it returns the error of the format that the writer most likely meant. */
async function parseUntyped(body: string): Promise<ParsedText> {
  const json = parseJson(body);
  if (json.ok) return json;
  const yaml = await parseYaml(body);
  return yaml.ok || !/^\s*[{[]/.test(body) ? yaml : json;
}

/** The YAML parser is a quarter of a bundle that accepts requests, so it is loaded on demand. */
async function parseYaml(body: string): Promise<ParsedText> {
  const yaml = await import('./yaml-text.ts');
  return yaml.parseYaml(body);
}

function limited(parsed: ParsedText): ParsedBody {
  return parsed.ok ? parsed : { ok: false, reason: 'broken', issues: limitIssues(parsed.issues) };
}

function refused(reason: 'broken' | 'tooLarge' | 'unsupportedType', detail: string): ParsedBody {
  return { ok: false, reason, issues: [{ pointer: '', detail: `the body ${detail}` }] };
}
