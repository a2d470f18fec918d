// Items that are kept until they are done, one file each: on disk when `put` returns, deleted by `remove`. The next
// start finds them in the order of their ids. Without a folder, they are kept in memory.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '@gatehouse/twins/files/replace-file';

export interface Spool<T> {
  all(): T[];
  put(value: T): void;
  remove(id: string): void;
}

const ENDING = '.json';

/** An id becomes part of a file name: letters, digits and dashes. */
export function openSpool<T extends { id: string }>(folder: string | undefined): Spool<T> {
  if (folder === undefined) return memorySpool();
  mkdirSync(folder, { recursive: true });
  const fileOf = (id: string) => join(folder, `${id}${ENDING}`);
  return {
    all: () =>
      readdirSync(folder)
        .filter(name => name.endsWith(ENDING))
        .toSorted()
        .map(name => read<T>(join(folder, name))),
    put: value => replaceFile(fileOf(value.id), JSON.stringify(value)),
    remove: id => rmSync(fileOf(id), { force: true }),
  };
}

function memorySpool<T extends { id: string }>(): Spool<T> {
  const values = new Map<string, T>();
  return {
    all: () => [...values.values()],
    put: value => void values.set(value.id, value),
    remove: id => void values.delete(id),
  };
}

function read<T>(file: string): T {
  try {
    // Only `put` writes here, and it writes whole files.
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${file} is not JSON; move it away to start without it`, { cause });
  }
}
