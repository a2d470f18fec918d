// A body as text to a plain value, by its content type. It knows nothing of requests: what is in the value
// is for request.ts to judge.
import { type ParsedText, parseJson } from './json-text.ts';
import { limitMistakes, type Mistake, shown } from './mistakes.ts';

/** Ours: under the 256 KB of an EventBridge event and a Step Functions input, with room for what we add. */
export const MAX_BODY_BYTES = 200 * 1024;

const JSON_TYPES = ['application/json'];
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** `because` tells apart what HTTP answers with statuses of their own. */
export type ParsedBody =
  | { ok: true; value: unknown }
  | { ok: false; because: 'broken' | 'tooLarge' | 'unsupportedType'; mistakes: Mistake[] };

/**
 * JSON or YAML text to the value that it says. `contentType` is the header as it came, parameters and all;
 * without one, JSON is tried and then YAML. Never throws: a broken text gives mistakes with line and column.
 */
export async function parseBody(text: string, contentType: string | undefined): Promise<ParsedBody> {
  if (text.length > MAX_BODY_BYTES || new TextEncoder().encode(text).length > MAX_BODY_BYTES) {
    return refused('tooLarge', `is longer than ${MAX_BODY_BYTES / 1024} KB, the longest body we take`);
  }
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return refused('broken', 'is empty; send a request as JSON or YAML');
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') return limited(await parseUntyped(body));
  if (JSON_TYPES.includes(type)) return limited(parseJson(body));
  if (YAML_TYPES.includes(type)) return limited(await parseYaml(body));
  const known = [...JSON_TYPES, ...YAML_TYPES].join(', ');
  return refused(
    'unsupportedType',
    `has the content type ${shown(type)}, which we do not read; send one of ${known}`,
  );
}

/** Of two failures the one is shown that its writer most likely meant. */
async function parseUntyped(body: string): Promise<ParsedText> {
  const json = parseJson(body);
  if (json.ok) return json;
  const yaml = await parseYaml(body);
  return yaml.ok || !/^\s*[{[]/.test(body) ? yaml : json;
}

/** The reader of YAML is a quarter of what takes requests, and is loaded where there is YAML. */
async function parseYaml(body: string): Promise<ParsedText> {
  const yaml = await import('./yaml-text.ts');
  return yaml.parseYaml(body);
}

function limited(parsed: ParsedText): ParsedBody {
  return parsed.ok ? parsed : { ok: false, because: 'broken', mistakes: limitMistakes(parsed.mistakes) };
}

function refused(because: 'broken' | 'tooLarge' | 'unsupportedType', detail: string): ParsedBody {
  return { ok: false, because, mistakes: [{ pointer: '', detail: `the body ${detail}` }] };
}
