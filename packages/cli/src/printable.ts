// What others have written (reasons, errors of clouds), fit for a terminal: no control character moves its cursor, changes
// its title or breaks a line in two. JSON output keeps what was written, escaped as JSON does.

export function printable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? each.replaceAll(/\p{Cc}+/gu, ' ') : each,
  );
}
