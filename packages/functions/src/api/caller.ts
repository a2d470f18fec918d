// Who calls: the IAM identity that API Gateway has verified. Two sessions of one role are one caller.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** `123456789012/role/deployer`, `123456789012/user/alice`; undefined without a verified identity. */
export function callerOf(event: APIGatewayProxyEventV2): string | undefined {
  const context: object = event.requestContext;
  const userArn = textAt(context, ['authorizer', 'iam', 'userArn']);
  const [, account, resource = ''] = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(userArn ?? '') ?? [];
  if (!account) return undefined;
  const assumed = /^assumed-role\/(.+)\/[^/]+$/.exec(resource);
  return `${account}/${assumed ? `role/${assumed[1]}` : resource}`;
}

function textAt(value: unknown, path: string[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
}
