// The last message of a process that cannot continue. Without a writable data folder it ends with one line that says what to
// do, and the next start resumes from the data on disk. Any other error is a bug and is printed with its stack trace.
import { resolve, sep } from 'node:path';
import { inspect } from 'node:util';

export function sayLastWords(dataDir: string): void {
  process.on('uncaughtException', thrown => {
    const lost = ofTheDisk(thrown, resolve(dataDir));
    process.stderr.write(`${lost ? lastWords(dataDir, thrown) : inspect(thrown)}\n`);
    process.exit(1);
  });
}

const OF_DISKS = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO'];

/** Recognized by its code, or by the path of its file. */
function ofTheDisk(thrown: unknown, folder: string): boolean {
  const { code, path } = Object(thrown);
  if (OF_DISKS.includes(code) || String(code).startsWith('LEVEL_')) return true;
  return typeof path === 'string' && `${resolve(path)}${sep}`.startsWith(`${folder}${sep}`);
}

function lastWords(dataDir: string, { message }: Error): string {
  return `Gatehouse stops: the data folder ${dataDir} cannot be written (${message}). Once there is space again, the next start resumes where this one stopped.`;
}
