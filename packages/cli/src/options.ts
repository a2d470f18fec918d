// Options that several commands have, and numbers on the command line.
import { InvalidArgumentError, Option } from 'commander';

export function requestFile(): Option {
  return new Option(
    '-f, --file <file>',
    'the request: YAML or JSON; - is standard input',
  ).makeOptionMandatory();
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

/** For the end of a command's help. */
export function examples(...commands: string[]): string {
  return `\nExamples:\n${commands.map(each => `  gatehouse ${each}`).join('\n')}`;
}

function like(pattern: RegExp, words: string) {
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
