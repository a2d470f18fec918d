// The state machine, written once: function names in, Amazon States Language out (JSONPath, Standard). AWS gets
// it as it is; one machine runs the same JSON in an interpreter. States carry resource names, so an operator
// reads the graph and knows where a job is. The state is a pointer; truth is in the table.
//
// A lane never throws out of its Parallel: it catches its own failure, notes it and ends, so that no rollback
// races with a call still in flight. State names are unique over the whole machine, as the interpreter needs.
import { alicloudBackward, alicloudForward, alicloudRestore } from './alicloud-machine.ts';
import { awsBackward, awsForward, awsRestore } from './aws-machine.ts';
import { choice, REMOVING, type States, UNDOING } from './states.ts';
import { type FunctionName, taskOf } from './task.ts';

export { ALICLOUD_FUNCTIONS } from './alicloud-machine.ts';
export { FUNCTIONS, type FunctionName } from './task.ts';

export type Machine = States & { Comment: string };

/** `alicloud: false` is the machine of a house that has nothing to do with Alibaba Cloud: it names none of its functions. */
export function machine(
  arnOf: (name: FunctionName) => string,
  { alicloud = true }: { alicloud?: boolean } = {},
): Machine {
  const task = taskOf(arnOf);
  const ofAlicloud = (branch: States) => (alicloud ? [branch] : []);
  const toAlicloud = alicloud ? { alicloud: 'Alibaba lane' } : {};
  const run = { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt' };
  return {
    Comment: 'Gatehouse: walks one job forward, or its ledger backward',
    StartAt: 'Begin',
    States: {
      Begin: task('begin', { Parameters: run, Next: 'Direction', onFailure: 'Begin failed' }),
      'Begin failed': task('stop', {
        Parameters: { ...run, 'failure.$': '$.failure' },
        ResultPath: null,
        Next: 'Nothing walked',
        onFailure: 'Execution failed',
      }),
      'Nothing walked': { Type: 'Pass', Result: 'none', ResultPath: '$.phase', Next: 'Judge' },
      Direction: choice(
        '$.direction',
        {
          ...toAlicloud,
          forward: 'Forward',
          remove: 'Remove',
          backward: 'Rollback',
          restore: 'Restore',
        },
        'Nothing to do',
      ),
      'Nothing to do': { Type: 'Succeed', Comment: 'Refused, ended, or another attempt is the current one' },
      Forward: { Type: 'Parallel', Branches: awsForward(task), ResultPath: null, Next: 'Judge' },
      Judge: task('judge', {
        Parameters: { ...run, 'phase.$': '$.phase' },
        Next: 'Verdict',
        onFailure: 'Execution failed',
      }),
      ...(alicloud ? alicloudForward(task, 'Judge') : {}),
      Remove: {
        Type: 'Parallel',
        Branches: [...awsBackward(task, REMOVING), ...ofAlicloud(alicloudBackward(task, REMOVING))],
        ResultPath: null,
        Next: 'Judge',
      },
      Verdict: choice(
        '$.verdict',
        {
          complete: 'Complete',
          rollback: 'Rollback',
          ...toAlicloud,
          forward: 'Forward',
          remove: 'Remove',
          removeFailed: 'Remove failed',
          restore: 'Restore',
        },
        'Nothing to do',
      ),
      Complete: task('complete', {
        Parameters: run,
        ResultPath: null,
        End: true,
        catchFirst: [{ ErrorEquals: ['Cancelled'], ResultPath: '$.failure', Next: 'Judge' }],
        onFailure: 'Execution failed',
      }),
      'Remove failed': { Type: 'Fail', Error: 'RemoveFailed', Cause: 'The job names what is left' },
      Rollback: {
        Type: 'Parallel',
        Branches: [...awsBackward(task, UNDOING), ...ofAlicloud(alicloudBackward(task, UNDOING))],
        ResultPath: null,
        Next: 'Conclude',
      },
      Conclude: task('conclude', {
        Parameters: { ...run, 'phase.$': '$.phase' },
        Next: 'Outcome',
        onFailure: 'Execution failed',
      }),
      Outcome: choice('$.status', { ROLLED_BACK: 'Rolled back', ROLLING_BACK: 'Restore' }, 'Rollback failed'),
      Restore: {
        Type: 'Parallel',
        Branches: [...awsRestore(task), ...ofAlicloud(alicloudRestore(task))],
        ResultPath: null,
        Next: 'Conclude',
      },
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
