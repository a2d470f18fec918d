// What is said of a failure, on standard error, and the exit code that goes with it.
import { NoAnswer, Problem } from '@gatehouse/client';
import { CommanderError } from 'commander';
import { BadInput, EXIT, type ExitCode, Interrupted } from './exit.ts';
import { mistakeLine } from './places.ts';
import { printable } from './printable.ts';
import type { Printer } from './terminal.ts';

export function failed(thrown: unknown, print: Printer): ExitCode {
  // Commander has said it already.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.succeeded : EXIT.badInput;
  print.note(
    print.json ? JSON.stringify({ error: told(thrown) }) : linesOf(thrown).map(printable).join('\n'),
  );
  return exitOf(thrown);
}

function exitOf(thrown: unknown): ExitCode {
  if (thrown instanceof Interrupted) return EXIT.interrupted;
  if (thrown instanceof BadInput) return EXIT.badInput;
  if (thrown instanceof NoAnswer) return EXIT.noAnswer;
  if (!(thrown instanceof Problem)) return EXIT.failed;
  if (thrown.retryable) return EXIT.noAnswer;
  return thrown.status < 500 ? EXIT.badInput : EXIT.failed;
}

function linesOf(thrown: unknown): string[] {
  if (thrown instanceof Interrupted) return [thrown.message];
  if (thrown instanceof BadInput) {
    return [`gatehouse: ${thrown.message}`, ...thrown.mistakes.map(each => mistakeLine(thrown.file, each))];
  }
  if (thrown instanceof Problem) {
    const { status, code, message, errors } = thrown;
    return [
      `gatehouse: ${message} (${status} ${code})`,
      ...errors.map(({ pointer, detail }) => `  ${pointer ? `${pointer}: ` : ''}${detail}`),
    ];
  }
  return [`gatehouse: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
}

function told(thrown: unknown): object {
  if (thrown instanceof Problem && typeof thrown.body === 'object' && thrown.body !== null)
    return thrown.body;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof BadInput) return { code: 'BadInput', message, errors: thrown.mistakes };
  return { code: thrown instanceof Error ? thrown.constructor.name : 'Error', message };
}
