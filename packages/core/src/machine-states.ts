// The kinds of states that the machine is made of: a task with its retries and time limit, a step with or without a
// wait, its undo, a lane. What follows what is machine.ts.

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

export type State = { Type: string } & Record<string, unknown>;
export interface States {
  StartAt: string;
  States: Record<string, State>;
}
export type Machine = States & { Comment: string };

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

/** The items of the state's lanes, one after another unless told; an empty list is one transition. */
export function lane(name: string, items: string, branch: States, atOnce = 1): States {
  return { StartAt: name, States: { [name]: { ...mapOver(items, branch, atOnce), End: true } } };
}

export function each(items: string, next: string, branch: States): State {
  return { ...mapOver(items, branch), Next: next };
}

export function mapOver(items: string, branch: States, atOnce = 1): State {
  return {
    Type: 'Map',
    ItemsPath: items,
    ItemSelector: { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'lane.$': '$$.Map.Item.Value' },
    MaxConcurrency: atOnce,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...branch },
    ResultPath: null,
  };
}

/** What is asked of a step: forward, backward, or made good again. */
export type Act = 'apply' | 'undo' | 'restore';

interface StepOptions {
  name: string;
  call: FunctionName;
  /** Where the state holds the step's id. */
  step: string;
  /** The state that follows; without it the lane ends. */
  Next?: string;
}

/** A step that is done when its call answers. */
export function step(task: Task, { name, call, step, Next }: StepOptions): Record<string, State> {
  return {
    [name]: task(call, {
      Parameters: parameters(step, { act: 'apply' }),
      ResultPath: null,
      ...(Next ? { Next } : { End: true }),
      onFailure: `${name} stopped`,
    }),
    ...stopped(task, name, step),
  };
}

/** A step that may answer pending. `onward`: choices for what follows it, before `Next`. */
export function settledStep(
  task: Task,
  { onward = [], ...options }: StepOptions & { onward?: object[] },
): Record<string, State> {
  const { name, step, Next } = options;
  return {
    ...polled(task, options, {
      act: 'apply',
      onward,
      otherwise: Next ?? `${name} done`,
      onFailure: `${name} stopped`,
    }),
    ...(Next ? {} : { [`${name} done`]: { Type: 'Succeed' } }),
    ...stopped(task, name, step),
  };
}

/**
 * A step that takes away or makes good again. One that `stops` the lane where it fails for good notes why; of another
 * Conclude finds in the ledger what it left, and the lane goes on to the next.
 */
export function backward(
  task: Task,
  { act, stops, ...options }: StepOptions & { act: Act; stops: boolean },
): Record<string, State> {
  const { name, step, Next } = options;
  const [done, left] = [`${name} done`, `${name} left`];
  const onFailure = stops ? `${name} stopped` : left;
  return {
    ...polled(task, options, { act, onward: [], otherwise: Next ?? done, onFailure }),
    ...(Next ? {} : { [done]: { Type: 'Succeed' } }),
    ...(stops
      ? stopped(task, name, step)
      : { [left]: { Type: 'Pass', ...(Next ? { Next } : { End: true }) } }),
  };
}

/** Three transitions for each time it is asked again. */
function polled(
  task: Task,
  { name, call, step }: StepOptions,
  of: { act: Act; onward: object[]; otherwise: string; onFailure: string },
): Record<string, State> {
  const [settled, wait] = [`${name} settled?`, `Wait: ${name}`];
  return {
    [name]: task(call, {
      Parameters: parameters(step, { act: of.act }),
      ResultPath: '$.answer',
      Next: settled,
      onFailure: of.onFailure,
    }),
    [settled]: {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.state', StringEquals: 'pending', Next: wait }, ...of.onward],
      Default: of.otherwise,
    },
    [wait]: { Type: 'Wait', TimestampPath: '$.answer.askAgainAt', Next: name },
  };
}

function parameters(step: string, more: object): object {
  return { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'step.$': step, ...more };
}

/** Notes why a lane stopped. Should even that fail, the lane still ends quietly: Judge sees steps not applied. */
function stopped(task: Task, name: string, step: string): Record<string, State> {
  const unnoted = `${name} stopped unnoted`;
  return {
    [`${name} stopped`]: task('stop', {
      Parameters: parameters(step, { 'failure.$': '$.failure' }),
      ResultPath: null,
      End: true,
      onFailure: unnoted,
    }),
    [unnoted]: { Type: 'Pass', End: true },
  };
}

/** A Choice on whether the lane has such a step; without `otherwise` the lane ends there. */
export function ifThere(name: string, variable: string, then: string, otherwise?: string): States['States'] {
  const nothing = `${name} no`;
  return {
    [name]: {
      Type: 'Choice',
      Choices: [{ Variable: variable, IsPresent: true, Next: then }],
      Default: otherwise ?? nothing,
    },
    ...(otherwise ? {} : { [nothing]: { Type: 'Succeed' } }),
  };
}

export function choice(variable: string, to: Record<string, string>, otherwise: string): State {
  const choices = Object.entries(to).map(([value, next]) => ({
    Variable: variable,
    StringEquals: value,
    Next: next,
  }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}

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
