// The real AWS CLI for a test. If it is not installed, these tests are skipped and say so. The gate installs it and
// skips nothing.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const isThere = spawnSync('aws', ['--version']).error === undefined;

/** The options of a test that needs it. */
export const needsAws =
  isThere || process.env['CI'] ? {} : { skip: 'needs the AWS CLI (pip install awscli)' };

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
  const { stdout } = await run('aws', [...args, ...options], { env });
  return stdout === '' ? undefined : JSON.parse(stdout);
}
