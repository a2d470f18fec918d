// Formats rows as columns, each as wide as its longest cell.

export function columns(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, at) =>
    Math.max(...[title, ...rows.map(row => row[at] ?? '')].map(cell => cell.length)),
  );
  return [head, ...rows].map(row =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
