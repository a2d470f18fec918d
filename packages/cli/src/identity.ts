// The caller's identity: AWS credentials or a token. A token comes from the environment or from a command, never from the
// command line, which every user of the machine can read.
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { type ClientOptions, notSecret } from '@gatehouse/client';
import { BadInput } from './exit.ts';

interface Identity {
  url: string;
  awsRegion?: string;
  tokenCommand?: string;
}

/** An empty variable counts as unset. */
export function identityOf(
  { url, awsRegion, tokenCommand }: Identity,
  stopped: AbortSignal,
): Pick<ClientOptions, 'aws' | 'token'> {
  const token = process.env['GATEHOUSE_TOKEN'];
  const ways = [
    awsRegion && '--aws-region (GATEHOUSE_AWS_REGION)',
    tokenCommand && '--token-command (GATEHOUSE_TOKEN_COMMAND)',
    token && 'GATEHOUSE_TOKEN',
  ].filter(Boolean);
  if (ways.length > 1) throw new BadInput(`${ways.join(' and ')} conflict; give only one of them`);
  const open = ways.length > 0 ? notSecret(url) : undefined;
  if (open !== undefined) throw new BadInput(open);
  if (tokenCommand) return { token: () => tokenOf(tokenCommand, stopped) };
  if (token) return { token };
  return awsRegion ? { aws: { region: awsRegion } } : {};
}

const TIMEOUT_MS = 60_000;

async function tokenOf(command: string, signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await promisify(exec)(command, { signal, timeout: TIMEOUT_MS });
    return stdout.trim();
  } catch (thrown) {
    const { code, killed, stderr = '' } = Object(thrown);
    const how = killed ? `timed out after ${TIMEOUT_MS / 1000} seconds` : `failed with exit code ${code}`;
    const [message] = String(stderr).trim().split('\n').slice(-1);
    // The original error could contain a token, as it carries the command's output.
    throw new Error(`the token command ${how}${message ? `: ${message}` : ''}`);
  }
}
