// The terminal of a command: its streams and the Ctrl-C signal. Output is text for people, or one JSON value per line for
// programs.
import type { Readable, Writable } from 'node:stream';
import { jsonLine, printable } from './printable.ts';

/** A terminal with a known size is redrawn in place; any other output gets lines. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };

export interface Terminal {
  stdin: Readable;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  stopped: AbortSignal;
  /** How a person calls this program, for hints: `npx gatehouse` or `gatehouse`. */
  program: string;
}

export interface Printer {
  json: boolean;
  /** A command to copy, such as `npx gatehouse watch JOB --url URL`: this program with the same connection options. */
  command(words: string): string;
  /** Prints an answer as JSON, or as the lines of `text`. */
  answer<T>(value: T, text: (value: T) => string[]): void;
  /** Prints a line beside the answer, to standard error. */
  note(line: string): void;
  /** Gatehouse does not answer, and the call is retried. The same reason is printed once in a row. */
  trouble(reason: string): void;
}

/** `options`: the connection options of the command line, which every hint repeats. */
export function printer(
  { stdout, stderr, program }: Terminal,
  output: 'text' | 'json',
  options: readonly string[] = [],
): Printer {
  const json = output === 'json';
  let lastTrouble: string | undefined;
  const note = (line: string) => {
    stderr.write(`${line}\n`);
  };
  return {
    json,
    command: words => [program, words, ...options].join(' '),
    answer(value, text) {
      const lines = json ? [jsonLine(value)] : text(printable(value));
      stdout.write(lines.map(line => `${line}\n`).join(''));
    },
    note,
    trouble(reason) {
      if (reason === lastTrouble) return;
      lastTrouble = reason;
      note(json ? jsonLine({ retrying: reason }) : printable(`No answer (${reason}). Retrying.`));
    },
  };
}
