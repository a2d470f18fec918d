// A Task of the machine: one call of one Lambda, with its time limit, its retries and where its failure leads. All
// retries of a job's work are these: the clients that its steps use have none of their own.

/** The Lambdas that the machine calls, with their time limits in seconds. A task waits longer than its Lambda lives. */
export const FUNCTIONS = {
  begin: { timeoutSeconds: 60 },
  listener: { timeoutSeconds: 30 },
  'endpoint-group': { timeoutSeconds: 30 },
  accelerator: { timeoutSeconds: 30 },
  'target-group': { timeoutSeconds: 30 },
  targets: { timeoutSeconds: 30 },
  'stickiness-policy': { timeoutSeconds: 30 },
  'policy-attachment': { timeoutSeconds: 30 },
  'alicloud-listener': { timeoutSeconds: 30 },
  'additional-certificate': { timeoutSeconds: 30 },
  'alicloud-endpoint-group': { timeoutSeconds: 30 },
  'forwarding-rule': { timeoutSeconds: 30 },
  stop: { timeoutSeconds: 30 },
  judge: { timeoutSeconds: 60 },
  complete: { timeoutSeconds: 60 },
  conclude: { timeoutSeconds: 60 },
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

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
