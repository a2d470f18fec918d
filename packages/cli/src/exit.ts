// How a command ends: its exit code, for scripts, and what it says of a failure. The table of codes is in --help and in
// docs/command-line.md.
import type { Placed } from './places.ts';

export const EXIT = {
  succeeded: 0,
  failed: 1,
  badInput: 2,
  asBefore: 3,
  needsPerson: 4,
  noAnswer: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each says, in the words of --help. */
export const EXIT_CODES: readonly [ExitCode, string][] = [
  [EXIT.succeeded, 'done; a job that was waited for succeeded'],
  [EXIT.failed, 'an unexpected failure, of Gatehouse or of this command'],
  [EXIT.badInput, 'refused: the command, the file or the request is wrong, or not allowed now'],
  [EXIT.asBefore, 'the job ended without success, and the clouds are as before'],
  [EXIT.needsPerson, 'the job ended, and something is left that a person has to look at'],
  [EXIT.noAnswer, 'Gatehouse did not answer'],
  [EXIT.interrupted, 'Ctrl-C; a job that was watched goes on'],
];

/** The command line, a file or a request is wrong. */
export class BadInput extends Error {
  /** Every mistake, with its place in `file`. */
  readonly mistakes: readonly Placed[];
  readonly file: string;

  constructor(message: string, { file = '', mistakes = [], cause }: Details = {}) {
    super(message, { cause });
    this.mistakes = mistakes;
    this.file = file;
  }
}

interface Details {
  file?: string;
  mistakes?: readonly Placed[];
  cause?: unknown;
}

/** Ctrl-C. The message says what goes on without us. */
export class Interrupted extends Error {}
