// The operations of the EventBridge API on buses, rules and targets: each takes the request's body and returns the
// response's body, or throws the WireError that AWS names.
import type { Body } from '../http/aws-json.ts';
import { createBus, deleteBus, describeBus, listBuses } from './bus-operations.ts';
import type { BusContext } from './context.ts';
import { deleteRule, describeRule, listRules, putRule, setState, testPattern } from './rule-operations.ts';
import { listTargets, putTargets, removeTargets } from './target-operations.ts';

export function operationsOf(context: BusContext): Map<string, (body: Body) => object> {
  return new Map<string, (body: Body) => object>([
    ['CreateEventBus', body => createBus(context, body)],
    ['DescribeEventBus', body => describeBus(context, body)],
    ['ListEventBuses', body => listBuses(context, body)],
    ['DeleteEventBus', body => deleteBus(context, body)],
    ['PutRule', body => putRule(context, body)],
    ['DescribeRule', body => describeRule(context, body)],
    ['ListRules', body => listRules(context, body)],
    ['EnableRule', body => setState(context, body, 'ENABLED')],
    ['DisableRule', body => setState(context, body, 'DISABLED')],
    ['DeleteRule', body => deleteRule(context, body)],
    ['PutTargets', body => putTargets(context, body)],
    ['ListTargetsByRule', body => listTargets(context, body)],
    ['RemoveTargets', body => removeTargets(context, body)],
    ['TestEventPattern', testPattern],
  ]);
}
