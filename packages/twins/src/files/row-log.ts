// A log of numbered rows, oldest first: append-only JSON lines, bounded to the newest rows. Without a file it is kept
// in memory. A last line that a kill cut short is ignored.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { replaceFile } from './replace-file.ts';

export interface RowLog<Row> {
  rows(): Row[];
  /** The number of the next row; the first is 1. */
  next(): number;
  append(row: Row): void;
  /** Removes the row of this number, if there is one. */
  remove(n: number): void;
  clear(): void;
}

const mostRows = 20_000;
/** Trimming rewrites the file, so it happens only after many rows. */
const trimAtRows = 25_000;

export function openRowLog<Row extends { n: number }>(file: string | undefined): RowLog<Row> {
  let rows = file ? readRows<Row>(file) : [];
  const rewrite = () => {
    if (file) replaceFile(file, rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  };
  // Removes the incomplete line from the file too: otherwise the next append would continue it.
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
    remove(n) {
      const left = rows.filter(row => row.n !== n);
      if (left.length === rows.length) return;
      rows = left;
      rewrite();
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
  // The text after the last line feed is empty, or an incomplete line.
  lines.pop();
  return lines.map((line, index) => {
    try {
      // Only `append` writes here: invalid JSON is reported, and valid JSON is a row.
      return JSON.parse(line) as Row;
    } catch (cause) {
      throw new Error(`The log ${file} cannot be read at line ${index + 1}`, { cause });
    }
  });
}
