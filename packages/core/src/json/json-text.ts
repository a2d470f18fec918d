// JSON text (RFC 8259) to a value, stricter than JSON.parse: duplicate members and deep nesting are errors, and every error has its
// line and column. JSON.parse still parses the value.

import { MAX_DEPTH } from './plain-value.ts';
import { shortened, type ValidationIssue } from './validation-issues.ts';

export type ParsedText = { ok: true; value: unknown } | { ok: false; issues: ValidationIssue[] };

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Never throws. Parsing stops at the first syntax error; all duplicate members are listed. */
export function parseJson(text: string): ParsedText {
  const reading: Reading = { text, at: 0, findings: [] };
  try {
    readValue(reading, 0);
    skipSpace(reading);
    if (reading.at < text.length) throw new Broken('expected the end of the text');
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    reading.findings.push({ at: reading.at, detail: `${thrown.message}, found ${foundAt(reading)}` });
  }
  if (reading.findings.length > 0) return { ok: false, issues: placed(reading) };
  return { ok: true, value: JSON.parse(text) };
}

interface Reading {
  text: string;
  at: number;
  /** In the order of the text. */
  findings: { at: number; detail: string }[];
}

class Broken extends Error {}

function readValue(reading: Reading, depth: number): void {
  skipSpace(reading);
  const first = reading.text[reading.at];
  if (first === '{' || first === '[') {
    if (depth >= MAX_DEPTH)
      throw new Broken(`nested deeper than ${MAX_DEPTH} levels: expected a plain value`);
    reading.at += 1;
    if (first === '{') readObject(reading, depth);
    else readList(reading, depth);
  } else if (first === '"' && !match(reading, STRING)) {
    throw new Broken('expected a closed string without line breaks, control characters or unknown escapes');
  } else if (first !== '"' && !match(reading, ATOM)) {
    throw new Broken(
      'expected a value: an object, a list, a string in double quotes, a number, true, false or null',
    );
  }
}

function readList(reading: Reading, depth: number): void {
  skipSpace(reading);
  if (skip(reading, ']')) return;
  do {
    readValue(reading, depth + 1);
    skipSpace(reading);
  } while (skip(reading, ','));
  if (!skip(reading, ']')) throw new Broken('expected `,` or `]`');
}

function readObject(reading: Reading, depth: number): void {
  const names = new Set<string>();
  skipSpace(reading);
  if (skip(reading, '}')) return;
  do {
    readName(reading, names);
    skipSpace(reading);
    if (!skip(reading, ':')) throw new Broken('expected `:` after a name');
    readValue(reading, depth + 1);
    skipSpace(reading);
  } while (skip(reading, ','));
  if (!skip(reading, '}')) throw new Broken('expected `,` or `}`');
}

function readName(reading: Reading, names: Set<string>): void {
  skipSpace(reading);
  const start = reading.at;
  const quoted = match(reading, STRING);
  if (quoted === undefined) throw new Broken('expected a name in double quotes');
  const name = String(JSON.parse(quoted));
  if (names.has(name)) {
    reading.findings.push({ at: start, detail: `\`${shortened(name)}\` is given twice; give it once` });
  }
  names.add(name);
}

function skipSpace(reading: Reading): void {
  match(reading, SPACE);
}

function skip(reading: Reading, character: string): boolean {
  if (reading.text[reading.at] !== character) return false;
  reading.at += 1;
  return true;
}

function match(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0];
  if (found !== undefined) reading.at += found.length;
  return found;
}

function foundAt({ text, at }: Reading): string {
  if (at >= text.length) return 'the end of the text';
  return JSON.stringify(shortened(text.slice(at).split(/[\s,:{}[\]]/, 1)[0] || text.charAt(at), 20));
}

/** One pass over the text for all findings, because a body can have thousands. */
function placed({ text, findings }: Reading): ValidationIssue[] {
  let line = 1;
  let lineStart = 0;
  let lineEnd = text.indexOf('\n');
  return findings.map(({ at, detail }) => {
    while (lineEnd !== -1 && lineEnd < at) {
      line += 1;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf('\n', lineStart);
    }
    return { pointer: '', detail: `line ${line}, column ${at - lineStart + 1}: ${detail}` };
  });
}
