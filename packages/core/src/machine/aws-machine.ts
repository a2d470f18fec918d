// The lanes of AWS in the state machine: a listener with its endpoint groups, each target group with its targets, each
// stickiness policy with its ports. Lanes run side by side; an accelerator settles once, after all its changes.
import {
  each,
  ifThere,
  lane,
  mapOver,
  RESTORING,
  type States,
  settledStep,
  step,
  stepOn,
  type Way,
} from './states.ts';
import type { Task } from './task.ts';

/** Each is a lane of its own; the number bounds calls at once, not order. */
const TARGET_GROUPS_AT_ONCE = 5;

export function awsForward(task: Task): States[] {
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

/** Children first. What a lane has nothing of is passed by. */
export function awsBackward(task: Task, way: Way): States[] {
  const { verb } = way;
  const walk = stepOn(task, way);
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
export function awsRestore(task: Task): States[] {
  const walk = stepOn(task, RESTORING);
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
