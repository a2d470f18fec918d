// The state machine, written once: function names in, Amazon States Language out (JSONPath, Standard). AWS gets
// it as it is; one machine runs the same JSON in an interpreter. States carry resource names, so an operator
// reads the graph and knows where a job is. The state is a pointer; truth is in the table.
//
// A lane never throws out of its Parallel: it catches its own failure, notes it and ends, so that no rollback
// races with a call still in flight. State names are unique over the whole machine, as the interpreter needs.

/** The Lambdas that the machine calls, with their time limits in seconds. A task waits longer than its Lambda lives. */
export const FUNCTIONS = {
  begin: { timeoutSeconds: 60 },
  listener: { timeoutSeconds: 30 },
  'endpoint-group': { timeoutSeconds: 30 },
  accelerator: { timeoutSeconds: 30 },
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
 */
const RETRIES = [
  {
    ErrorEquals: ['RetryableError'],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 1000,
    JitterStrategy: 'FULL',
  },
  {
    // A Lambda that crashed, ran out of time or was not to be had. Every step answers a crash by being called again.
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
      'Lambda.Unknown',
      'Sandbox.Timedout',
      'States.Timeout',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 8,
    JitterStrategy: 'FULL',
  },
];

export function machine(arnOf: (name: FunctionName) => string): Machine {
  const task = taskOf(arnOf);
  const run = { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt' };
  return {
    Comment: 'Gatehouse: walks one job forward, or its ledger backward',
    StartAt: 'Begin',
    States: {
      Begin: task('begin', { Parameters: run, Next: 'Direction', onFailure: 'Begin failed' }),
      'Begin failed': task('stop', {
        Parameters: { ...run, 'failure.$': '$.failure' },
        ResultPath: null,
        Next: 'Judge',
        onFailure: 'Execution failed',
      }),
      Direction: choice('$.direction', { forward: 'Forward', backward: 'Rollback' }, 'Nothing to do'),
      'Nothing to do': { Type: 'Succeed', Comment: 'Refused, ended, or another attempt is the current one' },
      Forward: { Type: 'Parallel', Branches: forwardLanes(task), ResultPath: null, Next: 'Judge' },
      Judge: task('judge', { Parameters: run, Next: 'Verdict', onFailure: 'Execution failed' }),
      Verdict: choice('$.verdict', { complete: 'Complete', rollback: 'Rollback' }, 'Nothing to do'),
      Complete: task('complete', {
        Parameters: run,
        ResultPath: null,
        Next: 'Succeeded',
        catchFirst: [{ ErrorEquals: ['Cancelled'], ResultPath: '$.failure', Next: 'Judge' }],
        onFailure: 'Execution failed',
      }),
      Succeeded: { Type: 'Succeed' },
      Rollback: { Type: 'Parallel', Branches: rollbackLanes(task), ResultPath: null, Next: 'Conclude' },
      Conclude: task('conclude', { Parameters: run, Next: 'Outcome', onFailure: 'Execution failed' }),
      Outcome: choice('$.status', { ROLLED_BACK: 'Rolled back' }, 'Rollback failed'),
      'Rolled back': { Type: 'Succeed' },
      'Rollback failed': { Type: 'Fail', Error: 'RollbackFailed', Cause: 'The job names what is left' },
      'Execution failed': {
        Type: 'Fail',
        Error: 'ExecutionFailed',
        Cause: 'Recovery takes the next attempt',
      },
    },
  };
}

function forwardLanes(task: Task): States[] {
  return [
    lane('Listener lane', '$.lanes.listeners', {
      StartAt: 'Listener',
      States: {
        Listener: task('listener', {
          Parameters: stepOf('$.lane.listener', 'apply'),
          ResultPath: null,
          Next: 'Endpoint groups',
          onFailure: 'Listener stopped',
        }),
        'Endpoint groups': each('$.lane.endpointGroups', 'Accelerator', {
          StartAt: 'Endpoint group',
          States: {
            'Endpoint group': task('endpoint-group', {
              Parameters: stepOf('$.lane', 'apply'),
              ResultPath: null,
              End: true,
              onFailure: 'Endpoint group stopped',
            }),
            ...stopped(task, 'Endpoint group stopped', '$.lane'),
          },
        }),
        ...settling(task, {
          name: 'Accelerator',
          call: 'accelerator',
          Parameters: stepOf('$.lane.accelerator', 'apply'),
          wait: 'Wait for the accelerator',
          onFailure: 'Accelerator stopped',
        }),
        ...stopped(task, 'Listener stopped', '$.lane.listener'),
        ...stopped(task, 'Accelerator stopped', '$.lane.accelerator'),
      },
    }),
  ];
}

function rollbackLanes(task: Task): States[] {
  return [
    lane('Undo the listener lane', '$.lanes.listeners', {
      StartAt: 'Undo endpoint groups',
      States: {
        'Undo endpoint groups': each('$.lane.endpointGroups', 'Undo listener', {
          StartAt: 'Undo endpoint group',
          States: {
            ...settling(task, {
              name: 'Undo endpoint group',
              call: 'endpoint-group',
              Parameters: stepOf('$.lane', 'undo'),
              wait: 'Wait to undo the endpoint group',
              onFailure: 'Endpoint group left',
            }),
            'Endpoint group left': left,
          },
        }),
        ...settling(task, {
          name: 'Undo listener',
          call: 'listener',
          Parameters: stepOf('$.lane.listener', 'undo'),
          wait: 'Wait to undo the listener',
          onFailure: 'Listener left',
        }),
        'Listener left': left,
      },
    }),
  ];
}

/** Conclude finds in the ledger what an undo could not take away; the lane goes on to the next. */
const left: State = { Type: 'Pass', End: true };

/** One item of the state's lanes after another; an empty list is one transition. */
function lane(name: string, items: string, branch: States): States {
  return { StartAt: name, States: { [name]: { ...mapOver(items, branch), End: true } } };
}

function each(items: string, next: string, branch: States): State {
  return { ...mapOver(items, branch), Next: next };
}

function mapOver(items: string, branch: States): State {
  return {
    Type: 'Map',
    ItemsPath: items,
    ItemSelector: { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'lane.$': '$$.Map.Item.Value' },
    MaxConcurrency: 1,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...branch },
    ResultPath: null,
  };
}

function stepOf(step: string, act: 'apply' | 'undo') {
  return { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'step.$': step, act };
}

/** A step that may answer pending: three transitions for each time it is asked again. */
function settling(
  task: Task,
  of: { name: string; call: FunctionName; Parameters: object; wait: string; onFailure: string },
): Record<string, State> {
  const { name, call, Parameters, wait, onFailure } = of;
  const settled = `${name} settled?`;
  return {
    [name]: task(call, { Parameters, ResultPath: '$.answer', Next: settled, onFailure }),
    [settled]: choice('$.answer.state', { pending: wait }, `${name} done`),
    [wait]: { Type: 'Wait', TimestampPath: '$.answer.askAgainAt', Next: name },
    [`${name} done`]: { Type: 'Succeed' },
  };
}

/** Notes why a lane stopped. Should even that fail, the lane still ends quietly: Judge sees steps not applied. */
function stopped(task: Task, name: string, step: string): Record<string, State> {
  const unnoted = `${name} unnoted`;
  return {
    [name]: task('stop', {
      Parameters: {
        'jobId.$': '$.jobId',
        'attempt.$': '$.attempt',
        'step.$': step,
        'failure.$': '$.failure',
      },
      ResultPath: null,
      End: true,
      onFailure: unnoted,
    }),
    [unnoted]: { Type: 'Pass', End: true },
  };
}

function choice(variable: string, to: Record<string, string>, otherwise: string): State {
  const choices = Object.entries(to).map(([value, next]) => ({
    Variable: variable,
    StringEquals: value,
    Next: next,
  }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}

type Task = ReturnType<typeof taskOf>;

interface TaskOptions {
  Parameters: object;
  ResultPath?: string | null;
  Next?: string;
  End?: true;
  catchFirst?: object[];
  onFailure: string;
}

function taskOf(arnOf: (name: FunctionName) => string) {
  return (name: FunctionName, { catchFirst = [], onFailure, ...rest }: TaskOptions): State => ({
    Type: 'Task',
    Resource: arnOf(name),
    TimeoutSeconds: FUNCTIONS[name].timeoutSeconds + TASK_MARGIN_SECONDS,
    Retry: RETRIES,
    Catch: [...catchFirst, { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: onFailure }],
    ...rest,
  });
}
