// Makes foreign text (reasons, errors of clouds) safe for a terminal: no control character can move the cursor, change the
// title or break a line, and no invisible character can reorder or hide a part of it. JSON keeps the original text, escaped.

/** Format characters (zero-width, bidirectional) and everything else that shows as nothing. */
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const ESCAPED = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u007f-\u009f]/gu;

export function printable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? each.replaceAll(BREAKING, ' ').replaceAll(INVISIBLE, '\uFFFD') : each,
  );
}

/** One line of JSON, equal to the value when it is parsed again. */
export function jsonLine(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(ESCAPED, escaped);
}

/** Text of several lines, such as a log: with its line ends, and without anything else that acts on a terminal. */
export function printableLines(text: string): string {
  return text.replaceAll(ESCAPED, escaped).replaceAll(/[^\P{Cc}\t\n]/gu, escaped);
}

function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
