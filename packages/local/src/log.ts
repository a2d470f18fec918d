// The log of the functions and of the local stack goes to a file and leaves the terminal to people. Its size is
// bounded: older lines move to a second file, which is overwritten in turn.
import { Console } from 'node:console';
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { printableLines } from '@gatehouse/cli/printable';

/** The limit of each of the two files. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Sends all console output to `file` from now on. A full `file` becomes `file`.1. */
export function logToFile(file: string, maxBytes = MAX_BYTES): void {
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const append = (line: Buffer) => {
    if (bytes > 0 && bytes + line.length > maxBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    appendFileSync(file, line, { mode: 0o600 });
    bytes += line.length;
  };
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      try {
        append(Buffer.from(printableLines(line.toString())));
      } catch {
        // A full disk or a missing folder cannot be reported here. Only this line is lost, not the next ones.
      }
      done();
    },
  });
  globalThis.console = new Console(stream);
}
