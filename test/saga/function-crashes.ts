// The crashes of functions: every invocation of every example, forward and backward, of Begin, Evaluate and Finish too, ends in
// each of the ways in which Lambda can end a function, before its code has run or after it.
import assert from 'node:assert/strict';
import { CRASHES, type Crash } from '@gatehouse/local/lambda/crash';
import type { Invocation, PlannedCrash } from '../world/lambda-faults.ts';
import { baselineOfChange, CHANGES, type ChangeCase, runChange } from './changes.ts';
import { baselineOf, type Case, EXAMPLES, type Example, endsOfRepeated, runCase } from './sweep.ts';

export type Direction = 'forward' | 'backward';

const WHENS = ['before', 'after'] as const;

/** An example and the invocations of its run in this direction. */
export interface Invoked {
  example: Example;
  direction: Direction;
  invocations: Invocation[];
}

const endsOf = (example: Example, direction: Direction) =>
  direction === 'forward' ? 'SUCCEEDED' : endsOfRepeated(example);

export async function invokedBy(name: string, direction: Direction): Promise<Invoked> {
  const example = await baselineOf(name);
  const invocations: Invocation[] = [];
  await runCase({
    ...caseOf(example, direction, `${name}, ${direction}`, invocation => {
      invocations.push(invocation);
      return undefined;
    }),
  });
  return { example, direction, invocations };
}

export async function everyInvoked(names: readonly string[] = EXAMPLES): Promise<Invoked[]> {
  const found: Invoked[] = [];
  for (const name of names)
    for (const direction of ['forward', 'backward'] as const) found.push(await invokedBy(name, direction));
  return found;
}

/** Each invocation crashes once in every way. */
export function everyCrash({ example, direction, invocations }: Invoked): Case[] {
  return invocations.flatMap(invocation =>
    CRASHES.flatMap(crash => WHENS.map(when => crashAt({ example, direction }, invocation, { crash, when }))),
  );
}

/** Each invocation crashes once; the ways take turns. */
export function oneCrashEach({ example, direction, invocations }: Invoked): Case[] {
  return invocations.map((invocation, at) => {
    const crash = CRASHES[at % CRASHES.length] as Crash;
    const when = WHENS[Math.floor(at / CRASHES.length) % 2] as PlannedCrash['when'];
    return crashAt({ example, direction }, invocation, { crash, when });
  });
}

function crashAt(
  { example, direction }: Omit<Invoked, 'invocations'>,
  { n, name, step }: Invocation,
  planned: PlannedCrash,
): Case {
  let crashed = false;
  const what = `${name}${step ? ` ${step}` : ''}`;
  const title = `${example.name}, ${direction}, call ${n} (${what}): ${planned.crash} ${planned.when}`;
  return {
    ...caseOf(example, direction, title, invocation => {
      if (invocation.n !== n) return undefined;
      crashed = true;
      return planned;
    }),
    also({ jobRecord }) {
      assert.ok(crashed, 'the invocation was reached');
      assert.equal(jobRecord.job.attempt, 1, 'in its first attempt');
    },
  };
}

function caseOf(
  example: Example,
  direction: Direction,
  name: string,
  crash: (invocation: Invocation) => PlannedCrash | undefined,
): Case {
  return {
    name,
    seed: example.name,
    value: example.value,
    lambdaFaults: { crash },
    ends: endsOf(example, direction),
    ...(direction === 'backward' ? { faults: example.turnBack } : {}),
  };
}

/** Changes of entry points: each invocation of the change crashes once; the ways take turns. */
export async function changeCrashes(names: RegExp): Promise<ChangeCase[]> {
  const cases: ChangeCase[] = [];
  for (const change of CHANGES.filter(({ name }) => names.test(name))) {
    await baselineOfChange(change);
    const invocations: Invocation[] = [];
    const record = (invocation: Invocation) => {
      invocations.push(invocation);
      return undefined;
    };
    await runChange({
      name: change.name,
      change,
      ends: 'SUCCEEDED',
      lambdaFaults: () => ({ crash: record }),
    });
    // The first Begin belongs to the job that provisions.
    const from = invocations.findLastIndex(({ name }) => name === 'begin');
    for (const [at, { n, name, step }] of invocations.slice(from).entries()) {
      const crash = CRASHES[at % CRASHES.length] as Crash;
      const when = WHENS[Math.floor(at / CRASHES.length) % 2] as PlannedCrash['when'];
      let crashed = false;
      cases.push({
        name: `${change.name}, call ${n} (${name}${step ? ` ${step}` : ''}): ${crash} ${when}`,
        change,
        ends: 'SUCCEEDED',
        lambdaFaults: () => ({
          crash(invocation) {
            if (invocation.n !== n) return undefined;
            crashed = true;
            return { crash, when };
          },
        }),
        also: () => assert.ok(crashed, 'the invocation was reached'),
      });
    }
  }
  return cases;
}
