// Every function bundled as SST bundles it (pkg/runtime/node/build.go of sst/sst), with the properties that the program
// gives it. What a bundle can call is read off what esbuild kept in it.

import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deployment } from './deployment.ts';
import { platform, ROOT } from './platform.ts';

export interface Bundle {
  handler: string;
  /** An ES module that exports `handler`. */
  file: string;
  bytes: number;
  zippedBytes: number;
  /** Operations, by the package of their client: `client-global-accelerator`. */
  calls: Map<string, Set<string>>;
  /** Bytes by package, as they went in. */
  packages: Map<string, number>;
  sources: string[];
}

interface Output {
  bytes: number;
  inputs: Record<string, { bytesInOutput: number }>;
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
  const folder = join(platform(), 'bundles', String(process.pid));
  mkdirSync(folder, { recursive: true });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const bundles: Bundle[] = [];
  for (const { inputs } of deployment('prod', { alicloud: true }).of('build')) {
    const source = String(inputs['handler']).replace(/\.handler$/, '.ts');
    const handler = source.replace(/^packages\/functions\/src\/(.*)\.ts$/, '$1');
    const properties = inputs['properties'] as { minify: boolean; esbuild: { external: string[] } };
    const file = join(folder, handler.replace('/', '-'), `${basename(handler)}.mjs`);
    const { metafile } = await esbuild.build({
      entryPoints: [join(ROOT, source)],
      absWorkingDir: ROOT,
      outfile: file,
      platform: 'node',
      external: ['sharp', 'pg-native', ...properties.esbuild.external],
      keepNames: true,
      bundle: true,
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
      cpSync(from, join(dirname(file), to), { recursive: true });
    const [output] = Object.values(metafile.outputs as Record<string, Output>);
    if (!output) throw new Error(`${handler} made no bundle`);
    bundles.push({ handler, file, ...readOff(output), zippedBytes: gzipSync(readFileSync(file)).length });
  }
  return bundles;
}

function readOff({ bytes, inputs }: Output) {
  const calls = new Map<string, Set<string>>();
  const packages = new Map<string, number>();
  const kept = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  for (const [path, { bytesInOutput }] of kept) {
    const [, name = 'gatehouse'] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
    const [, client = '', operation] =
      /@aws-sdk\/(client-[\w-]+)\/.*commands\/(\w+)Command\.js$/.exec(path) ?? [];
    if (operation) calls.set(client, (calls.get(client) ?? new Set()).add(operation));
  }
  return { bytes, calls, packages, sources: kept.map(([path]) => path) };
}
