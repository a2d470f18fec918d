// Replaces a file as a whole: a rename is atomic, so a reader, or the next start, finds the old content or the new,
// never half of it. It survives the end of the process but not a power failure, because nothing here waits for the disk
// itself.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export function replaceFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, content, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}
