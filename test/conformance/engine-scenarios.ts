// What every engine runs: each example and its removal, updates, calls that a cloud refuses, a cancelled job, and every way in
// which a function can crash. Where lanes run side by side until one of them fails, how far the others are is a matter of pace, so
// jobs that are to fail have one lane.
import { CRASH_RETRY } from '@gatehouse/core/machine/task';
import { CHANGES } from '../saga/changes.ts';
import { EXAMPLES, errorsOf, exampleNamed } from '../saga/sweep.ts';
import type { Fault } from '../world/world.ts';
import type { Crash } from './crashes.ts';
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

/** Each has a phase that the others lack: nothing to do, a cleanup, a deletion before the walk, a successor. */
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
  // It does not settle until the fault is removed.
  faults: [{ service: 'globalaccelerator', operation: 'CreateListener', fault: 'stuck', times: 1 }],
  cancelAt: 'accelerator',
  ends: ['ROLLED_BACK'],
};

/** By Lambda's name for the crash; `ran`: whether the function may have run. */
const CRASHES: { error: string; ran: boolean }[] = [
  { error: 'Runtime.ExitError', ran: true },
  { error: 'Runtime.OutOfMemory', ran: true },
  { error: 'Runtime.ImportModuleError', ran: false },
  { error: 'Sandbox.Timedout', ran: true },
  { error: 'Lambda.Unknown', ran: true },
  { error: 'Lambda.TooManyRequestsException', ran: false },
];

type Place = Pick<Crash, 'file' | 'event'>;

const FORWARD: Place[] = [
  { file: 'steps/begin' },
  { file: 'steps/listener', event: { act: 'apply' } },
  { file: 'steps/endpoint-group', event: { act: 'apply' } },
  { file: 'steps/evaluate', event: { phase: 'forward' } },
  { file: 'steps/finish' },
];

const BACKWARD: Place[] = [
  { file: 'steps/record-failure' },
  { file: 'steps/evaluate', event: { phase: 'forward' } },
  { file: 'steps/endpoint-group', event: { act: 'undo' } },
  { file: 'steps/listener', event: { act: 'undo' } },
  { file: 'steps/evaluate', event: { phase: 'rollback' } },
  { file: 'steps/finish' },
];

const crashed: Scenario[] = CRASHES.flatMap(crash => [
  {
    name: `${crash.error} in every function of a job`,
    requests: [example('voice-udp')],
    crashes: crashesAt(FORWARD, crash),
    ends: ['SUCCEEDED'],
  },
  {
    ...cancelled,
    name: `${crash.error} in every function of a rollback`,
    crashes: crashesAt(BACKWARD, crash),
  },
]);

/** An execution without the job's end. */
const failed: Scenario[] = ['steps/evaluate', 'steps/finish'].map(file => ({
  name: `${file} fails, and the next attempt continues`,
  requests: [example('voice-udp')],
  crashes: [{ file, error: 'TerminalError', when: 'before' }],
  ends: ['SUCCEEDED'],
}));

/** Takes the longest deadline: the retries last until then, and the next attempt finds it passed. */
export const EXHAUSTED: Scenario = {
  name: 'a function crashes until its retries run out, and the next attempt rolls back',
  requests: [example('voice-udp')],
  crashes: Array.from({ length: CRASH_RETRY.MaxAttempts + 1 }, () => ({
    file: 'steps/endpoint-group',
    event: { act: 'apply' },
    error: 'Runtime.ExitError',
    when: 'before' as const,
  })),
  ends: ['ROLLED_BACK'],
};

export const SCENARIOS: Scenario[] = [
  ...provisioned,
  ...UPDATES.filter(({ name }) => SAMPLE.some(sample => name === `a change: ${sample}`)),
  ...refused,
  cancelled,
  ...crashed,
  ...failed,
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

function crashesAt(places: Place[], { error, ran }: (typeof CRASHES)[number]): Crash[] {
  const moments: Crash['when'][] = ran ? ['before', 'after'] : ['before'];
  return places.flatMap(place => moments.map(when => ({ ...place, error, when })));
}
