// What every command runs on: the options of all commands, a client, a way to end with an exit code.
import type { Watching } from './follow.ts';

/** What can be said with every command. */
export interface Globals {
  url: string;
  output: 'text' | 'json';
  as?: string;
  awsRegion?: string;
  tokenCommand?: string;
  patience?: number;
}

/** What commands run on. */
export interface Context {
  /** Made when a command begins: what is said besides it is known by then. */
  connected(): Watching;
  /** Told the exit code of a command that has one of its own. */
  ended(code: number): void;
}
