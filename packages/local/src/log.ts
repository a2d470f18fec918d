// The functions' log and the house's own: into a file, as the terminal is for people. Kept to a size: what is older goes
// to a second file of that name, and then away.
import { Console } from 'node:console';
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { Writable } from 'node:stream';

/** Of each of the two. */
const MOST_BYTES = 20 * 1024 * 1024;

/** From here on what is written to the console goes to `file`, and what was there before to `file`.1 once it is full. */
export function logToFile(file: string, mostBytes = MOST_BYTES): void {
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const append = (line: Buffer) => {
    if (bytes > 0 && bytes + line.length > mostBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    appendFileSync(file, line, { mode: 0o600 });
    bytes += line.length;
  };
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      try {
        append(line);
      } catch {
        // Of a full disk or a folder that is gone nothing can be said here; a line is lost, and not those to come.
      }
      done();
    },
  });
  globalThis.console = new Console(stream);
}
