// The client as a package: one module with its type declarations, for Node and browsers.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { emptied, manifestOf, OLDEST_NODE, packed, ROOT } from './stage.ts';

/** Loaded only to sign requests. What is not listed here is in the module. */
const INSTALLED_BESIDE = [
  '@aws-crypto/sha256-js',
  '@aws-sdk/credential-provider-node',
  '@smithy/signature-v4',
];

/** Returns the path of the tarball. */
export async function packClient(into: string): Promise<string> {
  const folder = emptied(join(into, 'client'));
  const source = join(ROOT, 'packages', 'client');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['client', 'credentials', 'no-credentials'].map(name => join(source, 'src', `${name}.ts`)),
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'esm',
    // No module of Node may get in, so that browsers can load it.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: [`node${OLDEST_NODE}`, 'es2022'],
    sourcemap: true,
    external: [...INSTALLED_BESIDE, '#credentials'],
  });
  declare(source, join(folder, 'dist', 'types'));
  const dependencies = Object.entries(manifestOf('client').dependencies as Record<string, string>);
  return packed('client', folder, into, {
    sideEffects: false,
    exports: {
      '.': { types: './dist/types/src/client.d.ts', default: './dist/client.js' },
      './package.json': './package.json',
    },
    imports: {
      '#credentials': { browser: './dist/no-credentials.js', default: './dist/credentials.js' },
    },
    files: ['dist'],
    dependencies: Object.fromEntries(dependencies.filter(([name]) => INSTALLED_BESIDE.includes(name))),
  });
}

/** The libraries of the check are those of Node and browsers alike: no type of Node is known. */
function declare(source: string, into: string): void {
  const emit = ['--declaration', '--emitDeclarationOnly', '--outDir', into, '--rootDir', source];
  const language = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,dom,dom.iterable',
    '--types',
    '',
  ];
  const checks = ['--strict', '--skipLibCheck', '--rewriteRelativeImportExtensions', '--ignoreConfig'];
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, ...emit, ...language, ...checks, join(source, 'src', 'client.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
