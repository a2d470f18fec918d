// Plain data as XML elements, the way AWS Query answers: members by their names, a list as <member>
// elements, what is undefined left out.
import { isRecord } from '../input.ts';

export function elementOf(name: string, content: unknown, attributes = ''): string {
  const inside = insideOf(content);
  return inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`;
}

function insideOf(content: unknown): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number' || typeof content === 'boolean') return String(content);
  if (Array.isArray(content)) return content.map((member: unknown) => elementOf('member', member)).join('');
  if (!isRecord(content)) throw new TypeError(`There is no XML for ${typeof content}`);
  return Object.entries(content)
    .map(([name, member]) => (member === undefined ? '' : elementOf(name, member)))
    .join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // As itself a parser would read it as a line feed.
  '\r': '&#13;',
};

/** What XML 1.0 has no character for, however it is written. */
const unspeakable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replaceAll(unspeakable, '\uFFFD').replaceAll(/[&<>"'\r]/g, found => entities[found] ?? found);
}
