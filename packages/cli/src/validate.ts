// `gatehouse validate`: every mistake that the request alone shows, without a network.
import { readRequest, requestIn } from './read-request.ts';
import type { Printer, Terminal } from './terminal.ts';

/** Throws BadInput with every mistake. */
export async function validate(file: string, terminal: Terminal, print: Printer): Promise<void> {
  const read = await readRequest(file, terminal.stdin);
  const { operation, entryPoint } = requestIn(read);
  print.answer({ valid: true, operation, entryPoint }, () => [
    `${read.name} is valid: it asks to ${operation} ${entryPoint}.`,
  ]);
}
