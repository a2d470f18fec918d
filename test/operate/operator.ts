// `npm run operate` as an operator runs it, against one local port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const MAIN = 'packages/operate/src/main.ts';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export async function operate(url: string, ...args: string[]): Promise<Ran> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
