// Plain data as XML elements: members by their names, without undefined ones. A list is written as one element with
// <member> elements inside, as AWS Query does, or as one element for each of its members, as Alibaba Cloud does.
import { isRecord } from './input.ts';

export type Lists = 'member' | 'repeated';

export function elementOf(
  name: string,
  content: unknown,
  { attributes = '', lists = 'member' }: { attributes?: string; lists?: Lists } = {},
): string {
  const inside = insideOf(content, lists);
  return inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`;
}

function insideOf(content: unknown, lists: Lists): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number' || typeof content === 'boolean') return String(content);
  if (Array.isArray(content)) {
    return content.map((member: unknown) => elementOf('member', member, { lists })).join('');
  }
  if (!isRecord(content)) throw new TypeError(`There is no XML for ${typeof content}`);
  return Object.entries(content)
    .flatMap(([name, member]: [string, unknown]) => {
      const each: unknown[] = lists === 'repeated' && Array.isArray(member) ? member : [member];
      return each.map(one => (one === undefined ? '' : elementOf(name, one, { lists })));
    })
    .join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser would read a bare one as a line feed.
  '\r': '&#13;',
};

/** The characters that XML 1.0 cannot express, however they are written. */
const unspeakable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replaceAll(unspeakable, '\uFFFD').replaceAll(/[&<>"'\r]/g, found => entities[found] ?? found);
}
