// Secrets Manager in the local stack: the present value of each secret, which PutSecretValue replaces until the next start.
// Versions, rotation schedules and policies are not part of it.
import { randomUUID } from 'node:crypto';
import type { WireService } from '@gatehouse/twins/http/wire';
import { members, text } from '@gatehouse/twins/shared/input';
import { read } from '../event-bridge/reading.ts';
import { answerAwsJson, type Body, WireError } from '../http/aws-json.ts';

const AWS_JSON = { service: 'secretsmanager', target: 'secretsmanager', version: '1.1' } as const;

const id = { SecretId: text({ min: 1, max: 2048 }) };
const getInput = members(id, {});
const putInput = members({ ...id, SecretString: text({ min: 1, max: 65_536 }) }, {});

/** `values`: by name. */
export function createSecrets(values: Record<string, string>, arnOf: (name: string) => string): WireService {
  const secrets = new Map(
    Object.entries(values).map(([name, value]) => [name, { value, version: randomUUID() }] as const),
  );

  function nameOf(requested: string): string {
    const name = [...secrets.keys()].find(each => requested === each || requested === arnOf(each));
    if (name !== undefined) return name;
    const message = "Secrets Manager can't find the specified secret.";
    throw new WireError('ResourceNotFoundException', message);
  }

  function getSecretValue(body: Body): object {
    const name = nameOf(read(body, getInput).SecretId);
    const { value, version } = secrets.get(name) ?? { value: '', version: '' };
    return {
      ARN: arnOf(name),
      Name: name,
      VersionId: version,
      SecretString: value,
      VersionStages: ['AWSCURRENT'],
    };
  }

  function putSecretValue(body: Body): object {
    const { SecretId, SecretString } = read(body, putInput);
    const [name, version] = [nameOf(SecretId), randomUUID()];
    secrets.set(name, { value: SecretString, version });
    return { ARN: arnOf(name), Name: name, VersionId: version, VersionStages: ['AWSCURRENT'] };
  }

  const operations = new Map([
    ['GetSecretValue', getSecretValue],
    ['PutSecretValue', putSecretValue],
  ]);
  return async request => answerAwsJson(AWS_JSON, request, operations);
}
