// The real process, as `npm start` runs it, and its REST API from a caller's view.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import type { JobView } from '@gatehouse/core/api/answers';
import type { Call } from '../world/world.ts';

const MAIN = 'packages/local/src/bin/main.ts';
/** As the launcher says it: a wait that is over by the time it is set is no mistake. */
const QUIET = '--disable-warning=TimeoutNegativeWarning';

export interface Gatehouse {
  url: string;
  process: ChildProcess;
  /** As a crash or the machine's power ends it: no handler runs. */
  kill(): Promise<void>;
  /** Ctrl-C; gives the exit code. */
  interrupt(): Promise<number | null>;
}

/** Goes when the tests of a file are over: one that is alive still writes while a test's own hooks run. */
export function temporaryFolder(_t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts it on a free port and resolves once it answers. */
export async function start(t: TestContext, dataDir: string, ...options: string[]): Promise<Gatehouse> {
  const args = [QUIET, MAIN, '--port', '0', '--data-dir', dataDir, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  const url = await firstUrl(child);
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  };
  return {
    url,
    process: child,
    kill: async () => {
      await ended('SIGKILL');
    },
    interrupt: () => ended('SIGINT'),
  };
}

/** The address that it says first. */
export async function firstUrl({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url) {
      stdout.resume();
      return url;
    }
  }
  throw new Error('the process ended before it said its address');
}

/** Runs it to its end; for starts that are to end by themselves. */
export async function run(
  ...options: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', text => {
    stdout += text;
  });
  child.stderr.on('data', text => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export async function submit(url: string, yaml: string, key: string): Promise<JobView> {
  const headers = { 'content-type': 'application/yaml', 'idempotency-key': key };
  const response = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body: yaml });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as JobView;
}

/** As a caller does: a 503 says to ask again; any other refusal is told. */
export async function getJson<T>(url: string): Promise<T> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url);
    const body: unknown = await response.json();
    if (response.ok) return body as T;
    assert.ok(response.status === 503 && tries < MAX_TRIES, `${url}: ${JSON.stringify(body)}`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

const MAX_TRIES = 20;

/** Polls as a caller does, at the pace that the answer asks for, until `until` holds. */
export async function poll(
  url: string,
  id: string,
  until: (job: JobView) => boolean,
  everyMs = 20,
): Promise<JobView> {
  for (;;) {
    const job = await getJson<JobView>(`${url}/v1/jobs/${id}`);
    if (until(job)) return job;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

export const hasEnded = (job: JobView): boolean => job.endedAt !== undefined;

export async function callsOf(url: string, operation: string): Promise<Call[]> {
  return getJson<Call[]>(`${url}/_twin/calls?operation=${operation}`);
}
