// The caller: the identity that API Gateway has verified. It is an IAM identity or, in a deployment that accepts tokens
// (JWT), an issuer and subject.
import { callerOfArn, callerOfToken } from '@gatehouse/core/request/callers';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** `123456789012/role/deployer`, `123456789012/user/alice`, `login.example.com/alice`; undefined without a verified identity. */
export function callerOf(event: APIGatewayProxyEventV2): string | undefined {
  const context: object = event.requestContext;
  const userArn = textAt(context, ['authorizer', 'iam', 'userArn']);
  const claims = ['authorizer', 'jwt', 'claims'];
  const [issuer, subject] = [textAt(context, [...claims, 'iss']), textAt(context, [...claims, 'sub'])];
  if (issuer && subject) return callerOfToken({ issuer, subject });
  return userArn === undefined ? undefined : callerOfArn(userArn);
}

function textAt(value: unknown, path: string[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
}
