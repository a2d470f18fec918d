// Who asks, where Gatehouse does not know by itself: AWS credentials or a token. A token comes from the environment or
// from a command, never from the command line, which everybody on the machine can read.
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClientOptions } from '@gatehouse/client';
import { BadInput } from './exit.ts';

interface Identity {
  awsRegion?: string;
  tokenCommand?: string;
}

/** A variable that is set to nothing is none. */
export function identityOf(
  { awsRegion, tokenCommand }: Identity,
  stopped: AbortSignal,
): Pick<ClientOptions, 'aws' | 'token'> {
  const token = process.env['GATEHOUSE_TOKEN'];
  const ways = [
    awsRegion && '--aws-region (GATEHOUSE_AWS_REGION)',
    tokenCommand && '--token-command (GATEHOUSE_TOKEN_COMMAND)',
    token && 'GATEHOUSE_TOKEN',
  ].filter(Boolean);
  if (ways.length > 1) throw new BadInput(`${ways.join(' and ')} each say who asks; give one of them`);
  if (tokenCommand) return { token: () => tokenOf(tokenCommand, stopped) };
  if (token) return { token };
  return awsRegion ? { aws: { region: awsRegion } } : {};
}

const LONGEST_MS = 60_000;

async function tokenOf(command: string, signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await promisify(exec)(command, { signal, timeout: LONGEST_MS });
    return stdout.trim();
  } catch (thrown) {
    const { code, killed, stderr = '' } = Object(thrown);
    const how = killed ? `did not end within ${LONGEST_MS / 1000} seconds` : `ended with ${code}`;
    const [says] = String(stderr).trim().split('\n').slice(-1);
    // The cause would carry what the command had written by then.
    throw new Error(`the token command ${how}${says ? `: ${says}` : ''}`);
  }
}
