// The operations of the EventBridge API on buses, rules and targets: each takes the request's body and gives the
// response's, or throws the WireError that AWS names.
import type { Body } from '../http/aws-json.ts';
import { createBus, deleteBus, describeBus, listBuses } from './bus-operations.ts';
import type { Desk } from './desk.ts';
import { deleteRule, describeRule, listRules, putRule, setState, testPattern } from './rule-operations.ts';
import { listTargets, putTargets, removeTargets } from './target-operations.ts';

export function operationsOf(desk: Desk): Map<string, (body: Body) => object> {
  return new Map<string, (body: Body) => object>([
    ['CreateEventBus', body => createBus(desk, body)],
    ['DescribeEventBus', body => describeBus(desk, body)],
    ['ListEventBuses', body => listBuses(desk, body)],
    ['DeleteEventBus', body => deleteBus(desk, body)],
    ['PutRule', body => putRule(desk, body)],
    ['DescribeRule', body => describeRule(desk, body)],
    ['ListRules', body => listRules(desk, body)],
    ['EnableRule', body => setState(desk, body, 'ENABLED')],
    ['DisableRule', body => setState(desk, body, 'DISABLED')],
    ['DeleteRule', body => deleteRule(desk, body)],
    ['PutTargets', body => putTargets(desk, body)],
    ['ListTargetsByRule', body => listTargets(desk, body)],
    ['RemoveTargets', body => removeTargets(desk, body)],
    ['TestEventPattern', testPattern],
  ]);
}
