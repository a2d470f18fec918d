// The functions' log and the house's own: into a file, as the terminal is for people. Kept to a size at each start.
import { Console } from 'node:console';
import { createWriteStream, statSync, truncateSync } from 'node:fs';

const MAX_BYTES = 20 * 1024 * 1024;

/** From here on what is written to the console goes to `file`. */
export function logToFile(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) truncateSync(file);
  globalThis.console = new Console(createWriteStream(file, { flags: 'a' }));
}
