// YAML 1.2 text to a value, limited to the values of JSON: one document, names that are strings, no tags and no aliases. So the text
// shows exactly what is requested, and a short text cannot expand to a huge value.
import { isAlias, isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { ParsedText } from './json-text.ts';
import { MAX_DEPTH } from './plain-value.ts';
import { shortened, type ValidationIssue } from './validation-issues.ts';

/** Never throws. Returns the first syntax error, or else every construct that JSON does not have. */
export function parseYaml(text: string): ParsedText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    // The parser compares every key with every other, which takes seconds for a large body. The code below uses a set.
    uniqueKeys: false,
    prettyErrors: false,
    // The level `silent` would also drop a second document without an error.
    logLevel: 'error',
    lineCounter: lines,
  });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) return { ok: false, issues: [issueAt(lines, broken.pos[0], sentence(broken))] };
  const walk: Walk = { lines, issues: [] };
  const value = plain(document.contents, 0, walk);
  return walk.issues.length > 0 ? { ok: false, issues: walk.issues } : { ok: true, value };
}

interface Walk {
  lines: LineCounter;
  issues: ValidationIssue[];
}

function plain(node: unknown, depth: number, walk: Walk): unknown {
  if (isScalar(node)) return node.value;
  if (isAlias(node)) return refused(node, 'aliases (`*name`) are not supported; write the value out', walk);
  if (!isCollection(node)) return null;
  if (depth >= MAX_DEPTH) return refused(node, `nested deeper than ${MAX_DEPTH} levels`, walk);
  if (!isMap(node)) return node.items.map(item => plain(item, depth + 1, walk));
  const members = new Map<string, unknown>();
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : plain(key, depth + 1, walk));
    if (members.has(name)) refused(key, `\`${shortened(name)}\` is given twice; give it once`, walk);
    members.set(name, plain(value, depth + 1, walk));
  }
  // With fromEntries, a member named __proto__ stays a member, which is then refused as unknown.
  return Object.fromEntries(members);
}

function refused(node: unknown, detail: string, { lines, issues }: Walk): null {
  issues.push(issueAt(lines, positionOf(node), detail));
  return null;
}

function positionOf(node: unknown): number {
  const range = isAlias(node) || isScalar(node) || isCollection(node) ? node.range : undefined;
  return range?.[0] ?? 0;
}

function issueAt(lines: LineCounter, offset: number, detail: string): ValidationIssue {
  const { line, col } = lines.linePos(offset);
  return { pointer: '', detail: `line ${line}, column ${col}: ${detail}` };
}

function sentence({ code, message }: { code: string; message: string }): string {
  switch (code) {
    case 'RESOURCE_EXHAUSTION':
      return `nested deeper than ${MAX_DEPTH} levels`;
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; a request must be a single document';
    case 'NON_STRING_KEY':
      return 'a name must be a string';
    case 'TAG_RESOLVE_FAILED':
      return 'tags (`!name`) are not supported; write the plain value';
    default:
      return shortened(message, 200);
  }
}
