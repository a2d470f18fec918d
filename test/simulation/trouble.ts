// The faults of a round: single ones, as in the sweeps, and lasting ones: a denied operation, an account without
// budget, a bad connection.
import { randomFault, randomSwitches } from '../saga/random-trouble.ts';
import { errorsOf } from '../saga/sweep.ts';
import type { Fault } from '../world/world.ts';
import { ON_ALICLOUD } from './alicloud-specs.ts';
import { chance, oneOf, type Random, whole } from './random.ts';
import { type Name, ON_AWS } from './specs.ts';

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
  ga: [
    'CreateListener',
    'UpdateListener',
    'DeleteListener',
    'DescribeListener',
    'ListListeners',
    'CreateEndpointGroup',
    'UpdateEndpointGroup',
    'DeleteEndpointGroup',
    'DescribeEndpointGroup',
    'ListEndpointGroups',
    'CreateForwardingRules',
    'UpdateForwardingRules',
    'DeleteForwardingRules',
    'ListForwardingRules',
    'AssociateAdditionalCertificatesWithListener',
    'UpdateAdditionalCertificateWithListener',
    'DissociateAdditionalCertificatesFromListener',
    'ListListenerCertificates',
    'TagResources',
    'UntagResources',
    'DescribeAccelerator',
  ],
};

const servicesOf = (names: readonly Name[]): string[] =>
  Object.keys(CALLS).filter(service => {
    const entryPoints: readonly Name[] = service === 'ga' ? ON_ALICLOUD : ON_AWS;
    return entryPoints.some(name => names.includes(name));
  });

/** Longer than a round: until it is forgiven. */
const FOR_NOW = 100_000;

export function drawFaults(random: Random, names: readonly Name[]): Fault[] {
  const services = servicesOf(names);
  const single = Array.from({ length: whole(random, 5) }, () => drawSingle(random, services));
  return chance(random, 0.6) ? [...single, ...drawLasting(random, services)] : single;
}

function drawSingle(random: Random, services: string[]): Fault {
  const service = oneOf(random, services);
  const operation = oneOf(random, CALLS[service] ?? []);
  const of = { service, operation, after: whole(random, 4) };
  return randomFault(random, of, { times: 1 + whole(random, 3), denials: oneOf(random, [1, 1, 50]) });
}

function drawLasting(random: Random, services: string[]): Fault[] {
  const service = oneOf(random, services);
  const { denied, throttled, broken } = errorsOf(service);
  const all = { service, operation: '*', after: whole(random, 40) };
  const tries = 3 + whole(random, 30);
  return oneOf<() => Fault[]>(random, [
    () => deniedRemovals(random, services),
    () => [...deniedRemovals(random, services), ...deniedChanges(random, services)],
    () => [...deniedRemovals(random, services), { ...all, fault: 'error', times: 1, error: denied }],
    () => [{ ...all, fault: 'error', times: tries, error: oneOf(random, throttled) }],
    () => [{ ...all, fault: 'error', times: tries, error: broken }],
    () => [{ ...all, fault: oneOf(random, ['lostAnswer', 'dropRequest']), times: 2 + whole(random, 6) }],
  ])();
}

/** Somebody has taken the permission to remove from us: of one service, or of all. */
function deniedRemovals(random: Random, services: string[]): Fault[] {
  const denying = chance(random, 0.5) ? services : [oneOf(random, services)];
  return denying.flatMap(service =>
    operationsOf(service, /^(Delete|Deregister|RemoveEndpoints|Dissociate)/).map(operation =>
      denial(service, operation, 0),
    ),
  );
}

function deniedChanges(random: Random, services: string[]): Fault[] {
  return services.map(service => {
    const operation = oneOf(random, operationsOf(service, /^(Create|Update|Register|Add|Set|Tag|Associate)/));
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
/** The limits that Gatehouse is told of are those of today; rules that say the same are drawn, and only one may be refused. */
const NOT_KNOWN = ['profile', 'sameConditions'];

/** What the documentation of the clouds leaves open, decided once for a life. */
export function drawSwitches(random: Random): Record<string, Record<string, string | number>> {
  return randomSwitches(random, [...NOT_BY_TIME, ...NOT_KNOWN]);
}
