// The state machine and the Lambda functions that it calls: the same definition as in the local stack, with the ARNs of
// these functions. Its role allows calling them and nothing else; logs and traces have no resource level.
import {
  type AnyFunctionName,
  FUNCTIONS,
  functionsWithout,
  machine,
  OLDER_FUNCTIONS,
} from '@gatehouse/core/machine/machine';
import { deployFunction, trustOf } from './functions.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

/** Vended logs and X-Ray have no resource level. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const TRACES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

export interface Workflow {
  machine: aws.sfn.StateMachine;
  /** By name; without the functions of Alibaba Cloud in a stage that does not enable it. */
  functions: Record<string, sst.aws.Function>;
}

export function deployWorkflow(ground: Ground, storage: Storage): Workflow {
  const { settings, stateMachineName } = ground;
  const clouds = settings.alicloud ? (['aws', 'alicloud'] as const) : (['aws'] as const);
  const left = new Set<string>(functionsWithout(clouds));
  const deployed = Object.entries({ ...FUNCTIONS, ...OLDER_FUNCTIONS }).filter(([name]) => !left.has(name));
  const functions = Object.fromEntries(
    deployed.map(([name, { timeoutSeconds }]) => {
      const reserved = new Map<string, number>(Object.entries(settings.concurrency)).get(name);
      return [
        name,
        deployFunction(ground, storage, `steps/${name as AnyFunctionName}`, { timeoutSeconds, reserved }),
      ];
    }),
  );
  const arns = $resolve(Object.fromEntries(Object.entries(functions).map(([name, { arn }]) => [name, arn])));

  const role = new aws.iam.Role('MachineRole', {
    // AWS allows 38 characters.
    namePrefix: `${stateMachineName}-machine-`.slice(-38),
    assumeRolePolicy: trustOf('states', ground.account),
    inlinePolicies: [
      {
        name: 'inline',
        policy: arns.apply(byName =>
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: Object.values(byName) },
              { Effect: 'Allow', Action: [...LOG_DELIVERY, ...TRACES], Resource: ['*'] },
            ],
          }),
        ),
      },
    ],
  });
  const log = new aws.cloudwatch.LogGroup('MachineLog', {
    // With this prefix, the resource policy of the logs does not grow with every state machine.
    name: `/aws/vendedlogs/states/${stateMachineName}`,
    retentionInDays: settings.logRetentionDays,
  });
  const stateMachine = new aws.sfn.StateMachine('Machine', {
    name: stateMachineName,
    type: 'STANDARD',
    roleArn: role.arn,
    definition: arns.apply(byName => JSON.stringify(machine(name => byName[name] ?? '', { clouds }))),
    loggingConfiguration: {
      level: 'ERROR',
      includeExecutionData: true,
      logDestination: $interpolate`${log.arn}:*`,
    },
    tracingConfiguration: { enabled: true },
  });
  return { machine: stateMachine, functions };
}
