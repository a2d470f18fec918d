// SST without an account and without its downloads: its component sources and their packages, from the package registry
// alone, in a folder of their own that the next run finds again. The configuration of the user's own SST is not touched: SST keeps
// it in that folder, too.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SST_VERSION } from '../../stacks/settings.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Tests of the state machine as Step Functions would read it. */
const ASL_VALIDATOR = 'asl-validator@4.0.0';
/** What a foreign `sst install` asks its Pulumi for; the number is in its own package.json, too. */
const PULUMI_VERSION = 'v3.215.0';

/** Changes whenever what is installed does. */
const EDITION = `sst-${SST_VERSION}-2`;

const CONFIG = `export default $config({
  app: () => ({ name: 'gatehouse', home: 'aws', providers: { aws: { region: 'eu-west-1' } } }),
  async run() {},
});
`;

/** The folder that holds `node_modules` and `.sst/platform`. Installed once, about a minute and 350 MB. */
export function platform(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'gatehouse', EDITION);
  if (existsSync(folder)) return folder;
  console.error(`Installing SST ${SST_VERSION} to test with, once, into ${folder} ...`);
  // Made beside its place and moved there whole: a run that broke off leaves nothing that looks installed.
  const making = `${folder}.${process.pid}`;
  mkdirSync(join(making, 'config/sst/bin'), { recursive: true });
  writeFileSync(join(making, 'package.json'), '{ "private": true, "type": "module" }\n');
  run(making, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ASL_VALIDATOR);
  writeFileSync(join(making, 'sst.config.ts'), CONFIG);
  const pulumi = join(making, 'config/sst/bin/pulumi');
  writeFileSync(pulumi, `#!/bin/sh\necho ${PULUMI_VERSION}\n`);
  chmodSync(pulumi, 0o755);
  run(making, join(ROOT, 'node_modules/.bin/sst'), 'install');
  renameSync(making, folder);
  return folder;
}

/**
 * Puts the platform where the compiler finds it, beside `sst.config.ts`, unless a command of SST has put it there. That of SST
 * itself is the same, so its commands go on with it.
 */
export function linkPlatform(): void {
  const place = join(ROOT, '.sst/platform');
  if (existsSync(join(place, 'config.d.ts'))) return;
  const platformFolder = join(platform(), '.sst/platform');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(ROOT, '.sst'), { recursive: true });
  symlinkSync(platformFolder, place);
}

interface Decided {
  alicloud?: boolean;
  settings?: object;
}

/** A copy of what is to be deployed, with the platform where SST expects it: beside `sst.config.ts`. */
export function checkout(name: string, { alicloud = false, settings = {} }: Decided = {}): string {
  const scratch = platform();
  const folder = join(scratch, 'checkouts', `${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '.sst'), { recursive: true });
  cpSync(join(ROOT, 'sst.config.ts'), join(folder, 'sst.config.ts'));
  cpSync(join(ROOT, 'stacks'), join(folder, 'stacks'), { recursive: true });
  if (alicloud) switchOn(join(folder, 'stacks/settings.ts'));
  decide(join(folder, 'stacks/settings.ts'), settings);
  symlinkSync(join(scratch, '.sst/platform'), join(folder, '.sst/platform'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Takes the slashes off, as the settings say. */
function switchOn(file: string): void {
  replace(file, "// alicloud: { limits: 'guide' },", "alicloud: { limits: 'guide' },");
}

function decide(file: string, settings: object): void {
  const last = '...STAGES[stage]';
  replace(file, last, `${last}, ...${JSON.stringify(settings)}`);
}

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** The exact versions of what SST's components are made of. */
export function platformManifest(): { dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(platform(), '.sst/platform/package.json'), 'utf8'));
}

function run(cwd: string, command: string, ...args: string[]): void {
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(cwd, 'config'),
    NO_BUN: 'true',
    SST_NO_BUN: '1',
    SST_STAGE: 'test',
    SST_TELEMETRY_DISABLED: '1',
  };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? ''}${stdout}${stderr}`);
}
