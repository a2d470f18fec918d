// Options that several commands have, and numbers on the command line.
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT } from './exit.ts';

export function requestFile(): Option {
  return new Option('-f, --file <file>', 'the request: YAML or JSON; - is standard input');
}

export function waitOption(): Option {
  return new Option('-w, --wait', 'show each step, and end when the job has ended');
}

export function planOption(): Option {
  return new Option(
    '--plan <hash>',
    'of a plan that was looked at: fail if it would do anything else',
  ).argParser(like(/^[0-9a-f]{64}$/, 'the 64 hex digits that gatehouse plan printed'));
}

export function keyOption(): Option {
  return new Option(
    '--idempotency-key <key>',
    'of an earlier try: under one key the same request is one job (else a new key)',
  ).argParser(like(/^[!-~]{1,255}$/, '1 to 255 printable ASCII characters without spaces'));
}

export function reasonOption(): Option {
  return new Option('--reason <text>', 'why, for who reads its history');
}

export function forceOption(): Option {
  return new Option('--force', 'also what others have hung on it, which otherwise refuses the removal');
}

const NEEDED = new WeakSet<Option>();

/** Commander's own mandatory options are missed before an option that it does not know, which may be just that one. */
export function needed(option: Option): Option {
  NEEDED.add(option);
  return option;
}

/** Throws where a command has not been given what it needs. */
export function missing(command: Command): void {
  for (const option of command.options) {
    if (!NEEDED.has(option) || command.getOptionValue(option.attributeName()) !== undefined) continue;
    throw new CommanderError(
      EXIT.badInput,
      'commander.missingMandatoryOptionValue',
      `error: required option '${option.flags}' not specified`,
    );
  }
}

/** For the end of a command's help. */
export function examples(...commands: string[]): string {
  return `\nExamples:\n${commands.map(each => `  gatehouse ${each}`).join('\n')}`;
}

export function like(pattern: RegExp, words: string) {
  return (text: string): string => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(`It is ${words}.`);
  };
}

export function wholeNumber(from: number, to: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`It is a whole number from ${from} to ${to}.`);
  };
}
