// The options that several commands share, and the parsing of their values.
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT } from './exit.ts';

export function requestFile(): Option {
  return new Option('-f, --file <file>', 'the request file, in YAML or JSON; - for standard input');
}

export function waitOption(): Option {
  return new Option('-w, --wait', 'show each step and exit when the job has ended');
}

export function planOption(): Option {
  return new Option(
    '--plan <hash>',
    'the hash of a reviewed plan: fail if the job would do anything else',
  ).argParser(like(/^[0-9a-f]{64}$/, 'the 64 hex digits that gatehouse plan prints'));
}

export function keyOption(): Option {
  return new Option(
    '--idempotency-key <key>',
    'the key of an earlier attempt, to find its job instead of creating another (default: a new key)',
  ).argParser(like(/^[!-~]{1,255}$/, '1 to 255 printable ASCII characters without spaces'));
}

export function reasonOption(): Option {
  return new Option('--reason <text>', 'the reason, kept in the history of the job');
}

export function forceOption(): Option {
  return new Option(
    '--force',
    'also delete foreign resources attached to it (otherwise the removal is refused)',
  );
}

const NEEDED = new WeakSet<Option>();

/** Commander reports a missing mandatory option before a misspelled one, which may be the cause. `missing` runs later. */
export function needed(option: Option): Option {
  NEEDED.add(option);
  return option;
}

/** Throws if a needed option of the command is missing. */
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

/** Commander keeps the last value of a repeated option and drops the others without a word. */
export function refuseRepeated(command: Command): void {
  for (const option of command.options) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven && option.required) {
        throw new CommanderError(
          EXIT.badInput,
          'commander.repeatedOption',
          `error: option '${option.flags}' can be given only once; run the command again for each further value`,
        );
      }
      isGiven = true;
    });
  }
}

/** The examples at the end of a command's help. */
export function examples(...commands: string[]): string {
  return `\nExamples:\n${commands.map(each => `  gatehouse ${each}`).join('\n')}`;
}

export function like(pattern: RegExp, words: string) {
  return (text: string): string => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(`Expected ${words}.`);
  };
}

/** A name of DNS, also with the dot at its end that makes it absolute. */
export const hostName = like(
  /^(?=.{1,254}$)(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9-]{2,63}\.?$/,
  'a host name such as www.example.com',
);

export function wholeNumber(from: number, to: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${from} to ${to}.`);
  };
}
