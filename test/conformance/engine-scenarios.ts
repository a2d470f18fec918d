// The scenarios that both engines run: every example and its removal, updates, refused calls, a cancelled job, and
// every crash of a function. Jobs that fail have a single lane: when one of several fails, the progress of the others depends
// on the speed of the engine.
import { CRASH_RETRY } from '@gatehouse/core/machine/task';
import { CRASHES, type Crash } from '@gatehouse/local/lambda/crash';
import type { CrashOrder } from '@gatehouse/local/lambda/crash-orders';
import { CHANGES } from '../saga/changes.ts';
import { EXAMPLES, errorsOf, exampleNamed } from '../saga/sweep.ts';
import type { Fault } from '../world/world.ts';
import type { Scenario } from './engine-run.ts';

const provisioned: Scenario[] = EXAMPLES.map(name => ({
  name: `${name} is provisioned, and removed`,
  requests: [example(name)],
  ends: ['SUCCEEDED'],
}));

export const UPDATES: Scenario[] = CHANGES.map(({ name, from, to }) => ({
  name: `a change: ${name}`,
  requests: [from, to],
  ends: ['SUCCEEDED'],
}));

/** Each has a phase that the others lack: no change, a cleanup, a deletion before the walk, a successor. */
const SAMPLE = [
  'nothing',
  'groups and endpoints that come and go',
  'a target group that has to go first',
  'a policy that gets a successor',
];

const REFUSED: [example: string, service: string, operation: string][] = [
  ['voice-udp', 'globalaccelerator', 'CreateListener'],
  ['voice-udp', 'globalaccelerator', 'CreateEndpointGroup'],
  ['metrics-lambda', 'vpc-lattice', 'CreateTargetGroup'],
  ['metrics-lambda', 'vpc-lattice', 'RegisterTargets'],
  ['app-cookie', 'elasticloadbalancing', 'SetLoadBalancerPoliciesOfListener'],
  ['game-udp', 'ga', 'CreateEndpointGroup'],
];

const refused: Scenario[] = [
  ...REFUSED.map(([name, service, operation]) => ({
    name: `${name} is refused ${operation}`,
    requests: [example(name)],
    faults: [denied(service, operation)],
    ends: ['ROLLED_BACK'],
  })),
  {
    name: 'an update is refused after it has deleted targets, which are restored',
    requests: change('another function'),
    faults: [denied('vpc-lattice', 'RegisterTargets')],
    ends: ['ROLLED_BACK'],
  },
  {
    name: 'a removal is refused, and retried once it is allowed',
    requests: [example('voice-udp'), { operation: 'remove', entryPoint: 'voice-udp' }],
    faults: [{ ...denied('globalaccelerator', 'DeleteListener'), times: 100 }],
    ends: ['REMOVE_FAILED', 'SUCCEEDED'],
  },
];

const cancelled: Scenario = {
  name: 'a job is cancelled while it waits for an accelerator',
  requests: [example('voice-udp')],
  // The accelerator does not settle until the fault is removed.
  faults: [{ service: 'globalaccelerator', operation: 'CreateListener', fault: 'stuck', times: 1 }],
  cancelAt: 'accelerator',
  ends: ['ROLLED_BACK'],
};

/** More than any function sends. */
const MAX_REQUESTS = 10_000;

/** A function in its invocations from the `after`-th on, counted from 0. */
type Place = Pick<CrashOrder, 'function' | 'after'>;

const FORWARD: Place[] = ['begin', 'listener', 'endpoint-group', 'evaluate', 'finish'].map(name => ({
  function: name,
}));

/** Evaluate runs after the walk forward, twice in vain and once with success, and again after the walk back. */
const BACKWARD: Place[] = [
  { function: 'record-failure' },
  { function: 'evaluate' },
  { function: 'endpoint-group' },
  { function: 'listener' },
  { function: 'evaluate', after: 3 },
  { function: 'finish' },
];

const crashed: Scenario[] = CRASHES.flatMap(crash => [
  {
    name: `${crash} in every function of a job`,
    requests: [example('voice-udp')],
    crashes: FORWARD.flatMap(place => crashesAt(place, crash)),
    ends: ['SUCCEEDED'],
  },
  {
    ...cancelled,
    name: `${crash} in every function of a rollback`,
    crashes: BACKWARD.flatMap(place => crashesAt(place, crash)),
  },
]);

/** Takes minutes: the retries last until the deadline, which has passed when the next attempt begins. */
export const EXHAUSTED: Scenario = {
  name: 'a function crashes until its retries run out, and the next attempt rolls back',
  requests: [example('voice-udp')],
  crashes: [{ function: 'endpoint-group', crash: 'exit', times: CRASH_RETRY.MaxAttempts + 1 }],
  ends: ['ROLLED_BACK'],
};

export const SCENARIOS: Scenario[] = [
  ...provisioned,
  ...UPDATES.filter(({ name }) => SAMPLE.some(sample => name === `a change: ${sample}`)),
  ...refused,
  cancelled,
  ...crashed,
];

function example(name: string): object {
  return exampleNamed(name) as object;
}

function change(name: string): object[] {
  return UPDATES.find(each => each.name === `a change: ${name}`)?.requests ?? [];
}

function denied(service: string, operation: string): Fault {
  return { service, operation, fault: 'error', times: 1, error: errorsOf(service).denied };
}

/** Before the function has done anything, and then after everything, when only its answer is lost. */
function crashesAt({ after = 0, ...place }: Place, crash: Crash): CrashOrder[] {
  return [
    { ...place, crash, times: 1, after },
    { ...place, crash, times: 1, after: after + 1, requests: MAX_REQUESTS },
  ];
}
