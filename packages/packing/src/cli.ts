// The command line as a package: one file that needs nothing but Node, and the schema for editors.
import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { emptied, OLDEST_NODE, packed, ROOT } from './stage.ts';

/** Some packages in the file are CommonJS and call `require` for modules of Node. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Returns the path of the tarball. The file alone stands beside it, as gatehouse.mjs. */
export async function packCli(into: string): Promise<string> {
  const folder = emptied(join(into, 'cli'));
  const source = join(ROOT, 'packages', 'cli');
  const program = join(folder, 'dist', 'gatehouse.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(source, 'src', 'main.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: `node${OLDEST_NODE}`,
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  });
  chmodSync(program, 0o755);
  copyFileSync(program, join(into, 'gatehouse.mjs'));
  copyFileSync(join(source, 'entry-point.schema.json'), join(folder, 'entry-point.schema.json'));
  return packed('cli', folder, into, {
    bin: { gatehouse: 'dist/gatehouse.mjs' },
    exports: { './entry-point.schema.json': './entry-point.schema.json', './package.json': './package.json' },
    files: ['dist/gatehouse.mjs', 'entry-point.schema.json'],
  });
}
