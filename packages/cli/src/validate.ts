// `gatehouse validate`: reports every error that can be found in the request alone, without a network.
import { readRequest, requestIn } from './read-request.ts';
import type { Printer, Terminal } from './terminal.ts';

/** Throws BadInput with every error. */
export async function validate(file: string, terminal: Terminal, print: Printer): Promise<void> {
  const read = await readRequest(file, terminal.stdin);
  const { operation, entryPoint } = requestIn(read);
  print.answer({ valid: true, operation, entryPoint }, () => [
    `${read.name} is valid: ${operation} ${entryPoint}.`,
  ]);
}
