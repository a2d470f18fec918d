// Makes foreign text (reasons, errors of clouds) safe for a terminal: no control character can move the cursor, change the
// title or break a line. JSON output keeps the original text, escaped as JSON requires.

export function printable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? each.replaceAll(/\p{Cc}+/gu, ' ') : each,
  );
}
