// Every kind of fault of one mutating call, and the expected end of the job.
import assert from 'node:assert/strict';
import { LATENESS_SECONDS } from '@gatehouse/core/machine/time-limits';
import { at, type Case, type Example, errorsOf, nameOf, type Place, type PlannedFault } from './sweep.ts';

interface Befalls {
  faults: PlannedFault[];
  ends: string | string[];
  also?: NonNullable<Case['also']>;
}

interface Kind {
  name: string;
  /** Undefined where it cannot befall this call. */
  of(place: Place): Befalls | undefined;
}

const HAS_TOKEN = /^Create(Listener|EndpointGroup|TargetGroup)$/;
const FOR_EVER = 100_000;

export const FORWARD: Kind[] = [
  {
    name: 'refused for good',
    of: place => ({
      faults: [at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied })],
      ends: 'ROLLED_BACK',
    }),
  },
  { name: 'its answer lost', of: once('lostAnswer', 'SUCCEEDED') },
  { name: 'its request dropped', of: once('dropRequest', 'SUCCEEDED') },
  ...threeTimes('SUCCEEDED'),
  thirtyThrottles('SUCCEEDED'),
  { name: 'carried out late', of: late('SUCCEEDED') },
  {
    name: 'carried out late, during the rollback',
    of: place => ({
      faults: [
        at(place, { fault: 'lateCreate', times: 1, delayMs: 1000 * LATENESS_SECONDS }),
        // A throttle settles nothing about the call before it; then it fails for good.
        at(place, { fault: 'error', times: 1, error: throttleOf(place) }, 1),
        at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied }, 2),
      ],
      ends: 'ROLLED_BACK',
      async also({ world }) {
        assert.equal((await world.calls()).filter(call => call.late).length, 1, 'it was carried out');
      },
    }),
  },
  {
    name: 'carried out late, after a second one whose token the cloud has forgotten',
    of: place =>
      HAS_TOKEN.test(place.operation)
        ? {
            faults: [
              at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 }),
              at(place, { fault: 'forgetTokens', times: 1 }, 1),
            ],
            ends: 'SUCCEEDED',
            async also({ world }) {
              const isLate = (call: { late?: true; changed: boolean }) => call.late && !call.changed;
              assert.ok((await world.calls()).some(isLate), 'the late one found its place taken');
            },
          }
        : undefined,
  },
  { name: 'what it makes comes out failed, once', of: failed('CreateTargetGroup', 1, 'SUCCEEDED') },
  { name: 'what it makes comes out failed, twice', of: failed('CreateTargetGroup', 2, 'ROLLED_BACK') },
  {
    name: 'stuck until the limit',
    of(place) {
      if (place.service === 'elasticloadbalancing') return undefined;
      // A group that is being created for ever cannot be deleted: the rollback says so when its time is up.
      // An instance of Alibaba Cloud that one change keeps busy takes no other.
      const keeps = place.operation === 'CreateTargetGroup' || place.service === 'ga';
      const ends = keeps ? 'ROLLBACK_FAILED' : 'ROLLED_BACK';
      return {
        faults: [at(place, { fault: 'stuck', times: 1 })],
        ends,
        also: ({ jobRecord }) => assert.equal(jobRecord.job.problem?.code, 'NotStabilized'),
      };
    },
  },
];

export const BACKWARD: Kind[] = [
  {
    name: 'refused for good',
    of: place => ({
      faults: [at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied })],
      ends: 'ROLLBACK_FAILED',
      also: ({ jobRecord }) =>
        assert.ok(
          jobRecord.job.leftovers?.some(left => left.problem.code === 'AccessDenied'),
          'it says why',
        ),
    }),
  },
  { name: 'its answer lost', of: once('lostAnswer', 'ROLLED_BACK') },
  { name: 'its request dropped', of: once('dropRequest', 'ROLLED_BACK') },
  ...threeTimes('ROLLED_BACK'),
  thirtyThrottles('ROLLED_BACK'),
  { name: 'carried out late', of: late('ROLLED_BACK') },
  { name: 'the removal fails, once', of: failed('DeleteTargetGroup', 1, 'ROLLED_BACK') },
  { name: 'the removal fails, for ever', of: failed('DeleteTargetGroup', FOR_EVER, 'ROLLBACK_FAILED') },
  {
    name: 'stuck for ever',
    of(place) {
      if (place.service === 'elasticloadbalancing') return undefined;
      // An accelerator need not be deployed for what was on it to be gone.
      const ends = place.service === 'globalaccelerator' ? 'ROLLED_BACK' : 'ROLLBACK_FAILED';
      return { faults: [at(place, { fault: 'stuck', times: 1 })], ends };
    },
  },
];

/** Each kind at each call of the example that it can befall. */
export function casesOf(example: Example, kind: Kind, direction: Place['direction']): Case[] {
  return example.places
    .filter(place => place.direction === direction)
    .flatMap(place => {
      const befalls = kind.of(place);
      if (!befalls) return [];
      const turnBack = direction === 'backward' ? example.turnBack : [];
      const name = `${example.name}, ${nameOf(place)}: ${kind.name}`;
      const { value, historyEvents } = example;
      const faults = [...befalls.faults, ...turnBack];
      return [{ name, value, ...(historyEvents ? { historyEvents } : {}), ...befalls, faults }];
    });
}

function once(fault: string, ends: string): Kind['of'] {
  return place => ({ faults: [at(place, { fault, times: 1 })], ends });
}

function late(ends: string): Kind['of'] {
  return place => ({ faults: [at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 })], ends });
}

/** Long enough to reach every bound on how often something is tried, and within the job's time. */
function thirtyThrottles(ends: string): Kind {
  return {
    name: 'throttled thirty times',
    of: place => ({ faults: [at(place, { fault: 'error', times: 30, error: throttleOf(place) })], ends }),
  };
}

function threeTimes(ends: string): Kind[] {
  const kind = (name: string, pick: (place: Place) => PlannedFault['error']): Kind => ({
    name: `${name} three times`,
    of: place => {
      const error = pick(place);
      return error && { faults: [at(place, { fault: 'error', times: 3, error })], ends };
    },
  });
  return [
    kind('throttled', throttleOf),
    kind('throttled with its second name', place => errorsOf(place.service).throttled[1]),
    kind('throttled with its third name', place => errorsOf(place.service).throttled[2]),
    kind('a fault of the service', place => errorsOf(place.service).broken),
    kind('another change under way', place => busyOf(place)),
  ];
}

/** What heals, as each service says that a change of something else is under way. */
function busyOf({ service, operation }: Place): PlannedFault['error'] {
  if (service === 'globalaccelerator')
    return { code: 'TransactionInProgressException', status: 409, message: 'in progress' };
  if (service === 'ga') return { code: 'StateError.Accelerator', status: 400, message: 'configuring' };
  // On a create it says that the name is taken.
  if (service === 'vpc-lattice' && operation !== 'CreateTargetGroup')
    return { code: 'ConflictException', status: 409, message: 'in progress' };
  return undefined;
}

function throttleOf(place: Place) {
  const [error] = errorsOf(place.service).throttled;
  assert.ok(error);
  return error;
}

/** Only a target group has a state of failure. */
function failed(operation: string, times: number, ends: string): Kind['of'] {
  return place =>
    place.operation === operation ? { faults: [at(place, { fault: 'failed', times })], ends } : undefined;
}
