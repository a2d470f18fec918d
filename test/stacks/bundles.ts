// Every function bundled as SST bundles it (pkg/runtime/node/build.go of sst/sst), with the properties that the program
// gives it. What a bundle can call is read off what esbuild kept in it, and what it loads off what imports what.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deployment } from './deployment.ts';
import { platform, ROOT } from './platform.ts';

export interface Bundle {
  handler: string;
  /** An ES module that exports `handler`. */
  file: string;
  /** Loaded before the first call. */
  bytes: number;
  /** Of the files that are loaded on demand. */
  laterBytes: number;
  zippedBytes: number;
  /** Operations, by the package of their client: `client-global-accelerator`. */
  calls: Map<string, Set<string>>;
  /** Bytes by package, as they went in: of what is loaded before the first call, and of each file after that. */
  packages: Map<string, number>;
  later: { file: string; packages: Map<string, number> }[];
  sources: string[];
}

interface Output {
  bytes: number;
  inputs: Record<string, { bytesInOutput: number }>;
  imports: { path: string; kind: string; external?: true }[];
  entryPoint?: string;
}

interface Properties {
  minify: boolean;
  splitting: boolean;
  esbuild: { external: string[] };
}

/** What SST puts before every ES module. */
const BANNER = `import { createRequire as topLevelCreateRequire } from 'module';
const require = topLevelCreateRequire(import.meta.url);
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"
const __filename = topLevelFileUrlToPath(import.meta.url)
const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))
`;

export async function bundleAll(): Promise<Bundle[]> {
  const esbuild = createRequire(join(platform(), '.sst/platform/package.json'))('esbuild');
  const bundlesFolder = join(platform(), 'bundles', String(process.pid));
  mkdirSync(bundlesFolder, { recursive: true });
  process.on('exit', () => rmSync(bundlesFolder, { recursive: true, force: true }));
  const bundles: Bundle[] = [];
  for (const { inputs } of deployment('prod', { alicloud: true }).of('build')) {
    const source = String(inputs['handler']).replace(/\.handler$/, '.ts');
    const handler = source.replace(/^packages\/functions\/src\/(.*)\.ts$/, '$1');
    const properties = inputs['properties'] as Properties;
    const folder = join(bundlesFolder, handler.replace('/', '-'));
    const { metafile } = await esbuild.build({
      entryPoints: [join(ROOT, source)],
      absWorkingDir: ROOT,
      outdir: folder,
      entryNames: 'bundle',
      outExtension: { '.js': '.mjs' },
      platform: 'node',
      external: ['sharp', 'pg-native', ...properties.esbuild.external],
      keepNames: true,
      bundle: true,
      splitting: properties.splitting,
      metafile: true,
      format: 'esm',
      target: 'esnext',
      mainFields: ['module', 'main'],
      minify: properties.minify,
      banner: { js: BANNER },
      tsconfigRaw: {},
      logLevel: 'error',
    });
    for (const { from, to } of inputs['copyFiles'] as { from: string; to: string }[])
      cpSync(from, join(folder, to), { recursive: true });
    bundles.push({ handler, file: join(folder, 'bundle.mjs'), ...readOff(metafile.outputs) });
  }
  return bundles;
}

/** All that its code is; of what is read at run time only its address is known to esbuild. */
function readOff(outputs: Record<string, Output>): Omit<Bundle, 'handler' | 'file'> {
  const first = firstLoaded(outputs);
  const files = Object.entries(outputs);
  const [now, later] = [
    files.filter(([path]) => first.has(path)),
    files.filter(([path]) => !first.has(path)),
  ];
  const kept = files.flatMap(([, { inputs }]) => keptIn(inputs));
  const calls = new Map<string, Set<string>>();
  for (const [path] of kept) {
    const [, client = '', operation] =
      /@aws-sdk\/(client-[\w-]+)\/.*commands\/(\w+)Command\.js$/.exec(path) ?? [];
    if (operation) calls.set(client, (calls.get(client) ?? new Set()).add(operation));
  }
  return {
    bytes: sum(now),
    laterBytes: sum(later),
    zippedBytes: gzipSync(Buffer.concat(files.map(([path]) => readFileSync(join(ROOT, path))))).length,
    calls,
    packages: packagesOf(now),
    later: later.map(each => ({ file: basename(each[0]), packages: packagesOf([each]) })),
    sources: kept.map(([path]) => path),
  };
}

/** The entry, and what it imports, and so on; not what is imported on demand. */
function firstLoaded(outputs: Record<string, Output>): Set<string> {
  const [entry] = Object.entries(outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint?.startsWith('packages/functions/') ? [path] : [],
  );
  const loaded = new Set<string>(entry === undefined ? [] : [entry]);
  // A set is walked on while it grows.
  for (const path of loaded)
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? [])
      if (!external && kind === 'import-statement') loaded.add(imported);
  return loaded;
}

type Files = [path: string, output: Output][];

function sum(files: Files): number {
  return files.reduce((all, [, { bytes }]) => all + bytes, 0);
}

function packagesOf(files: Files): Map<string, number> {
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of files.flatMap(([, { inputs }]) => keptIn(inputs))) {
    const [, name = 'gatehouse'] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return packages;
}

function keptIn(inputs: Output['inputs']) {
  return Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
}
