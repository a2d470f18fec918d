// Formats rows as columns, each as wide as its longest cell.

export interface Column {
  title: string;
  cells: string[];
  /** Left out if the table is too wide for the terminal. */
  optional?: true;
}

/** `width`: that of the terminal, if there is one. */
export function columns(all: Column[], width = Number.POSITIVE_INFINITY): string[] {
  const sized = all.map(({ title, cells, optional }) => ({
    cells: [title, ...cells],
    size: Math.max(...[title, ...cells].map(cell => cell.length)),
    optional,
  }));
  const isTooWide = sized.reduce((sum, { size }) => sum + size + GAP.length, -GAP.length) > width;
  const shown = sized.filter(({ optional }) => !(isTooWide && optional));
  return (shown[0]?.cells ?? []).map((_, row) =>
    shown
      .map(({ cells, size }) => cells[row]?.padEnd(size))
      .join(GAP)
      .trimEnd(),
  );
}

const GAP = '  ';
