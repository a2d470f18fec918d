// `gatehouse init`: creates an example to edit, with a reference to its schema for editors. It never overwrites a file.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inShell } from './context.ts';
import { BadInput } from './exit.ts';
import { INIT_EXAMPLES } from './init-examples.ts';
import { SCHEMA_FILE } from './schema.ts';
import type { Printer } from './terminal.ts';

export type Cloud = keyof typeof INIT_EXAMPLES;

export const CLOUDS = Object.keys(INIT_EXAMPLES) as Cloud[];

export async function init(file: string, cloud: Cloud, print: Printer): Promise<void> {
  const example = INIT_EXAMPLES[cloud].replaceAll('entry-point.yaml', () => file);
  await writeFile(file, schemaLine(file) + example, { flag: 'wx' }).catch(refuse(file));
  const name = inShell(file);
  print.answer({ file }, () => [
    `Created ${file}. Edit it, then run:`,
    ...[`validate -f ${name}`, `plan -f ${name}`, `apply -f ${name} --wait`].map(
      words => `  ${print.command(words)}`,
    ),
  ]);
}

/** Tells editors where the schema is. The command line as a single file has none beside it; `gatehouse schema` writes one. */
function schemaLine(file: string): string {
  const schema = fileURLToPath(SCHEMA_FILE);
  if (!existsSync(schema)) return '';
  return `# yaml-language-server: $schema=${relative(resolve(dirname(file)), schema)}\n`;
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
