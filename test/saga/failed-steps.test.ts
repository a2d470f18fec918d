// A step that has failed permanently rolls its job back in the same attempt, even if its answer is lost; a step that
// was never walked is not a success.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machine } from '@gatehouse/core/machine/machine';
import { createWorld } from '../world/world.ts';
import { baselineOfChange, CHANGES, type ChangeCase, runChange } from './changes.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { at, baselineOf, type Case, errorsOf, exampleNamed, nameOf, runCase, sweep } from './sweep.ts';

const example = await baselineOf('checkout-edge');
const forward = example.places.filter(({ direction }) => direction === 'forward');

const refused = forward.map((place): Case => {
  const error = errorsOf(place.service).denied;
  return {
    name: nameOf(place),
    seed: example.name,
    value: example.value,
    faults: [at(place, { fault: 'error', times: 1, error })],
    ends: 'ROLLED_BACK',
    also: ({ jobRecord }) => assert.equal(jobRecord.job.attempt, 1, 'in its first attempt'),
  };
});

sweep('any one call refused for good turns the job back', refused, runCase);

sweep(
  'any one call refused for good turns the job back, also where its step is called again and is refused no more',
  refused.map(each => ({ ...each, lambdaFaults: { twice: true } })),
  runCase,
);

test('a step that the machine passes by fails the job', async () => {
  const world = createWorld({}, 'passed by', arnOf => withoutTask(machine(arnOf), arnOf('targets')));
  const before = await pictureBefore(world);
  const { id } = await world.submit(exampleNamed('metrics-lambda'));
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, 'ROLLED_BACK');
  assert.match(jobRecord.job.problem?.message ?? '', /targets.* ended without an outcome/);
  await assertInvariants(world, before, jobRecord);
});

interface States {
  [name: string]: {
    Type: string;
    Resource?: string;
    Catch?: { Next: string }[];
    Next?: string;
    ResultPath?: string;
  };
}

/** The machine with every Task of this function passed by, as if it were done. */
function withoutTask(definition: unknown, arn: string): unknown {
  const text = JSON.stringify(definition, (key, value) => (key === 'States' ? passedBy(value, arn) : value));
  return JSON.parse(text);
}

function passedBy(states: States, arn: string): object {
  const changed = Object.entries(states).flatMap(([name, state]): [string, object][] => {
    if (state.Type !== 'Task' || state.Resource !== arn) return [[name, state]];
    const { Catch = [], Next, ResultPath } = state;
    const passed = `${name}, passed by`;
    // Never caught, and still reachable, as the language asks for.
    const Choices = Catch.map(caught => ({ Variable: '$.passedBy', IsPresent: true, Next: caught.Next }));
    return [
      [name, { Type: 'Choice', Choices, Default: passed }],
      [passed, { Type: 'Pass', Result: { state: 'done' }, ResultPath, Next }],
    ];
  });
  return Object.fromEntries(changed);
}

const removals = await Promise.all(
  CHANGES.filter(({ name }) => /^(the removal of|another target group)/.test(name)).map(async change => ({
    change,
    places: (await baselineOfChange(change)).places,
  })),
);

for (const [often, times, ends] of [
  ['once: it is asked for again', 1, 'SUCCEEDED'],
  ['for ever: it is named', 100_000, 'REMOVE_FAILED'],
] as const) {
  sweep(
    `a removal comes out failed, ${often}`,
    removals.flatMap(({ change, places }) =>
      places
        .filter(({ operation }) => operation === 'DeleteTargetGroup')
        .map((place): ChangeCase => {
          const faults = [at(place, { fault: 'failed', times })];
          return { name: `${change.name}, ${nameOf(place)}`, change, faults, ends };
        }),
    ),
    runChange,
  );
}
