// A log of numbered rows, oldest first: append-only JSON lines, bounded to the newest rows. In memory without a file. A
// last line cut short by a kill is left out.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { replaceFile } from './replace-file.ts';

export interface RowLog<Row> {
  rows(): Row[];
  /** The number of the row to come; the first is 1. */
  next(): number;
  append(row: Row): void;
  clear(): void;
}

const mostRows = 20_000;
/** Trimming rewrites the file, so it waits until it is worth it. */
const trimAtRows = 25_000;

export function openRowLog<Row extends { n: number }>(file: string | undefined): RowLog<Row> {
  let rows = file ? readRows<Row>(file) : [];
  const rewrite = () => {
    if (file) replaceFile(file, rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  };
  // Drops the torn line from the file too: the next append would otherwise be glued to it.
  rewrite();

  return {
    rows: () => rows.slice(-mostRows),
    next: () => (rows.at(-1)?.n ?? 0) + 1,
    append(row) {
      const line = `${JSON.stringify(row)}\n`;
      rows.push(row);
      if (rows.length >= trimAtRows) {
        rows = rows.slice(-mostRows);
        rewrite();
      } else if (file) {
        appendFileSync(file, line);
      }
    },
    clear() {
      rows = [];
      rewrite();
    },
  };
}

function readRows<Row>(file: string): Row[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // What follows the last line feed is empty, or a line that was never finished.
  lines.pop();
  return lines.map((line, index) => {
    try {
      // Only `append` writes here; what is not JSON any more is reported, what is JSON is a row.
      return JSON.parse(line) as Row;
    } catch (cause) {
      throw new Error(`The log ${file} cannot be read at line ${index + 1}`, { cause });
    }
  });
}
