// What a command runs on: its streams, and whether somebody pressed Ctrl-C. And how it answers: text for people, or
// one JSON value per line for programs.
import type { Readable, Writable } from 'node:stream';
import { printable } from './printable.ts';

/** What is live where it is a terminal that knows its size, and lines elsewhere. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };

export interface Terminal {
  stdin: Readable;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C. */
  stopped: AbortSignal;
}

export interface Printer {
  json: boolean;
  /** One answer, whole: as JSON, or as the lines that `text` makes of it. */
  answer<T>(value: T, text: (value: T) => string[]): void;
  /** What a person should know, beside the answer: standard error. */
  note(line: string): void;
  /** Gatehouse does not answer right now, and is asked again; said once for as long as it is the same. */
  trouble(because: string): void;
}

export function printer({ stdout, stderr }: Terminal, output: 'text' | 'json'): Printer {
  const json = output === 'json';
  let troubled: string | undefined;
  const note = (line: string) => {
    stderr.write(`${line}\n`);
  };
  return {
    json,
    answer(value, text) {
      const lines = json ? [JSON.stringify(value)] : text(printable(value));
      stdout.write(lines.map(line => `${line}\n`).join(''));
    },
    note,
    trouble(because) {
      if (because === troubled) return;
      troubled = because;
      note(json ? JSON.stringify({ askedAgain: because }) : `No answer yet: ${because}; asking again.`);
    },
  };
}
