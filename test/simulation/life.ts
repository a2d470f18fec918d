// A whole life, drawn by one seed and nothing but data, so that what fails can be shrunk: rounds of jobs that come at the
// same time, what befalls them, and what a person asks of those that get stuck.
import type { Verb } from '@gatehouse/core/events';
import { FACTS } from '../saga/facts-of-clouds.ts';
import { errorsOf } from '../saga/sweep.ts';
import type { Fault, Misfortune } from '../world/world.ts';
import { chance, oneOf, type Random, randomOf, some, whole } from './random.ts';
import { drawSpec, ENTRY_POINTS, type Name, type Spec } from './specs.ts';

export interface Life {
  seed: number;
  switches: Record<string, Record<string, string | number>>;
  rounds: Round[];
}

export interface Round {
  asks: Ask[];
  faults: Fault[];
  /** The Lambda that makes this write of the round dies of it. */
  deaths: { write: number; when: 'before' | 'after' }[];
  twice: NonNullable<Misfortune['twice']>;
  /** What is asked of each job that gets stuck, before its faults are forgiven. */
  verbs: Exclude<Verb, 'cancel'>[];
}

/** `spec` absent: it is to be removed. */
export interface Ask {
  name: Name;
  spec?: Spec;
  options: Spec;
  /** Turns of the event loop until it is cancelled. */
  cancelAfter?: number;
  /** Somebody makes its listener before it, and it says that it adopts. */
  adopts?: true;
}

export function drawLife(seed: number): Life {
  const random = randomOf(seed);
  const had = new Map<Name, Spec>();
  const switches = chance(random, 0.3) ? drawSwitches(random) : {};
  const rounds = Array.from({ length: 3 + whole(random, 6) }, (_, at) => drawRound(random, had, at === 0));
  return { seed, switches, rounds };
}

function drawRound(random: Random, had: Map<Name, Spec>, first: boolean): Round {
  const peaceful = chance(random, first ? 0.6 : 0.25);
  const asks = Array.from({ length: first ? 2 : oneOf(random, [1, 1, 2, 3]) }, () => drawAsk(random, had));
  return {
    asks: peaceful ? asks.map(({ cancelAfter: _, ...ask }) => ask) : asks,
    faults: peaceful ? [] : Array.from({ length: whole(random, 5) }, () => drawFault(random)),
    deaths:
      peaceful || chance(random, 0.5)
        ? []
        : Array.from({ length: 1 + whole(random, 3) }, () => ({
            write: 1 + whole(random, 120),
            when: oneOf(random, ['before', 'after'] as const),
          })),
    twice: oneOf(random, [false, false, false, true, { interleaved: whole(random, 1_000_000) }]),
    verbs: some(random, ['retry', 'retry', 'skip', 'forget'] as const, 0.3),
  };
}

function drawAsk(random: Random, had: Map<Name, Spec>): Ask {
  const name = oneOf(random, ENTRY_POINTS);
  const cancelAfter = chance(random, 0.12) ? { cancelAfter: whole(random, 4000) } : {};
  if (had.has(name) && chance(random, 0.15)) {
    had.delete(name);
    return { name, options: {}, ...cancelAfter };
  }
  const adopts = !had.has(name) && chance(random, 0.15);
  const spec = drawSpec(random, name, had.get(name));
  had.set(name, spec);
  const options = chance(random, 0.6) ? { allowInterruption: true } : {};
  const adopting = adopts && spec['listener'] ? { adopts } : {};
  return { name, spec, options, ...cancelAfter, ...adopting };
}

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

function drawFault(random: Random): Fault {
  const service = oneOf(random, Object.keys(CALLS));
  const operation = oneOf(random, CALLS[service] ?? []);
  const { denied, throttled, broken } = errorsOf(service);
  const times = 1 + whole(random, 3);
  const of = { service, operation, after: whole(random, 4) };
  return oneOf<Fault>(random, [
    { ...of, fault: 'error', times: oneOf(random, [1, 1, 50]), error: denied },
    { ...of, fault: 'error', times, error: oneOf(random, throttled) },
    { ...of, fault: 'error', times, error: broken },
    { ...of, fault: 'lostAnswer', times },
    { ...of, fault: 'dropRequest', times },
    { ...of, fault: 'lateCreate', times: 1, delayMs: 1000 * (1 + whole(random, 55)) },
    { ...of, fault: 'delay', times, delayMs: 1000 * whole(random, 8) },
    { ...of, fault: 'failed', times },
    { ...of, fault: 'stuck', times: 1 },
    { ...of, fault: 'forgetTokens', times },
  ]);
}

/** Counted by calls: what looks again long after, as the checks here do, would meet them all the same. */
const NOT_BY_TIME = ['callsPerSecond', 'notFoundAfterCreateReads', 'staleDescribeReads'];

/** What the documentation of the clouds leaves open, decided once for a life. */
function drawSwitches(random: Random): Life['switches'] {
  const of = (facts: Record<string, (string | number)[]>) =>
    Object.entries(facts).flatMap(([name, values]) =>
      chance(random, 0.15) && !NOT_BY_TIME.includes(name) ? [[name, oneOf(random, values)] as const] : [],
    );
  return Object.fromEntries(
    Object.entries(FACTS).map(([service, facts]) => [service, Object.fromEntries(of(facts))]),
  );
}
