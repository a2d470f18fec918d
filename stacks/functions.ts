// One Lambda function of one handler: its role allows the permissions of permissions.ts and writing its own log, and
// nothing else.
import type { Permission } from '@gatehouse/clouds/permission';
import { type Handler, permissionsOf } from '@gatehouse/functions/permissions';
import { callsAlicloud } from './alicloud.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

export interface FunctionOptions {
  timeoutSeconds: number;
  reserved?: number | undefined;
  /** The files that it reads at run time, by their path in this repository. */
  files?: readonly string[];
}

/**
 * Credential providers of the SDK that a Lambda function never uses, because the environment comes first, and the SDK's
 * detection of browsers. All of them are loaded on demand only.
 */
const NOT_BUNDLED = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
  'bowser',
];

export function deployFunction(
  ground: Ground,
  { table, deadLetters }: Storage & { deadLetters?: aws.sqs.Queue },
  handler: Handler,
  options: FunctionOptions,
): sst.aws.Function {
  const name = logicalName(handler);
  const { settings, partition, account, stateMachineArn, eventBusArn } = ground;
  const secret = callsAlicloud(handler) ? ground.alicloud?.secret : undefined;
  const log = new aws.cloudwatch.LogGroup(`${name}Log`, {
    name: logName(handler),
    retentionInDays: settings.logRetentionDays,
  });
  const arns = $resolve({
    table: table.arn,
    machine: stateMachineArn,
    bus: eventBusArn,
    log: log.arn,
    partition,
    account,
    deadLetters: deadLetters?.arn ?? '',
    alicloudSecret: secret?.arn ?? '',
  });
  const permissions = arns.apply(at => {
    const places = {
      table: afterPartition(at.table),
      stateMachine: afterPartition(at.machine),
      eventBus: afterPartition(at.bus),
      ...(at.deadLetters ? { deadLetters: afterPartition(at.deadLetters) } : {}),
      ...(at.alicloudSecret ? { alicloudSecret: afterPartition(at.alicloudSecret) } : {}),
    };
    const itsLog: Permission = {
      service: 'logs',
      operations: ['CreateLogStream', 'PutLogEvents'],
      on: `${afterPartition(at.log)}:*`,
    };
    const arnOf = (on: string) =>
      on === '*' ? on : `arn:${at.partition}:${on.replaceAll('{account}', at.account)}`;
    return statementsOf([...permissionsOf(handler, places), itsLog], arnOf);
  });
  return new sst.aws.Function(name, {
    handler: `packages/functions/src/${handler}.handler`,
    description: `Gatehouse: ${handler}`,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: '512 MB',
    timeout: `${options.timeoutSeconds} seconds`,
    environment: {
      GATEHOUSE_TABLE: table.name,
      GATEHOUSE_STATE_MACHINE_ARN: stateMachineArn,
      GATEHOUSE_EVENT_BUS: ground.eventBusName,
      GATEHOUSE_EVENT_SOURCES: Object.keys(settings.eventSources).join(','),
      GATEHOUSE_ACCESS: ground.access,
      ...(settings.jwt ? { GATEHOUSE_TOKEN_ISSUER: settings.jwt.issuer } : {}),
      GATEHOUSE_MAX_WAITERS: String(settings.maxWaiters),
      GATEHOUSE_CLOUDS: settings.alicloud ? 'aws,alicloud' : 'aws',
      ...(settings.alicloud ? { GATEHOUSE_ALICLOUD_LIMITS: settings.alicloud.limits } : {}),
      ...(secret ? { GATEHOUSE_ALICLOUD_SECRET: secret.arn } : {}),
      NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
    },
    permissions,
    logging: { format: 'json', logGroup: log.name },
    // Each module that is imported on demand is a file of its own: the client of Alibaba Cloud, the YAML parser.
    nodejs: { format: 'esm', minify: true, splitting: true, esbuild: { external: NOT_BUNDLED } },
    ...(options.files ? { copyFiles: options.files.map(from => ({ from, to: from })) } : {}),
    ...(options.reserved === undefined ? {} : { concurrency: { reserved: options.reserved } }),
    transform: { role: $dev ? {} : roleOf(account) },
  });
}

/**
 * AWS's managed policy for logs allows writing to every log group of the account. SST lets the whole account assume the
 * role, for `sst dev`.
 */
function roleOf(account: $util.Output<string>) {
  return { managedPolicyArns: [], assumeRolePolicy: trustOf('lambda', account) };
}

/** A service may take the role on for its resources of this account only. */
export function trustOf(service: 'lambda' | 'states', account: $util.Output<string>): $util.Output<string> {
  return account.apply(own =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: `${service}.amazonaws.com` },
          Condition: { StringEquals: { 'aws:SourceAccount': own } },
        },
      ],
    }),
  );
}

interface Statement {
  actions: string[];
  resources: string[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

/** One statement for each resource. */
export function statementsOf(permissions: Permission[], arnOf: (on: string) => string): Statement[] {
  const byResource = Map.groupBy(permissions, ({ on, condition }) => JSON.stringify([on, condition]));
  return [...byResource.values()].map(group => {
    const actions = group.flatMap(({ service, operations }) => operations.map(name => `${service}:${name}`));
    const [first] = group;
    return {
      actions: [...new Set(actions)].toSorted(),
      resources: [arnOf(first?.on ?? '')],
      ...(first?.condition ? { conditions: [first.condition] } : {}),
    };
  });
}

export function logName(handler: string): string {
  return `/${$app.name}/${$app.stage}/${handler}`;
}

/** `steps/endpoint-group` is `StepsEndpointGroup`. */
export function logicalName(handler: string): string {
  return handler
    .split(/\W/)
    .map(part => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}

function afterPartition(arn: string): string {
  return arn.split(':').slice(2).join(':');
}
