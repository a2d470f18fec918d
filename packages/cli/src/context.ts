// The context of every command: the global options, a client, and a way to end with an exit code.
import type { Watching } from './follow.ts';

/** The options of every command. */
export interface Globals {
  url: string;
  output: 'text' | 'json';
  as?: string;
  awsRegion?: string;
  tokenCommand?: string;
  retryFor?: number;
}

/** The context of a command. */
export interface Context {
  /** Creates the client when a command begins, because the global options are parsed by then. */
  connected(): Watching;
  /** Called with the exit code of a command that has one of its own. */
  ended(code: number): void;
}
