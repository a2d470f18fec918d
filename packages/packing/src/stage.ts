// The folder of a package as it is installed: compiled code and a manifest of its own. `npm pack` makes the tarball of it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** The oldest Node on which the packages run. esbuild compiles newer syntax for it. */
export const OLDEST_NODE = 20;

/** Of the source package, what an installed one repeats. */
const REPEATED = ['name', 'version', 'private', 'description', 'keywords', 'license', 'type'] as const;

type Manifest = Record<(typeof REPEATED)[number] | 'dependencies', unknown>;

export function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'));
}

/** Empties the folder of the package. */
export function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Writes the manifest, with what only an installed package has, and the documentation. `private` stays: nothing publishes a
 * package by mistake, and npm packs it all the same. Returns the path of the tarball in `into`.
 */
export function packed(name: string, folder: string, into: string, installed: object): string {
  const source = manifestOf(name);
  const repeated = Object.fromEntries(REPEATED.map(member => [member, source[member]]));
  const manifest = { ...repeated, engines: { node: `>=${OLDEST_NODE}` }, ...installed };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  copyFileSync(join(ROOT, 'packages', name, 'README.md'), join(folder, 'README.md'));
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', into];
  const output = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' });
  return join(into, tarballIn(output));
}

/** npm lists the packages, or maps their names to them, depending on its version. */
function tarballIn(output: string): string {
  const [{ filename }] = Object.values(JSON.parse(output)) as [{ filename: string }];
  return filename;
}
