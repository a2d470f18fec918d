// The functions of all routes, loaded as Lambda loads them, in an environment whose every service is at one address.
import { DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { createLambdas, type Handler } from '@gatehouse/local/lambda/lambdas';

export const REGION = 'eu-west-1';
export const ACCOUNT = '123456789012';

/** `url`: of the table and of every cloud. */
export function routeFunctions({ url, table }: { url: string; table: string }) {
  Object.assign(process.env, {
    GATEHOUSE_TABLE: table,
    GATEHOUSE_STATE_MACHINE_ARN: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:gatehouse`,
    GATEHOUSE_EVENT_BUS: 'default',
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: url,
    GATEHOUSE_ALICLOUD_ENDPOINT: url,
    GATEHOUSE_ALICLOUD_SECRET: 'gatehouse-alicloud',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  const names = new Set<string>([...Object.values(ROUTES), DEFAULT_ROUTE]);
  const functions = [...names].map(
    name => [name, { timeoutSeconds: 30, load: () => loadRoute(name) }] as const,
  );
  return createLambdas(Object.fromEntries(functions), REGION, ACCOUNT);
}

export async function loadRoute(name: string): Promise<Handler> {
  const { handler }: { handler: Handler } = await import(`@gatehouse/functions/api/${name}`);
  return handler;
}
