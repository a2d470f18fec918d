// The caller: the identity that API Gateway has verified. It is an IAM identity or, in a deployment that accepts tokens
// (JWT), an issuer and subject. Two sessions of one role are the same caller.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** `123456789012/role/deployer`, `123456789012/user/alice`, `login.example.com/alice`; undefined without a verified identity. */
export function callerOf(event: APIGatewayProxyEventV2): string | undefined {
  const context: object = event.requestContext;
  const userArn = textAt(context, ['authorizer', 'iam', 'userArn']);
  const claims = ['authorizer', 'jwt', 'claims'];
  const subject = textAt(context, [...claims, 'sub']);
  // The issuer is part of the name, because a subject is unique only within its issuer.
  if (subject) return `${textAt(context, [...claims, 'iss'])?.replace(/^https:\/\//, '')}/${subject}`;
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
