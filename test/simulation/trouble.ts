// What befalls the calls of a round: single faults, as the sweeps have them; and what lasts a while: an operation that is
// denied to us, an account without budget, a bad connection.
import { randomFault, randomSwitches } from '../saga/random-trouble.ts';
import { errorsOf } from '../saga/sweep.ts';
import type { Fault } from '../world/world.ts';
import type { Life } from './life.ts';
import { chance, oneOf, type Random, whole } from './random.ts';

const CALLS: Record<string, string[]> = {
  globalaccelerator: [
    'CreateListener',
    'UpdateListener',
    'DeleteListener',
    'CreateEndpointGroup',
    'UpdateEndpointGroup',
    'DeleteEndpointGroup',
    'AddEndpoints',
    'RemoveEndpoints',
    'DescribeListener',
    'DescribeEndpointGroup',
    'DescribeAccelerator',
    'ListListeners',
    'ListEndpointGroups',
  ],
  'vpc-lattice': [
    'CreateTargetGroup',
    'UpdateTargetGroup',
    'DeleteTargetGroup',
    'RegisterTargets',
    'DeregisterTargets',
    'TagResource',
    'UntagResource',
    'GetTargetGroup',
    'ListTargets',
    'ListTargetGroups',
  ],
  elasticloadbalancing: [
    'CreateLBCookieStickinessPolicy',
    'CreateAppCookieStickinessPolicy',
    'DeleteLoadBalancerPolicy',
    'SetLoadBalancerPoliciesOfListener',
    'DescribeLoadBalancers',
    'DescribeLoadBalancerPolicies',
  ],
};

/** Longer than a round: until it is forgiven. */
const FOR_NOW = 100_000;

export function drawFaults(random: Random): Fault[] {
  const single = Array.from({ length: whole(random, 5) }, () => drawSingle(random));
  return chance(random, 0.6) ? [...single, ...drawLasting(random)] : single;
}

function drawSingle(random: Random): Fault {
  const service = oneOf(random, Object.keys(CALLS));
  const operation = oneOf(random, CALLS[service] ?? []);
  const of = { service, operation, after: whole(random, 4) };
  return randomFault(random, of, { times: 1 + whole(random, 3), denials: oneOf(random, [1, 1, 50]) });
}

function drawLasting(random: Random): Fault[] {
  const service = oneOf(random, Object.keys(CALLS));
  const { denied, throttled, broken } = errorsOf(service);
  const all = { service, operation: '*', after: whole(random, 40) };
  const tries = 3 + whole(random, 30);
  return oneOf<() => Fault[]>(random, [
    () => deniedRemovals(random),
    () => [...deniedRemovals(random), ...deniedChanges(random)],
    () => [...deniedRemovals(random), { ...all, fault: 'error', times: 1, error: denied }],
    () => [{ ...all, fault: 'error', times: tries, error: oneOf(random, throttled) }],
    () => [{ ...all, fault: 'error', times: tries, error: broken }],
    () => [{ ...all, fault: oneOf(random, ['lostAnswer', 'dropRequest']), times: 2 + whole(random, 6) }],
  ])();
}

/** Somebody has taken the permission to remove from us: of one service, or of all. */
function deniedRemovals(random: Random): Fault[] {
  const services = chance(random, 0.5) ? Object.keys(CALLS) : [oneOf(random, Object.keys(CALLS))];
  return services.flatMap(service =>
    operationsOf(service, /^(Delete|Deregister|RemoveEndpoints)/).map(operation =>
      denial(service, operation, 0),
    ),
  );
}

function deniedChanges(random: Random): Fault[] {
  return Object.keys(CALLS).map(service => {
    const operation = oneOf(random, operationsOf(service, /^(Create|Update|Register|Add|Set|Tag)/));
    return denial(service, operation, whole(random, 3));
  });
}

function operationsOf(service: string, named: RegExp): string[] {
  return (CALLS[service] ?? []).filter(operation => named.test(operation));
}

function denial(service: string, operation: string, after: number): Fault {
  return { service, operation, after, fault: 'error', times: FOR_NOW, error: errorsOf(service).denied };
}

/** Counted by calls: what looks again long after, as the checks here do, would meet them all the same. */
const NOT_BY_TIME = ['callsPerSecond', 'notFoundAfterCreateReads', 'staleDescribeReads'];

/** What the documentation of the clouds leaves open, decided once for a life. */
export function drawSwitches(random: Random): Life['switches'] {
  return randomSwitches(random, NOT_BY_TIME);
}
