// The state machine, written once: function names in, Amazon States Language out (JSONPath, Standard). AWS gets
// it as it is; one machine runs the same JSON in an interpreter. States carry resource names, so an operator
// reads the graph and knows where a job is. The state is a pointer; truth is in the table.
//
// A lane never throws out of its Parallel: it catches its own failure, notes it and ends, so that no rollback
// races with a call still in flight. State names are unique over the whole machine, as the interpreter needs.
import {
  choice,
  each,
  type FunctionName,
  lane,
  type Machine,
  mapOver,
  type States,
  settledStep,
  step,
  type Task,
  taskOf,
  undo,
} from './machine-states.ts';

export { FUNCTIONS, type FunctionName, type Machine } from './machine-states.ts';

/** Each is a lane of its own; the number bounds calls at once, not order. */
const TARGET_GROUPS_AT_ONCE = 5;

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
        End: true,
        catchFirst: [{ ErrorEquals: ['Cancelled'], ResultPath: '$.failure', Next: 'Judge' }],
        onFailure: 'Execution failed',
      }),
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
        ...step(task, {
          name: 'Listener',
          call: 'listener',
          step: '$.lane.listener',
          Next: 'Endpoint groups',
        }),
        'Endpoint groups': each('$.lane.endpointGroups', 'Accelerator', {
          StartAt: 'Endpoint group',
          States: step(task, { name: 'Endpoint group', call: 'endpoint-group', step: '$.lane' }),
        }),
        ...settledStep(task, { name: 'Accelerator', call: 'accelerator', step: '$.lane.accelerator' }),
      },
    }),
    lane(
      'Target group lane',
      '$.lanes.targetGroups',
      {
        StartAt: 'Target group',
        States: {
          ...settledStep(task, {
            name: 'Target group',
            call: 'target-group',
            step: '$.lane.targetGroup',
            onward: [{ Variable: '$.lane.targets', IsPresent: true, Next: 'Targets' }],
          }),
          ...settledStep(task, { name: 'Targets', call: 'targets', step: '$.lane.targets' }),
        },
      },
      TARGET_GROUPS_AT_ONCE,
    ),
    lane('Stickiness lane', '$.lanes.stickinessPolicies', {
      StartAt: 'Stickiness policy',
      States: {
        ...step(task, {
          name: 'Stickiness policy',
          call: 'stickiness-policy',
          step: '$.lane.policy',
          Next: 'Attachments',
        }),
        Attachments: {
          ...mapOver('$.lane.attachments', {
            StartAt: 'Attachment',
            States: step(task, { name: 'Attachment', call: 'policy-attachment', step: '$.lane' }),
          }),
          End: true,
        },
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
          States: undo(task, { name: 'Undo endpoint group', call: 'endpoint-group', step: '$.lane' }),
        }),
        ...undo(task, { name: 'Undo listener', call: 'listener', step: '$.lane.listener' }),
      },
    }),
    lane(
      'Undo the target group lane',
      '$.lanes.targetGroups',
      {
        StartAt: 'Has targets?',
        States: {
          'Has targets?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.lane.targets', IsPresent: true, Next: 'Undo targets' }],
            Default: 'Undo target group',
          },
          ...undo(task, {
            name: 'Undo targets',
            call: 'targets',
            step: '$.lane.targets',
            Next: 'Undo target group',
          }),
          ...undo(task, { name: 'Undo target group', call: 'target-group', step: '$.lane.targetGroup' }),
        },
      },
      TARGET_GROUPS_AT_ONCE,
    ),
    lane('Undo the stickiness lane', '$.lanes.stickinessPolicies', {
      StartAt: 'Undo attachments',
      States: {
        'Undo attachments': each('$.lane.attachments', 'Undo stickiness policy', {
          StartAt: 'Undo attachment',
          States: undo(task, { name: 'Undo attachment', call: 'policy-attachment', step: '$.lane' }),
        }),
        ...undo(task, { name: 'Undo stickiness policy', call: 'stickiness-policy', step: '$.lane.policy' }),
      },
    }),
  ];
}
