// The real AWS CLI for a test. It needs `aws` on the PATH.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What it prints, read as JSON. */
export async function aws(at: { url: string; region: string }, ...args: string[]) {
  const options = ['--endpoint-url', at.url, '--region', at.region, '--output', 'json'];
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  };
  try {
    const { stdout } = await run('aws', [...args, ...options], { env });
    return stdout === '' ? undefined : JSON.parse(stdout);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Error('This test runs the AWS CLI: install it, for example with `pip install awscli`');
  }
}
