// The exit codes of commands, for scripts, and the errors that lead to them. The codes are listed in --help and in
// docs/command-line.md.
import { NoAnswer } from '@gatehouse/client';
import type { Placed } from './places.ts';

export const EXIT = {
  succeeded: 0,
  failed: 1,
  badInput: 2,
  asBefore: 3,
  needsAction: 4,
  noAnswer: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The meaning of each code, as --help shows it. */
export const EXIT_CODES: readonly [ExitCode, string][] = [
  [EXIT.succeeded, 'success; with --wait, the job succeeded'],
  [EXIT.failed, 'an unexpected failure of Gatehouse or of this command'],
  [EXIT.badInput, 'the command, the file or the request is invalid, or not allowed now'],
  [EXIT.asBefore, 'the job did not succeed; the clouds are as before'],
  [EXIT.needsAction, 'the job did not succeed; leftovers need manual action'],
  [EXIT.noAnswer, 'no answer from Gatehouse'],
  [EXIT.interrupted, 'interrupted with Ctrl-C; a watched job continues'],
];

/** The command line, a file or a request is invalid. */
export class BadInput extends Error {
  /** Every error with its location in `file`. */
  readonly issues: readonly Placed[];
  readonly file: string;

  constructor(message: string, { file = '', issues = [], cause }: Details = {}) {
    super(message, { cause });
    this.issues = issues;
    this.file = file;
  }
}

interface Details {
  file?: string;
  issues?: readonly Placed[];
  cause?: unknown;
}

/** A request without an answer. Unless it was never sent, its job may exist under this key. */
export class LostSubmission extends NoAnswer {
  readonly idempotencyKey: string;

  constructor(
    message: string,
    { idempotencyKey, ...lost }: ConstructorParameters<typeof NoAnswer>[1] & { idempotencyKey: string },
  ) {
    super(message, lost);
    this.idempotencyKey = idempotencyKey;
  }
}

/** Ctrl-C. The message says what continues without this command. */
export class Interrupted extends Error {}
