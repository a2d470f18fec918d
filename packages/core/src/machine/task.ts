// A Task of the machine: one call of one Lambda, with its time limit, its retries and the next state after a failure. These are the
// only retries of a job's work: the clients in its steps do not retry.
import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Kind } from '../ports/kind.ts';
import { CLOUDS, type Cloud } from '../request/clouds.ts';
import { MAX_DEADLINE_SECONDS } from '../request/time-limits.ts';
import {
  BEGIN_SECONDS,
  EVALUATE_SECONDS,
  FINISH_SECONDS,
  RECORD_FAILURE_SECONDS,
  STEP_SECONDS,
  taskSeconds,
} from './time-limits.ts';

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

const STEP = { timeoutSeconds: STEP_SECONDS };

/** The Lambdas that the machine calls, with their time limits in seconds. */
export const FUNCTIONS = {
  begin: { timeoutSeconds: BEGIN_SECONDS },
  ...(Object.fromEntries(kindTasks().map(({ call }) => [call, STEP])) as Record<StepFunction, typeof STEP>),
  'record-failure': { timeoutSeconds: RECORD_FAILURE_SECONDS },
  evaluate: { timeoutSeconds: EVALUATE_SECONDS },
  finish: { timeoutSeconds: FINISH_SECONDS },
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

/** The errors of ours that a retry cannot overcome. Every other error is retried until the job's time has run out. */
export const FINAL_ERRORS = ['TerminalError', 'Cancelled', 'Superseded'];

const MAX_DELAY_SECONDS = 60;

/** A cloud or Lambda is busy. Full jitter: a wait takes half its maximum on average. */
export const BUSY_RETRY = {
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
  MaxDelaySeconds: MAX_DELAY_SECONDS,
  MaxAttempts: Math.ceil((2.5 * MAX_DEADLINE_SECONDS) / MAX_DELAY_SECONDS),
  JitterStrategy: 'FULL',
};

/**
 * The function timed out, exited, ran out of memory or did not load, under whatever name AWS reports it. Every function can be
 * called again after a crash. The waits before the first ten retries add up to 210 seconds; then a retry follows every minute until
 * a working version is deployed.
 */
export const CRASH_RETRY = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  BackoffRate: 1.5,
  MaxDelaySeconds: MAX_DELAY_SECONDS,
  MaxAttempts: 10 + Math.ceil(MAX_DEADLINE_SECONDS / MAX_DELAY_SECONDS),
  JitterStrategy: 'NONE',
};

/** In this order, because the first retrier that matches counts. */
const RETRIES = [BUSY_RETRY, { ErrorEquals: FINAL_ERRORS, MaxAttempts: 0 }, CRASH_RETRY];

export type State = { Type: string } & Record<string, unknown>;
export type Task = ReturnType<typeof taskOf>;

interface TaskOptions {
  Parameters: object;
  ResultPath?: string | null;
  Next?: string;
  End?: true;
  catchFirst?: object[];
  /** The next state after one of FINAL_ERRORS. */
  onFailure: string;
  /** The next state if the function has crashed until the retries ran out. */
  onCrash: string;
}

export function taskOf(arnOf: (name: FunctionName) => string) {
  return (name: FunctionName, { catchFirst = [], onFailure, onCrash, ...rest }: TaskOptions): State => ({
    Type: 'Task',
    Resource: arnOf(name),
    TimeoutSeconds: taskSeconds(FUNCTIONS[name].timeoutSeconds),
    Retry: RETRIES,
    Catch: [
      ...catchFirst,
      { ErrorEquals: FINAL_ERRORS, ResultPath: '$.failure', Next: onFailure },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: onCrash },
    ],
    ...rest,
  });
}
