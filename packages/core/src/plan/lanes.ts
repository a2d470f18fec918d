// Lanes, derived from the needs of the steps: the steps of a wave run in parallel, waves follow one another, lanes are
// independent. Pure.

import { traitsOf } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import type { Lane, Plan, Step } from '../record/plan.ts';
import { usualSecondsOf } from './usual-time.ts';

/** A resource and the resources that it follows, by name. A list of places is in an order in which they can be created. */
export interface Place {
  name: string;
  kind: Step['kind'];
  desired: Step['desired'];
  after: readonly string[];
}

/** The places of wanted steps: each follows what it needs. */
export function placesOfSteps(steps: readonly Step[]): Place[] {
  return steps.map(({ id, kind, desired, needs, after = [] }) => {
    return { name: id, kind, desired, after: [...Object.values(needs), ...after] };
  });
}

/** The places of owned resources: each follows what it needs. */
export function placesOfOwned(owned: readonly Owned[]): Place[] {
  return owned.map(({ step, kind, desired, needs }) => {
    return { name: step, kind, desired, after: Object.values(needs) };
  });
}

/**
 * The lanes of `steps` in the order of creation. The lane that usually takes longest comes first. `placeOf`: by default, a step
 * is its own place.
 */
export function lanesAlong(
  places: readonly Place[],
  steps: readonly Step[],
  placeOf: (step: Step) => string = ({ id }) => id,
): Lane[] {
  const at = Map.groupBy(steps, placeOf);
  const lanes = [...Map.groupBy(places, place => rootKey(place, places)).values()].map(lane => {
    const isSerial = lane.some(({ kind }) => traitsOf(kind).oneAtATime);
    const waves = isSerial ? lane.map(place => [place]) : levelsOf(lane);
    const walked = waves.map(wave => wave.flatMap(({ name }) => at.get(name) ?? []));
    return (isSerial ? walked.flat().map(step => [step]) : walked).filter(wave => wave.length > 0);
  });
  return lanes
    .filter(lane => lane.flat().some(({ act }) => act !== 'wait'))
    .toSorted((one, other) => usualSecondsOf(other) - usualSecondsOf(one))
    .map(lane => lane.map(wave => wave.map(({ id }) => id)));
}

/** The same lanes, children before their parents. */
export function reversed(lanes: readonly Lane[]): Lane[] {
  return lanes.map(lane => lane.map(wave => wave.toReversed()).toReversed());
}

/** The lanes with only the kept steps, without empty waves and lanes. */
export function keptLanes(lanes: readonly Lane[], keeps: (step: string) => boolean): Lane[] {
  return lanes
    .map(lane => lane.map(wave => wave.filter(keeps)).filter(wave => wave.length > 0))
    .filter(lane => lane.length > 0);
}

export function stepsIn(lanes: readonly Lane[] | undefined): Set<string> {
  return new Set((lanes ?? []).flat(2));
}

/** The steps in the order of execution, lane by lane, and then the steps that do not act. What only a rollback does is last. */
export function inOrderOfExecution(
  steps: readonly Step[],
  { prepare = [], forward, cleanup = [], restore = [] }: Plan['lanes'],
): Step[] {
  const walked = [...prepare, ...forward, ...cleanup].flat(2);
  const byId = new Map(steps.map(step => [step.id, step]));
  const acting = new Set([...walked, ...restore.flat(2)]);
  const idle = steps.filter(({ id }) => !acting.has(id)).map(({ id }) => id);
  return [...new Set([...walked, ...idle, ...acting])].flatMap(id => byId.get(id) ?? []);
}

/** The steps whose ledger entries a step needs. */
export function entriesNeededBy({ needs, restores }: Step): string[] {
  return [...Object.values(needs), ...(restores === undefined ? [] : [restores])];
}

/** The forward lanes in reverse, with the creates and updates only: other acts have no undo. */
export function rollbackLanes({ steps, lanes }: Plan): Lane[] {
  const undoable = new Set(
    steps.filter(({ act }) => act === 'create' || act === 'update').map(({ id }) => id),
  );
  return keptLanes(reversed(lanes.forward), id => undoable.has(id));
}

/**
 * Throws if a step that acts is in no wave or in two. A step in no wave would never run, without any error. Forward, the waves
 * are those of prepare, forward and cleanup; backward, those of the rollback and of restore.
 */
export function assertWalked(plan: Plan): void {
  const { prepare = [], forward, cleanup = [], restore = [] } = plan.lanes;
  const released = new Set(prepare.flat(2));
  const isMadeAgain = ({ restores }: Step) => restores !== undefined;
  const acts = plan.steps.filter(({ act }) => act !== 'unchanged');
  assertOnce(
    acts.filter(step => !isMadeAgain(step)),
    [...prepare, ...forward, ...cleanup],
  );
  const isUndone = (step: Step) =>
    isMadeAgain(step) || ((step.act === 'create' || step.act === 'update') && !isCleanup(step, cleanup));
  assertOnce(acts.filter(isUndone), [...rollbackLanes(plan), ...restore]);
  for (const id of released) {
    const step = plan.steps.find(each => each.id === id);
    if (step?.act === 'delete' && !plan.steps.some(({ restores }) => restores === id))
      throw new Error(`no step of the plan restores what ${id} deletes first`);
  }
}

function isCleanup({ id }: Step, cleanup: readonly Lane[]): boolean {
  return stepsIn(cleanup).has(id);
}

function assertOnce(steps: readonly Step[], lanes: readonly Lane[]): void {
  const walked = lanes.flat(2);
  for (const { id } of steps) {
    const times = walked.filter(each => each === id).length;
    if (times !== 1) throw new Error(`the plan walks ${id} ${times} times`);
  }
  const known = new Set(steps.map(({ id }) => id));
  const unknown = walked.find(id => !known.has(id));
  if (unknown !== undefined) throw new Error(`the plan walks ${unknown}, which is none of its steps`);
}

/** The key of its own lane, or of the lane of the resource that it needs. */
function rootKey(place: Place, places: readonly Place[]): string {
  const own = traitsOf(place.kind).lane?.(place.desired);
  if (own !== undefined) return own;
  const parent = places.find(({ name }) => place.after.includes(name));
  return parent ? rootKey(parent, places) : place.name;
}

/** First the places that follow no other, then the places that follow only these, and so on. */
function levelsOf(lane: readonly Place[]): Place[][] {
  const names = new Set(lane.map(({ name }) => name));
  const isLater = ({ after }: Place) => after.some(name => names.has(name));
  const [first, later] = [lane.filter(place => !isLater(place)), lane.filter(isLater)];
  if (first.length === 0) throw new Error(`${lane.map(({ name }) => name).join(', ')} need each other`);
  return [first, ...(later.length > 0 ? levelsOf(later) : [])];
}
