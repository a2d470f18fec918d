// Locates errors in a file: JSON pointers as lines and columns, in YAML and JSON.
import type { ValidationIssue } from '@gatehouse/core/json/validation-issues';
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export interface Placed extends ValidationIssue {
  line?: number;
  column?: number;
}

/** In the order of the file; errors of the whole request come last. A missing member is located at the object that lacks it. */
export function placed(text: string, issues: readonly ValidationIssue[]): Placed[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  if (document.errors.length > 0) return issues.map(issue => ({ ...issue }));
  const located = issues.map(issue => ({
    issue,
    offset: issue.pointer === '' ? text.length : offsetOf(document.contents, stepsOf(issue.pointer)),
  }));
  return located
    .sort((a, b) => a.offset - b.offset)
    .map(({ issue, offset }) => {
      if (issue.pointer === '') return { ...issue };
      const { line, col } = lines.linePos(offset);
      return { ...issue, line, column: col };
    });
}

/** `FILE:LINE:COLUMN: /pointer: detail`. Editors and terminals turn this into a link. */
export function issueLine(file: string, { pointer, detail, line, column }: Placed): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return pointer === '' ? `${place}: ${detail}` : `${place}: ${pointer}: ${detail}`;
}

/** RFC 6901. */
function stepsOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Follows the path as far as it exists. A member is located at its name, a list item at the item. */
function offsetOf(root: Node | null, path: string[]): number {
  let at: unknown = root;
  let offset = 0;
  for (const step of path) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      at = pair.value;
    } else if (isSeq(at)) {
      at = at.items[Number(step)];
      offset = startOf(at) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
