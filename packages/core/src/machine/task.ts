// A Task of the machine: one call of one Lambda, with its time limit, its retries and where its failure leads. All
// retries of a job's work are these: the clients that its steps use have none of their own.
import type { Kind } from '../ports/kind.ts';

/** The Task of each kind: the state's name in the machine's graph, and the function that it calls. */
export const KIND_TASKS = {
  listener: { state: 'Listener', call: 'listener' },
  endpointGroup: { state: 'Endpoint group', call: 'endpoint-group' },
  accelerator: { state: 'Accelerator', call: 'accelerator' },
  targetGroup: { state: 'Target group', call: 'target-group' },
  targets: { state: 'Targets', call: 'targets' },
  stickinessPolicy: { state: 'Stickiness policy', call: 'stickiness-policy' },
  policyAttachment: { state: 'Policy attachment', call: 'policy-attachment' },
  alicloudListener: { state: 'Alibaba Cloud listener', call: 'alicloud-listener' },
  additionalCertificate: { state: 'Additional certificate', call: 'additional-certificate' },
  alicloudEndpointGroup: { state: 'Alibaba Cloud endpoint group', call: 'alicloud-endpoint-group' },
  forwardingRule: { state: 'Forwarding rule', call: 'forwarding-rule' },
} as const satisfies Record<Kind, { state: string; call: string }>;

/** The functions that an installation without Alibaba Cloud does not deploy. */
export const ALICLOUD_FUNCTIONS: readonly FunctionName[] = [
  KIND_TASKS.alicloudListener.call,
  KIND_TASKS.additionalCertificate.call,
  KIND_TASKS.alicloudEndpointGroup.call,
  KIND_TASKS.forwardingRule.call,
];

type StepFunction = (typeof KIND_TASKS)[Kind]['call'];

const STEP = { timeoutSeconds: 30 };

/** The Lambdas that the machine calls, with their time limits in seconds. A task waits longer than its Lambda lives. */
export const FUNCTIONS = {
  begin: { timeoutSeconds: 60 },
  ...(Object.fromEntries(Object.values(KIND_TASKS).map(({ call }) => [call, STEP])) as Record<
    StepFunction,
    typeof STEP
  >),
  'record-failure': { timeoutSeconds: 30 },
  evaluate: { timeoutSeconds: 60 },
  finish: { timeoutSeconds: 60 },
};

/** Called by executions that began on a machine of an earlier version only; today's machine does not name them. */
export const OLDER_FUNCTIONS = {
  stop: { timeoutSeconds: 30 },
  judge: { timeoutSeconds: 60 },
  complete: { timeoutSeconds: 60 },
  conclude: { timeoutSeconds: 60 },
};

/** A function of today's machine. */
export type FunctionName = keyof typeof FUNCTIONS;
/** Every function that has to be deployed. */
export type AnyFunctionName = FunctionName | keyof typeof OLDER_FUNCTIONS;

/** How much longer a Task waits than its Lambda may live: a task that timed out must not still be creating. */
const TASK_MARGIN_SECONDS = 15;

/**
 * Retries without a bound of their own would never end and with a small one would roll a job back for a busy
 * cloud, so the number only lets the job's deadline (at most 6 hours) come first: 1000 waits of about 30 seconds.
 * Lambda itself is such a cloud: where it is busy or down, nothing of ours has run.
 */
const RETRIES = [
  {
    ErrorEquals: [
      'RetryableError',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 1000,
    JitterStrategy: 'FULL',
  },
  {
    // A Lambda that crashed or ran out of time. Every step answers a crash by being called again.
    ErrorEquals: ['Lambda.Unknown', 'Sandbox.Timedout', 'States.Timeout'],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 8,
    JitterStrategy: 'FULL',
  },
];

export type State = { Type: string } & Record<string, unknown>;
export type Task = ReturnType<typeof taskOf>;

interface TaskOptions {
  Parameters: object;
  ResultPath?: string | null;
  Next?: string;
  End?: true;
  catchFirst?: object[];
  onFailure: string;
}

export function taskOf(arnOf: (name: FunctionName) => string) {
  return (name: FunctionName, { catchFirst = [], onFailure, ...rest }: TaskOptions): State => ({
    Type: 'Task',
    Resource: arnOf(name),
    TimeoutSeconds: FUNCTIONS[name].timeoutSeconds + TASK_MARGIN_SECONDS,
    Retry: RETRIES,
    Catch: [...catchFirst, { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: onFailure }],
    ...rest,
  });
}
