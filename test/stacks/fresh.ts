// A bundle in a fresh process, as Lambda starts one: how long it takes to load, and what it answers to one event.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Fresh {
  loadMs: number;
  value?: unknown;
  error?: { name: string; message: string };
}

const run = promisify(execFile);

/** `env` is all that the process has of an environment. */
export async function inFreshProcess(file: string, event: object, env: NodeJS.ProcessEnv): Promise<Fresh> {
  const script = join(import.meta.dirname, 'fresh.mjs');
  const { stdout } = await run(process.execPath, [script, file, JSON.stringify(event)], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** One that each function understands: of a job that nobody knows, or a look at the health. */
export function sampleFor(handler: string): object {
  if (!handler.startsWith('api/')) {
    const failure = { Error: 'TerminalError', Cause: 'a sample' };
    return {
      jobId: 'job-sample',
      attempt: 1,
      step: 'listener',
      act: 'apply',
      end: 'ROLLED_BACK',
      failure,
      id: 'sample',
      source: 'sample',
      account: '123456789012',
      time: '2026-03-01T12:00:00Z',
      detail: { name: 'job-sample-1' },
    };
  }
  return {
    version: '2.0',
    rawPath: '/v1/sample',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'sample' },
    pathParameters: { id: 'job-sample', name: 'sample' },
    body: '{}',
    isBase64Encoded: false,
    requestContext: {
      http: { method: 'GET', path: '/v1/sample' },
      authorizer: { iam: { userArn: 'arn:aws:iam::123456789012:user/sample' } },
    },
  };
}
