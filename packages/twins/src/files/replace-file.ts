// A file that is whole whenever it is read: a rename is atomic, so a reader, or the next start, finds the old content or
// the new, never half of it. It outlives the process, not a power cut: nothing here waits for the disk itself.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export function replaceFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, content, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}
