// The lanes of Alibaba Cloud in the state machine. An instance takes one change at a time: whatever is made, changed or
// removed on it is waited for before the next step begins.
import {
  each,
  ifThere,
  lane,
  mapOver,
  RESTORING,
  type States,
  settledStep,
  stepOn,
  type Way,
} from './states.ts';
import type { FunctionName, State, Task } from './task.ts';

const ITEMS = '$.lanes.alicloudListeners';

/** What a lane has many of, in the order in which they are made. */
const PARTS: { what: string; call: FunctionName; items: string }[] = [
  { what: 'certificate', call: 'additional-certificate', items: '$.lane.certificates' },
  { what: 'group', call: 'alicloud-endpoint-group', items: '$.lane.endpointGroups' },
  { what: 'forwarding rule', call: 'forwarding-rule', items: '$.lane.forwardingRules' },
];

/** What a house without Alibaba Cloud has no need of. */
export const ALICLOUD_FUNCTIONS: readonly FunctionName[] = [
  'alicloud-listener',
  ...PARTS.map(({ call }) => call),
];

/** Not a branch of the other lanes' Parallel: a job is of one cloud, and each branch is one more transition. */
export function alicloudForward(task: Task, next: string): Record<string, State> {
  const [first] = PARTS;
  const parts = inTurn(PARTS, ({ what, call }) => {
    const name = `Alibaba ${what}`;
    return { StartAt: name, States: settledStep(task, { name, call, step: '$.lane' }) };
  });
  const branch = {
    StartAt: 'Alibaba: is there a listener?',
    States: {
      ...ifThere(
        'Alibaba: is there a listener?',
        '$.lane.listener',
        'Alibaba listener',
        `Alibaba ${first?.what}s`,
      ),
      ...settledStep(task, {
        name: 'Alibaba listener',
        call: 'alicloud-listener',
        step: '$.lane.listener',
        Next: `Alibaba ${first?.what}s`,
      }),
      ...parts,
    },
  };
  return { 'Alibaba lane': each(ITEMS, next, branch) };
}

/** Children first; what a lane has nothing of is passed by. */
export function alicloudBackward(task: Task, way: Way): States {
  const prefix = `${way.verb} Alibaba`;
  const walk = stepOn(task, way);
  const order = PARTS.toReversed();
  const isThere = `${prefix}: is there a listener?`;
  const parts = inTurn(
    order,
    ({ what, call }) => ({ StartAt: `${prefix} ${what}`, States: walk(`Alibaba ${what}`, call, '$.lane') }),
    { prefix, last: isThere },
  );
  return lane(`${way.verb}: Alibaba lane`, ITEMS, {
    StartAt: `${prefix} ${order[0]?.what}s`,
    States: {
      ...parts,
      ...ifThere(isThere, '$.lane.listener', `${prefix} listener`),
      ...walk('Alibaba listener', 'alicloud-listener', '$.lane.listener'),
    },
  });
}

/** Parents first. A listener is never among them: on another instance it is another one. */
export function alicloudRestore(task: Task): States {
  const prefix = 'Restore Alibaba';
  const walk = stepOn(task, RESTORING);
  const parts = inTurn(
    PARTS,
    ({ what, call }) => ({ StartAt: `${prefix} ${what}`, States: walk(`Alibaba ${what}`, call, '$.lane') }),
    { prefix },
  );
  return lane('Restore: Alibaba lane', ITEMS, { StartAt: `${prefix} ${PARTS[0]?.what}s`, States: parts });
}

/** One Map after another; the last leads to `last`, or ends the lane. */
function inTurn(
  parts: typeof PARTS,
  branchOf: (part: (typeof PARTS)[number]) => States,
  { prefix = 'Alibaba', last }: { prefix?: string; last?: string } = {},
): Record<string, State> {
  const states = parts.map((part, index): [string, State] => {
    const following = parts[index + 1];
    const next = following ? `${prefix} ${following.what}s` : last;
    const branch = branchOf(part);
    const state = next ? each(part.items, next, branch) : { ...mapOver(part.items, branch), End: true };
    return [`${prefix} ${part.what}s`, state];
  });
  return Object.fromEntries(states);
}
