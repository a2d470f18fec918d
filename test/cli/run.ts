// A command as a shell runs it, in this process: its arguments and input, what it wrote, and its exit code.
import { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { run } from '@gatehouse/cli/program';
import type { Output } from '@gatehouse/cli/terminal';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Given {
  stdin?: string | Readable;
  stopped?: AbortSignal;
  stdout?: Output & { text(): string };
}

export async function gatehouse(args: string[], given: Given = {}): Promise<Ran> {
  const stdout = given.stdout ?? captured();
  const stderr = captured();
  const stdin = given.stdin instanceof Readable ? given.stdin : Readable.from([given.stdin ?? '']);
  const stopped = given.stopped ?? new AbortController().signal;
  const code = await run(args, { stdin, stdout, stderr, stopped, program: 'npx gatehouse' });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that keeps what is written; a terminal where it has a size. Colors and cursor moves are left out. */
export function captured(size: { columns?: number; rows?: number } = {}): Output & { text(): string } {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const text = () => stripVTControlCharacters(written);
  return Object.assign(stream, size, { isTTY: size.columns !== undefined, text });
}

/** What `--output json` wrote, line by line. */
export function json(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
