// The state machine, written once: function names in, Amazon States Language out (JSONPath, Standard). AWS gets
// it as it is; one machine runs the same JSON in an interpreter. States carry resource names, so an operator
// reads the graph and knows where a job is. The state is a pointer; truth is in the table.
//
// A lane never throws out of its Parallel: it catches its own failure, notes it and ends, so that no rollback
// races with a call still in flight. State names are unique over the whole machine, as the interpreter needs.
import { alicloudBackward, alicloudForward, alicloudRestore } from './alicloud-machine.ts';
import {
  backward,
  choice,
  each,
  type FunctionName,
  ifThere,
  lane,
  type Machine,
  mapOver,
  type States,
  settledStep,
  step,
  type Task,
  taskOf,
} from './machine-states.ts';

export { ALICLOUD_FUNCTIONS } from './alicloud-machine.ts';
export { FUNCTIONS, type FunctionName, type Machine } from './machine-states.ts';

/** Each is a lane of its own; the number bounds calls at once, not order. */
const TARGET_GROUPS_AT_ONCE = 5;

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
      Forward: { Type: 'Parallel', Branches: forwardLanes(task), ResultPath: null, Next: 'Judge' },
      Judge: task('judge', {
        Parameters: { ...run, 'phase.$': '$.phase' },
        Next: 'Verdict',
        onFailure: 'Execution failed',
      }),
      ...(alicloud ? alicloudForward(task, 'Judge') : {}),
      Remove: {
        Type: 'Parallel',
        Branches: [...backwardLanes(task, REMOVING), ...ofAlicloud(alicloudBackward(task, REMOVING))],
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
        Branches: [...backwardLanes(task, UNDOING), ...ofAlicloud(alicloudBackward(task, UNDOING))],
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
        Branches: [...restoreLanes(task), ...ofAlicloud(alicloudRestore(task))],
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

/** The two ways of going backward along the lanes: undoing what this job did, and removing what stood before it. */
interface Backward {
  /** What the states' names begin with. */
  verb: 'Undo' | 'Remove';
  act: 'undo' | 'apply';
  /** What becomes of a step that fails for good. An undo goes on to the next; a removal stops. */
  stops: boolean;
}

const UNDOING: Backward = { verb: 'Undo', act: 'undo', stops: false };
const REMOVING: Backward = { verb: 'Remove', act: 'apply', stops: true };

/** Children first. What a lane has nothing of is passed by. */
function backwardLanes(task: Task, { verb, act, stops }: Backward): States[] {
  const walk = (what: string, call: FunctionName, step: string, Next?: string) =>
    backward(task, { name: `${verb} ${what}`, call, step, act, stops, ...(Next ? { Next } : {}) });
  return [
    lane(`${verb}: listener lane`, '$.lanes.listeners', {
      StartAt: `${verb} endpoint groups`,
      States: {
        [`${verb} endpoint groups`]: each('$.lane.endpointGroups', `${verb}: is there a listener?`, {
          StartAt: `${verb} endpoint group`,
          States: walk('endpoint group', 'endpoint-group', '$.lane'),
        }),
        ...ifThere(`${verb}: is there a listener?`, '$.lane.listener', `${verb} listener`),
        ...walk('listener', 'listener', '$.lane.listener'),
      },
    }),
    lane(
      `${verb}: target group lane`,
      '$.lanes.targetGroups',
      {
        StartAt: `${verb}: are there targets?`,
        States: {
          ...ifThere(
            `${verb}: are there targets?`,
            '$.lane.targets',
            `${verb} targets`,
            `${verb}: is there a target group?`,
          ),
          ...walk('targets', 'targets', '$.lane.targets', `${verb}: is there a target group?`),
          ...ifThere(`${verb}: is there a target group?`, '$.lane.targetGroup', `${verb} target group`),
          ...walk('target group', 'target-group', '$.lane.targetGroup'),
        },
      },
      TARGET_GROUPS_AT_ONCE,
    ),
    lane(`${verb}: stickiness lane`, '$.lanes.stickinessPolicies', {
      StartAt: `${verb} attachments`,
      States: {
        [`${verb} attachments`]: each('$.lane.attachments', `${verb}: is there a stickiness policy?`, {
          StartAt: `${verb} attachment`,
          States: walk('attachment', 'policy-attachment', '$.lane'),
        }),
        ...ifThere(`${verb}: is there a stickiness policy?`, '$.lane.policy', `${verb} stickiness policy`),
        ...walk('stickiness policy', 'stickiness-policy', '$.lane.policy'),
      },
    }),
  ];
}

/** The end of a rollback, for what had to go or give way first: again there, parents before children. */
function restoreLanes(task: Task): States[] {
  const walk = (what: string, call: FunctionName, step: string, Next?: string) =>
    backward(task, {
      name: `Restore ${what}`,
      call,
      step,
      act: 'restore',
      stops: false,
      ...(Next ? { Next } : {}),
    });
  return [
    lane('Restore: listener lane', '$.lanes.listeners', {
      StartAt: 'Restore endpoint groups',
      States: {
        'Restore endpoint groups': {
          ...mapOver('$.lane.endpointGroups', {
            StartAt: 'Restore endpoint group',
            States: walk('endpoint group', 'endpoint-group', '$.lane'),
          }),
          End: true,
        },
      },
    }),
    lane(
      'Restore: target group lane',
      '$.lanes.targetGroups',
      {
        StartAt: 'Restore: is there a target group?',
        States: {
          ...ifThere(
            'Restore: is there a target group?',
            '$.lane.targetGroup',
            'Restore target group',
            'Restore: are there targets?',
          ),
          ...walk('target group', 'target-group', '$.lane.targetGroup', 'Restore: are there targets?'),
          ...ifThere('Restore: are there targets?', '$.lane.targets', 'Restore targets'),
          ...walk('targets', 'targets', '$.lane.targets'),
        },
      },
      TARGET_GROUPS_AT_ONCE,
    ),
  ];
}
