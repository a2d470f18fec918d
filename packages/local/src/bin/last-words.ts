// What is said when the process cannot go on. What is not on disk is promised to nobody: without its data folder it ends,
// in one line that says what to do, and the next start goes on from what is there. All else is a mistake of ours, with
// its trace.
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

/** By its code, as the database's; or by the file that it is about. */
function ofTheDisk(thrown: unknown, folder: string): boolean {
  const { code, path } = Object(thrown);
  if (OF_DISKS.includes(code) || String(code).startsWith('LEVEL_')) return true;
  return typeof path === 'string' && `${resolve(path)}${sep}`.startsWith(`${folder}${sep}`);
}

function lastWords(dataDir: string, { message }: Error): string {
  return `Gatehouse stops: the data folder ${dataDir} cannot be written any more (${message}). With room for it again, the next start goes on where this one was.`;
}
