// `gatehouse init`: creates an example to edit, with a reference to its schema for editors. It never overwrites a file.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inShell } from './context.ts';
import { BadInput } from './exit.ts';
import { SCHEMA_FILE } from './schema.ts';
import type { Printer } from './terminal.ts';

const exampleOf = (cloud: string) => new URL(`../init/${cloud}.yaml`, import.meta.url);

export const CLOUDS = ['aws', 'alicloud'];

/** `cloud` is one of CLOUDS. */
export async function init(file: string, cloud: string, print: Printer): Promise<void> {
  const schema = relative(resolve(dirname(file)), fileURLToPath(SCHEMA_FILE));
  const example = (await readFile(exampleOf(cloud), 'utf8')).replace(/(?<=\$schema=).*/, () => schema);
  await writeFile(
    file,
    example.replaceAll('entry-point.yaml', () => file),
    { flag: 'wx' },
  ).catch(refuse(file));
  const name = inShell(file);
  print.answer({ file }, () => [
    `Created ${file}. Edit it, then run:`,
    ...[`validate -f ${name}`, `plan -f ${name}`, `apply -f ${name} --wait`].map(
      words => `  ${print.command(words)}`,
    ),
  ]);
}

function refuse(file: string) {
  return (cause: NodeJS.ErrnoException): never => {
    if (cause.code === 'EEXIST') throw new BadInput(`${file} already exists; choose another name`, { cause });
    throw new BadInput(`${file} cannot be created: ${REASONS[cause.code ?? ''] ?? cause.message}`, { cause });
  };
}

const REASONS: Record<string, string> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'its parent is not a folder',
  EACCES: 'permission denied',
};
