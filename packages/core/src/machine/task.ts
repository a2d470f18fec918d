// A Task of the machine: one call of one Lambda, with its time limit, its retries and the next state after a failure. These are the
// only retries of a job's work: the clients in its steps do not retry.
import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Kind } from '../ports/kind.ts';
import { CLOUDS, type Cloud } from '../request/clouds.ts';

/** `endpointGroup` as `endpoint-group`. */
type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Lowercase<First>}${Kebab<Rest>}`
    : `${Lowercase<First>}-${Kebab<Rest>}`
  : Name;

/** The function that executes the steps of a kind. */
export type StepFunction = Kebab<Kind>;

const ALL_KINDS = Object.entries<KindTraits>(KINDS) as [Kind, KindTraits][];

/** The Task of a kind: the function that it calls, named by the kind, and its state in the machine's graph. */
export interface KindTask {
  kind: Kind;
  call: StepFunction;
  state: string;
}

/** In the order in which their resources are created. `clouds`: those of an installation. */
export function kindTasks(clouds: readonly Cloud[] = CLOUDS): KindTask[] {
  return ALL_KINDS.filter(([, { cloud }]) => clouds.includes(cloud)).map(([kind]) => {
    const call = functionOf(kind);
    const [first = '', ...rest] = call.replaceAll('-', ' ');
    return { kind, call, state: `${first.toUpperCase()}${rest.join('')}` };
  });
}

export function functionOf(kind: Kind): StepFunction {
  return kind.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) as StepFunction;
}

/** The functions that an installation without these clouds does not deploy. */
export function functionsWithout(clouds: readonly Cloud[]): FunctionName[] {
  const there = new Set<string>(kindTasks(clouds).map(({ call }) => call));
  return kindTasks()
    .map(({ call }) => call)
    .filter(call => !there.has(call));
}

const STEP = { timeoutSeconds: 30 };

/** The Lambdas that the machine calls, with their time limits in seconds. The time limit of a Task is longer. */
export const FUNCTIONS = {
  begin: { timeoutSeconds: 60 },
  ...(Object.fromEntries(kindTasks().map(({ call }) => [call, STEP])) as Record<StepFunction, typeof STEP>),
  'record-failure': { timeoutSeconds: 30 },
  evaluate: { timeoutSeconds: 60 },
  finish: { timeoutSeconds: 60 },
};

/** Called only by executions that began with an earlier version of the machine. */
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

/** How much longer the time limit of a Task is than its Lambda's: a Lambda must not run on after its Task has timed out. */
const TASK_MARGIN_SECONDS = 15;

/**
 * Unlimited retries would never end, and a low limit would roll back a job because of a busy cloud. With this limit, the job's
 * deadline (at most 6 hours) comes first: 1000 waits of about 30 seconds. The same holds for Lambda: if it is busy or down, no
 * function of ours has run.
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
    // The Lambda crashed or ran out of time. Every step can be called again after a crash.
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
