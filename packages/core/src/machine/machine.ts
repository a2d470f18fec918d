// The state machine, written once: function names in, Amazon States Language out (JSONPath, Standard). AWS gets it as it
// is; the local stack runs the same JSON in an interpreter.
//
//   Begin -> Walk: lanes > waves > steps -> Evaluate -> Walk (next phase, or back) -> Finish
//
// One walk serves every kind, cloud and direction. A new kind adds its Task and its Wait, so that an operator can see in the graph
// where a job is. The state carries a pointer (job, attempt, step ids); the truth is in the table. State names are unique over the
// whole machine, because the interpreter requires that.
//
// Every lane settles, then Evaluate decides, before any undo. Only a function that has crashed until the retries ran out, hours
// after everything else, ends the whole execution. Recovery then starts the next attempt in the same direction.
import { MAX_LANES_AT_ONCE, MAX_STEPS_AT_ONCE } from '../record/plan.ts';
import { CLOUDS, type Cloud } from '../request/clouds.ts';
import { MAX_DEADLINE_SECONDS } from '../request/time-limits.ts';
import { type FunctionName, type KindTask, kindTasks, type State, type Task, taskOf } from './task.ts';

export {
  type AnyFunctionName,
  FUNCTIONS,
  type FunctionName,
  functionsWithout,
  OLDER_FUNCTIONS,
} from './task.ts';

export interface States {
  StartAt: string;
  States: Record<string, State>;
}

export type Machine = States & { Comment: string; TimeoutSeconds: number };

/**
 * The version by which the functions distinguish machines. Machines up to version 4 did not send it; their executions continue with
 * the answers of their time (saga/older-machines.ts).
 */
export const MACHINE_VERSION = 5;

const RUN = { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt' };

/**
 * The longest job, a rollback that is as long, and two hours for retries on the way. An execution that is still open then is lost,
 * or its cloud is very slow. It ends, and recovery starts the next attempt, which goes on.
 */
export const MAX_EXECUTION_SECONDS = 2 * MAX_DEADLINE_SECONDS + 7200;

/** `clouds`: those of the installation. The machine names no functions of other clouds. */
export function machine(
  arnOf: (name: FunctionName) => string,
  { clouds = CLOUDS }: { clouds?: readonly Cloud[] } = {},
): Machine {
  const task = taskOf(arnOf);
  return {
    Comment: 'Gatehouse: walks the lanes of one job, forward and back',
    TimeoutSeconds: MAX_EXECUTION_SECONDS,
    StartAt: 'Begin',
    States: {
      Begin: task('begin', {
        Parameters: { ...RUN, machine: MACHINE_VERSION },
        Next: 'Where to?',
        onFailure: 'Begin failed',
        onCrash: CRASHED,
      }),
      'Begin failed': task('record-failure', {
        Parameters: { ...RUN, 'failure.$': '$.failure' },
        ResultPath: null,
        Next: 'Nothing walked',
        onFailure: 'Execution failed',
        onCrash: CRASHED,
      }),
      'Nothing walked': {
        Type: 'Pass',
        Parameters: { ...RUN, phase: 'none', part: 0, steps: 0 },
        Next: 'Evaluate',
      },
      Walk: mapOver('$.walk', MAX_LANES_AT_ONCE, lane(task, kindTasks(clouds)), { Next: 'Evaluate' }),
      Evaluate: task('evaluate', {
        Parameters: { ...RUN, 'phase.$': '$.phase', 'part.$': '$.part', 'steps.$': '$.steps' },
        Next: 'Where to?',
        onFailure: 'Execution failed',
        onCrash: CRASHED,
      }),
      'Where to?': choice(
        '$.next',
        { walk: 'Walk', finish: 'Finish', stop: 'Finish short of it' },
        'Nothing to do',
      ),
      'Nothing to do': { Type: 'Succeed', Comment: 'Refused, ended, or another attempt is the current one' },
      Finish: finish(task, { ResultPath: null, End: true }),
      'Finish short of it': finish(task, { Next: 'How did it end?' }),
      'How did it end?': choice(
        '$.status',
        { ROLLBACK_FAILED: 'Rollback failed', REMOVE_FAILED: 'Remove failed' },
        'Rolled back',
      ),
      'Rolled back': { Type: 'Succeed' },
      'Rollback failed': { Type: 'Fail', Error: 'RollbackFailed', Cause: LEFTOVERS },
      'Remove failed': { Type: 'Fail', Error: 'RemoveFailed', Cause: LEFTOVERS },
      'Execution failed': {
        Type: 'Fail',
        Error: 'ExecutionFailed',
        Cause: 'Recovery starts the next attempt',
      },
      [CRASHED]: FUNCTION_CRASHED,
    },
  };
}

const CRASHED = 'Function crashed';
const FUNCTION_CRASHED = {
  Type: 'Fail',
  Error: 'FunctionCrashed',
  Cause: 'A function crashed until its retries ran out. Recovery starts the next attempt',
};

/** Everything else that ends a lane counts as a crash, also if Step Functions gives this error another name (RT-28). */
const NOT_RECORDED = { Type: 'Fail', Error: 'FailureNotRecorded' };

const LEFTOVERS = 'The job names its leftovers';

/** A rollback cause that is set before the end is written leads back to Evaluate. */
function finish(task: Task, more: { ResultPath?: null; Next?: string; End?: true }): State {
  return task('finish', {
    Parameters: { ...RUN, 'end.$': '$.end' },
    ...more,
    catchFirst: [{ ErrorEquals: ['Cancelled'], ResultPath: '$.failure', Next: 'Evaluate' }],
    onFailure: 'Execution failed',
    onCrash: CRASHED,
  });
}

/**
 * The waves of a lane follow one another. A failed step has set the job's rollback cause, so the steps of later waves are refused
 * before they call a cloud. If even that write failed, the lane ends here. A crash is no failure of the step: it leaves the lane.
 */
function lane(task: Task, kinds: readonly KindTask[]): States {
  const wave: States = {
    StartAt: 'Steps',
    States: { Steps: mapOver('$.item', MAX_STEPS_AT_ONCE, step(task, kinds), { End: true }) },
  };
  return {
    StartAt: 'Waves',
    States: {
      Waves: mapOver('$.item', 1, wave, {
        Catch: [
          { ErrorEquals: [NOT_RECORDED.Error], ResultPath: null, Next: 'Lane ended early' },
          { ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Lane crashed' },
        ],
        End: true,
      }),
      'Lane crashed': FUNCTION_CRASHED,
      'Lane ended early': { Type: 'Pass', End: true },
    },
  };
}

/** Each poll of a step takes three transitions: its Task, the choice, its Wait. */
function step(task: Task, kinds: readonly KindTask[]): States {
  const parameters = { ...RUN, 'act.$': '$.act', 'step.$': '$.item.step', 'reads.$': '$.item.reads' };
  const ofKind = ({ state, call }: KindTask): [string, State][] => [
    [
      state,
      task(call, {
        Parameters: parameters,
        ResultPath: '$.answer',
        Next: 'Settled?',
        onFailure: 'Failed',
        onCrash: 'Step crashed',
      }),
    ],
    [waitFor(state), { Type: 'Wait', TimestampPath: '$.answer.nextPollAt', Next: state }],
  ];
  const isPending = ({ kind, state }: KindTask) => ({
    And: [
      { Variable: '$.answer.state', StringEquals: 'pending' },
      { Variable: '$.item.kind', StringEquals: kind },
    ],
    Next: waitFor(state),
  });
  return {
    StartAt: 'Which kind?',
    States: {
      'Which kind?': choice(
        '$.item.kind',
        Object.fromEntries(kinds.map(({ kind, state }) => [kind, state])),
        'Kind not deployed',
      ),
      'Kind not deployed': {
        Type: 'Pass',
        Result: { Error: 'KindNotDeployed', Cause: 'This installation has no function for this kind' },
        ResultPath: '$.failure',
        Next: 'Failed',
      },
      ...Object.fromEntries(kinds.flatMap(ofKind)),
      'Settled?': { Type: 'Choice', Choices: kinds.map(isPending), Default: 'Step done' },
      // A failed undo is in the ledger, and the undo of the other steps continues.
      Failed: choice('$.act', { apply: 'Record failure' }, 'Step done'),
      'Record failure': task('record-failure', {
        Parameters: { ...RUN, 'step.$': '$.item.step', 'failure.$': '$.failure' },
        ResultPath: null,
        Next: 'Step done',
        onFailure: 'Failure not recorded',
        onCrash: 'Step crashed',
      }),
      'Failure not recorded': NOT_RECORDED,
      'Step crashed': FUNCTION_CRASHED,
      'Step done': { Type: 'Pass', End: true },
    },
  };
}

const waitFor = (state: string) => `Wait: ${state}`;

function mapOver(items: string, atOnce: number, branch: States, more: object): State {
  return {
    Type: 'Map',
    ItemsPath: items,
    ItemSelector: { ...RUN, 'act.$': '$.act', 'item.$': '$$.Map.Item.Value' },
    MaxConcurrency: atOnce,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...branch },
    ResultPath: null,
    ...more,
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
