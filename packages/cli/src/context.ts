// The context of every command: the global options, a client, and a way to end with an exit code.
import type { Command } from 'commander';
import type { Watching } from './follow.ts';
import { type Printer, printer, type Terminal } from './terminal.ts';

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

/** Without these options, a hint would lead to another installation or to another caller. */
const CONNECTION = ['url', 'as', 'awsRegion', 'tokenCommand'] as const;

export function printerOf(program: Command, terminal: Terminal): Printer {
  const globals = program.opts<Globals>();
  const given = CONNECTION.filter(name => program.getOptionValueSource(name) === 'cli');
  const options = given.map(name => {
    const { long } = program.options.find(option => option.attributeName() === name) ?? {};
    return `${long} ${inShell(globals[name] ?? '')}`;
  });
  return printer(terminal, globals.output, options);
}

/** Quoted for a POSIX shell where necessary. */
export function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
