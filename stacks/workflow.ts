// The state machine and the Lambdas that it calls: the same definition as on one machine, with the ARNs of these
// functions in it. Its role may call them and nothing else; logs and traces have no resource level.
import {
  ALICLOUD_FUNCTIONS,
  type AnyFunctionName,
  FUNCTIONS,
  machine,
  OLDER_FUNCTIONS,
} from '@gatehouse/core/machine/machine';
import { deployFunction } from './functions.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

/** Vended logs and X-Ray know no resources. */
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
  /** By name; without those of Alibaba Cloud where the stage has none of it. */
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
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'states.amazonaws.com' }),
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
    // Under this prefix the log's own resource policy does not grow with every machine.
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
