// Alibaba Cloud, where a stage enables it: the secret for its access key, which the functions that call it read at run time.
// The policy of the secret keeps everybody else from reading it, whatever their own policies allow.
import { type Handler, ramActionsOf } from '@gatehouse/functions/permissions';
import type { Settings } from './settings.ts';

export interface Alicloud {
  secret: aws.secretsmanager.Secret;
}

/** The secret has no value: docs/deploy.md says how to set it. */
export function deployAlicloud({ keepTable }: Settings): Alicloud {
  const secret = new aws.secretsmanager.Secret('AlicloudKey', {
    name: `${$app.name}-${$app.stage}-alicloud`,
    description: 'The access key of Alibaba Cloud: {"accessKeyId": "...", "accessKeySecret": "..."}',
    // A stage that can be removed with everything in it can be created again at once.
    recoveryWindowInDays: keepTable ? 30 : 0,
  });
  return { secret };
}

export function callsAlicloud(handler: string): boolean {
  return ramActionsOf(handler as Handler).length > 0;
}

/** `functions`: by handler. */
export function deployKeyPolicy({ secret }: Alicloud, functions: Record<string, sst.aws.Function>): void {
  const readers = Object.entries(functions)
    .filter(([handler]) => callsAlicloud(handler))
    .map(([, made]) => made.nodes.role.arn);
  new aws.secretsmanager.SecretPolicy('AlicloudKeyPolicy', {
    secretArn: secret.arn,
    blockPublicPolicy: true,
    policy: $resolve(readers).apply(roles =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DenyReadingToOthers',
            Effect: 'Deny',
            Principal: '*',
            Action: 'secretsmanager:GetSecretValue',
            Resource: '*',
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
          },
        ],
      }),
    ),
  });
}
