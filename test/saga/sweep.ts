// The parts of every sweep. A baseline run of an example records each of its mutating calls, forward and backward; a
// sweep injects a fault at each of them. A case is a world of its own, in memory and on virtual time; it ends with all
// invariants, and fails if a planned fault did not happen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { JobRecord } from '@gatehouse/core/record/records';
import { parse } from 'yaml';
import { type Call, createWorld, type Fault, type LambdaFaults, type World } from '../world/world.ts';
import { assertInvariants, MUTATING, pictureBefore } from './invariants.ts';

export const EXAMPLES = [
  'checkout-edge',
  'voice-udp',
  'metrics-lambda',
  'tls-passthrough',
  'backoffice-alb',
  'app-cookie',
  'shop-accelerator',
  'game-udp',
] as const;

/** One mutating call of a run: the `index`-th of its operation, counted from 0. */
export interface Place {
  service: string;
  operation: string;
  index: number;
  direction: 'forward' | 'backward';
  /** Its number among all calls of the run, counted from 1. */
  call: number;
}

export interface Example {
  name: string;
  value: unknown;
  places: Place[];
  /** What turns the job back after everything has been made, and makes nothing else go wrong. */
  turnBack: Fault[];
  /** Every look of both runs. */
  looks: Place[];
  /** Of an execution, if they are few. */
  historyEvents?: number;
  /** Database writes, by the direction that the job goes. */
  writes: { forward: number; backward: number };
}

export type PlannedFault = Fault & {
  /** Why it need not be reached. */
  unless?: string;
};

export interface Case {
  name: string;
  value: unknown;
  /** What the clouds draw from; another for each case unless told. */
  seed?: string;
  faults?: PlannedFault[];
  /** Of all that are planned, one is enough to have been reached. */
  atLeastOne?: true;
  switches?: Record<string, object>;
  lambdaFaults?: LambdaFaults;
  /** Of an execution: few, for a job of several executions. */
  historyEvents?: number;
  ends: string | string[];
  /** What else is to hold. */
  also?: (ran: Ran) => void | Promise<void>;
}

export interface Ran {
  world: World;
  jobRecord: JobRecord;
}

export function exampleNamed(name: string): unknown {
  return parse(readFileSync(`examples/${name}.yaml`, 'utf8'));
}

export async function runCase(planned: Case): Promise<Ran> {
  const world = createWorld(planned.lambdaFaults, planned.seed ?? planned.name);
  if (planned.historyEvents !== undefined) world.settings.historyEvents = planned.historyEvents;
  if (planned.switches) await world.switches(planned.switches);
  const before = await pictureBefore(world);
  await world.faults((planned.faults ?? []).map(({ unless: _, ...fault }) => fault));
  const job = await world.submit(planned.value);
  const jobRecord = await world.finish(job.id);
  if (planned.atLeastOne) assert.ok((await world.reached()).some(wasReached), 'a planned fault was reached');
  await assertReached(world, planned.faults);
  const { status, problem } = jobRecord.job;
  assert.ok([planned.ends].flat().includes(status), `it ended ${status}: ${JSON.stringify(problem)}`);
  await assertInvariants(world, before, jobRecord);
  await planned.also?.({ world, jobRecord });
  return { world, jobRecord };
}

export async function assertReached(world: World, planned: PlannedFault[] = []): Promise<void> {
  for (const [at, fault] of (await world.reached()).entries()) {
    if (!wasReached(fault) && !planned[at]?.unless) {
      assert.fail(`the planned fault was not reached: ${JSON.stringify(fault)}`);
    }
  }
}

const wasReached = ({ reached }: { reached: number }) => reached > 0;

/** `CASES=...`: of every sweep those cases alone whose names it matches, as a regular expression. */
const CASES = new RegExp(process.env['CASES'] ?? '');

/** One test over many cases; it says of every one that fails why it does. */
export function sweep<C extends { name: string }>(
  name: string,
  cases: C[],
  run: (each: C) => Promise<unknown>,
): void {
  test(`${name} (${cases.length} cases)`, async () => {
    const chosen = cases.filter(each => CASES.test(each.name));
    assert.ok(chosen.length > 0, 'there is something to sweep over');
    const failures: string[] = [];
    for (const each of chosen) {
      await run(each).catch(thrown => failures.push(`${each.name}: ${reasonOf(thrown)}`));
    }
    if (failures.length > 0) assert.fail(`${failures.length} of ${chosen.length}:\n${failures.join('\n')}`);
  });
}

export function baselineOf(name: string): Promise<Example> {
  return exampleOf(name, {});
}

export async function exampleOf(name: string, few: { historyEvents?: number }): Promise<Example> {
  const value = exampleNamed(name);
  const forward = await runCase({ name, value, ...few, ends: 'SUCCEEDED' });
  const forwardCalls = await forward.world.calls();
  const turnBack = turnBackAfter(forwardCalls);
  const backward = await runCase({ name, value, ...few, faults: turnBack, ends: 'ROLLED_BACK' });
  const made = forwardCalls.filter(isMutating).length;
  const calls = await backward.world.calls();
  const last = calls.filter(isMutating).at(made - 1)?.n ?? 0;
  const undone = [...backward.jobRecord.ledger.values()].filter(entry => entry.kind !== 'accelerator');
  assert.ok(
    undone.every(entry => entry.state === 'undone') &&
      undone.length === forward.jobRecord.ledger.size - waits(forward),
    `${name}: everything that was made is undone`,
  );
  return {
    name,
    value,
    ...few,
    places: placesIn(calls, last).filter(isMutating),
    looks: placesIn(calls, last).filter(place => !isMutating(place)),
    turnBack,
    writes: { forward: forward.world.writes(), backward: backward.world.writes() },
  };
}

function waits({ jobRecord }: Ran): number {
  return [...jobRecord.ledger.values()].filter(entry => entry.kind === 'accelerator').length;
}

/** `made`: the call after which everything is made. What is asked from then on turns the job back or undoes. */
function placesIn(calls: Call[], made: number): Place[] {
  const seen = new Map<string, number>();
  return calls.map(({ n, service, operation }) => {
    const index = seen.get(operation) ?? 0;
    seen.set(operation, index + 1);
    return { service, operation, index, direction: n <= made ? 'forward' : 'backward', call: n };
  });
}

/**
 * Something is kept from settling, and a look at it is denied when all else has long been made. Where nothing settles,
 * the very last look of the run is denied.
 */
function turnBackAfter(calls: Call[]): Fault[] {
  const looks = (service: string, operation: string, after: number): Fault => {
    return { service, operation, after, fault: 'error', times: 1, error: errorsOf(service).denied };
  };
  const holds = (service: string, operation: string): Fault => {
    return { service, operation, fault: 'stuck', times: 100_000 };
  };
  if (calls.some(({ service }) => service === 'ga')) return alicloudTurnBack(calls, looks);
  const has = (operation: string) => calls.some(call => call.operation === operation);
  if (has('CreateListener')) {
    return [
      looks('globalaccelerator', 'DescribeAccelerator', 9),
      holds('globalaccelerator', 'CreateListener'),
      ...(has('CreateEndpointGroup') ? [holds('globalaccelerator', 'CreateEndpointGroup')] : []),
    ];
  }
  if (has('RegisterTargets')) {
    const last = calls.findLastIndex(call => call.operation === 'RegisterTargets');
    const until = calls.slice(0, last).filter(call => call.operation === 'ListTargets').length;
    return [looks('vpc-lattice', 'ListTargets', until + 5), holds('vpc-lattice', 'RegisterTargets')];
  }
  const { service = '', operation = '' } = calls.at(-1) ?? {};
  return [looks(service, operation, calls.filter(call => call.operation === operation).length - 1)];
}

/** What is kept from settling there keeps its instance from every other change: so only a look at it is denied. */
function alicloudTurnBack(calls: Call[], looks: (...of: [string, string, number]) => Fault): Fault[] {
  const last = calls.findLast(call => call.changed);
  const look = last?.operation === 'CreateForwardingRules' ? 'ListForwardingRules' : 'DescribeEndpointGroup';
  const before = calls.filter(call => call.operation === look && call.n < (last?.n ?? 0));
  return [looks('ga', look, before.length)];
}

/**
 * How a job that is to turn back may end where its calls are repeated. Begin's second look can meet the fault: nothing
 * was changed yet. And where nothing settles, what was denied once, to a Lambda that died of it before it could tell or
 * that another one was faster than, is granted to the next.
 */
export function endsOfRepeated({ turnBack }: Example): string[] {
  return ['ROLLED_BACK', 'FAILED', ...(turnBack.length === 1 ? ['SUCCEEDED'] : [])];
}

const isMutating = ({ operation }: { operation: string }) => MUTATING.test(operation);

export const nameOf = ({ operation, index, direction }: Place) =>
  `${direction === 'backward' ? 'undo, ' : ''}${operation} #${index + 1}`;

type WireError = NonNullable<Fault['error']>;

/** Each service's own names for what befalls any call. */
export function errorsOf(service: string): { denied: WireError; throttled: WireError[]; broken: WireError } {
  const of = (code: string, status: number): WireError => ({ code, status, message: `${code} was planned` });
  switch (service) {
    case 'globalaccelerator':
      return {
        denied: of('AccessDeniedException', 403),
        throttled: [of('ThrottlingException', 400), of('ThrottlingException', 429)],
        broken: of('InternalServiceErrorException', 500),
      };
    case 'vpc-lattice':
      return {
        denied: of('AccessDeniedException', 403),
        throttled: [of('ThrottlingException', 429)],
        broken: of('InternalServerException', 500),
      };
    case 'ga':
      return {
        denied: of('Forbidden.RAM', 403),
        throttled: [of('Throttling.User', 400), of('Throttling', 429), of('Throttling.Api', 503)],
        broken: of('InternalError', 500),
      };
    case 'elasticloadbalancing':
      return {
        denied: of('AccessDenied', 403),
        throttled: [of('Throttling', 400), of('ThrottlingException', 400), of('DependencyThrottle', 400)],
        broken: of('InternalFailure', 500),
      };
    default:
      throw new Error(`no errors are known for ${service}`);
  }
}

/** A fault at one place. `later`: so many calls of its operation after it. */
export function at(
  { service, operation, index }: Place,
  fault: Omit<Fault, 'service' | 'operation' | 'after'>,
  later = 0,
): Fault {
  return { service, operation, after: index + later, ...fault };
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown instanceof assert.AssertionError ? thrown.message : (thrown.stack ?? thrown.message);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function oneOf<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}

/** So many of them, in their order, chosen by a seed. */
export function sample<T>(list: T[], count: number, seed: number): T[] {
  const random = randomOf(seed);
  const drawn = list.map((each, at) => ({ each, at, draw: random() }));
  const kept = drawn.toSorted((a, b) => a.draw - b.draw).slice(0, count);
  return kept.toSorted((a, b) => a.at - b.at).map(({ each }) => each);
}
