// The access key of Alibaba Cloud, read from Secrets Manager at run time: no environment, log or error contains it. It is kept
// for some minutes, and read again when the cloud refuses it, so that a key can be exchanged without a deployment.
import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type {
  AlicloudConfig,
  AlicloudCredentials,
  KeySource,
} from '@gatehouse/clouds/alicloud-global-accelerator/client';
import { awsCall, STEP_CLIENT } from '@gatehouse/clouds/aws-call';
import { TerminalError } from '@gatehouse/core/ports/errors';
import * as z from 'zod';
import { readAlicloud } from './environment.ts';

/** What the client of Alibaba Cloud gets in a deployment. */
export function alicloudConfig(): AlicloudConfig {
  const { secret, endpoint } = readAlicloud();
  return { ...(secret ? { keys: secretKey(secret) } : {}), ...(endpoint ? { endpoint } : {}) };
}

const KEPT_MS = 5 * 60_000;
const FORM = '{"accessKeyId": "...", "accessKeySecret": "..."}';

const keySchema = z.object({
  accessKeyId: z.string().min(1),
  accessKeySecret: z.string().min(1),
  securityToken: z.string().min(1).exactOptional(),
});

/** `secret`: the ARN or name of a secret whose value is JSON. The first use loads the client of Secrets Manager. */
export function secretKey(secret: string, now: () => number = Date.now): KeySource {
  let kept: { key: AlicloudCredentials; until: number } | undefined;

  async function read(): Promise<AlicloudCredentials> {
    const fresh = keyIn(await secretValue(secret), secret);
    // The same object for the same key, so that its client is kept as well.
    const key = kept && isSame(kept.key, fresh) ? kept.key : fresh;
    kept = { key, until: now() + KEPT_MS };
    return key;
  }

  return {
    key: async () => (kept && now() < kept.until ? kept.key : read()),
    isReplaced: async refused => !isSame(refused, await read()),
  };
}

function isSame(one: AlicloudCredentials, other: AlicloudCredentials): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.accessKeySecret === other.accessKeySecret &&
    one.securityToken === other.securityToken
  );
}

async function secretValue(secret: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient(STEP_CLIENT);
  try {
    const errors = { ResourceNotFoundException: 'NotFound', DecryptionFailure: 'AccessDenied' } as const;
    const answer: GetSecretValueCommandOutput = await awsCall(
      { service: 'secretsmanager', operation: 'GetSecretValue', errors },
      () => client.send(new GetSecretValueCommand({ SecretId: secret })),
    );
    return answer.SecretString ?? '';
  } catch (thrown) {
    if (!(thrown instanceof TerminalError && thrown.code === 'NotFound')) throw thrown;
    throw unusable(secret, 'does not exist or has no value');
  } finally {
    client.destroy();
  }
}

/** Neither error nor cause has the value. */
function keyIn(value: string, secret: string): AlicloudCredentials {
  const parsed = keySchema.safeParse(jsonOf(value));
  if (parsed.success) return parsed.data;
  throw unusable(secret, 'has a value of another form');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(secret: string, what: string): TerminalError {
  const message = `The access key of Alibaba Cloud cannot be read: the secret ${secret} ${what}; set it to ${FORM}`;
  return new TerminalError('AccessDenied', message);
}
