// Room in the bounded collections of the clouds. New items are created before dropped ones are deleted, so a collection holds both
// for a while: its peak. If a bound has no room for the peak, dropped items are deleted first, which the request must allow; what
// depends on them is deleted with them and created again. The number that a quota was raised to is not known, so a plan only
// warns of a peak above its default. Pure.
import type { Collection, Counts } from '../kinds/collections.ts';
import { type Interruption, SEPARATE_UPDATE } from '../kinds/decision.ts';
import { traitsOf } from '../kinds/kinds.ts';
import type { Observation } from '../kinds/observation.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Finding } from './cloud-ports.ts';
import type { Pair } from './match.ts';
import { isRaised, warningsOf } from './quotas.ts';

/** Deletions before any other change. */
export interface DeletedFirst {
  /** Parts of a resource, or whole resources with all that depend on them. */
  resources: Owned[];
  reason: string;
  interruption: Interruption;
  /** JSON pointer to the part of the request that needs the room. */
  pointer: string;
}

export interface Room {
  first: DeletedFirst[];
  findings: Finding[];
  warnings: string[];
}

/** `observations`: by step id. A step without an observation has no object in the cloud. */
export interface Existing {
  pairs: readonly Pair[];
  owned: readonly Owned[];
  observations: ReadonlyMap<string, Observation>;
}

/** What has to be deleted first, and what does not fit in any case. Each collection is looked at once. */
export function roomFor(
  existing: Existing,
  collections: readonly Collection[],
  allowInterruption: boolean,
): Room {
  const room: Room = { first: [], findings: [], warnings: [] };
  for (const collection of collections) {
    const gone = new Set(room.first.flatMap(({ resources }) => resources.map(({ step }) => step)));
    const demand = demandIn(collection, existing, gone);
    const [first] = demand.growing;
    const limits = [
      allowInterruption && !isRaised(collection) ? collection.quota : undefined,
      collection.most,
    ];
    const limit = limits.find(
      most => most !== undefined && demand.peak > most && demand.peak - demand.freeable <= most,
    );
    if (first === undefined || limit === undefined) {
      room.warnings.push(...warningsOf(collection, demand));
      room.findings.push(...(first ? tooMany(collection, demand, first) : []));
      continue;
    }
    const leaving = firstOf(demand.leaving, demand.peak - limit);
    const peak = demand.peak - sumOf(leaving.map(each => countOf(each, collection.key, existing.owned)));
    room.first.push(deletedFirst(existing, { collection, limit, growing: demand.growing, leaving }));
    room.warnings.push(...warningsOf(collection, { ...demand, peak, freeable: 0 }));
  }
  return room;
}

/** The wanted steps; among those of a kind, first the updates that only take less of a collection. A rollback goes the other way. */
export function shrinkingFirst(wanted: readonly Step[], existing: Existing): Step[] {
  const shrinks = new Set(
    existing.pairs.flatMap(pair => {
      const keys = Object.keys({ ...countsOf(pair.step, existing) });
      const growths = keys.map(key => growthOf(pair, key, existing));
      return growths.some(more => more < 0) && growths.every(more => more <= 0) ? [pair.step.id] : [];
    }),
  );
  return [...Map.groupBy(wanted, ({ kind }) => kind).values()].flatMap(steps => [
    ...steps.filter(({ id }) => shrinks.has(id)),
    ...steps.filter(({ id }) => !shrinks.has(id)),
  ]);
}

export interface Demand {
  now: number;
  /** The most items at once, while the request is served. */
  peak: number;
  growing: Step[];
  leaving: Leaving[];
  /** The items of all `leaving`. */
  freeable: number;
}

/** Items that the request drops; `part` is a resource with some of them. */
interface Leaving {
  count: number;
  part(most: number): Owned;
}

function demandIn(collection: Collection, existing: Existing, gone: ReadonlySet<string>): Demand {
  const { key, now } = collection;
  const { pairs, owned } = existing;
  const growths = pairs.map(pair => ({ step: pair.step, more: growthOf(pair, key, existing) }));
  const kept = new Set(pairs.flatMap(pair => pair.owned?.step ?? []));
  const replaced = pairs.flatMap(pair => (isReplaced(pair, existing) && pair.owned ? [pair.owned] : []));
  const whole = [...owned.filter(({ step }) => !kept.has(step)), ...replaced];
  const leaving: Leaving[] = [
    ...whole.map(resource => ({ count: countOf(resource, key, owned), part: () => resource })),
    ...pairs.flatMap(pair => partsOf(pair, key, existing)),
  ].filter(({ count }) => count > 0);
  const freed = sumOf(whole.filter(({ step }) => gone.has(step)).map(each => countOf(each, key, owned)));
  const stay = leaving.filter(({ part }) => !gone.has(part(1).step));
  return {
    now,
    peak: Math.max(now, now - freed + sumOf(growths.map(({ more }) => more))),
    growing: growths.filter(({ more }) => more > 0).map(({ step }) => step),
    leaving: stay,
    freeable: sumOf(stay.map(({ count }) => count)),
  };
}

/** The items that a step adds before the cleanup. Negative if it removes some. */
function growthOf(pair: Pair, key: string, existing: Existing): number {
  const { step, owned } = pair;
  const observed = existing.observations.get(step.id);
  const then = countsOf(step, existing)[key] ?? 0;
  if (!observed || isReplaced(pair, existing)) return then;
  // An adoption adds nothing.
  if (!owned) return 0;
  const added = traitsOf(step.kind).addedItems?.(step, observed);
  return added !== undefined && then > 0 ? added : then - countOf(owned, key, existing.owned);
}

/** A new resource takes its place under another name. */
function isReplaced({ step, owned }: Pair, { observations }: Existing): boolean {
  const isAnother = (observations.get(step.id)?.createOnly.length ?? 0) > 0;
  return owned !== undefined && isAnother && traitsOf(step.kind).replacement === 'successor';
}

function partsOf({ step, owned }: Pair, key: string, existing: Existing): Leaving[] {
  const { droppedPart } = traitsOf(step.kind);
  const all = owned && droppedPart?.(step, owned);
  // It goes as a whole with a parent that is replaced.
  const parents = Object.values(step.needs).flatMap(id => existing.observations.get(id) ?? []);
  if (!owned || !all || !droppedPart || parents.some(({ createOnly }) => createOnly.length > 0)) return [];
  const part = (most: number) => droppedPart(step, owned, most) ?? all;
  return [{ count: countOf(all, key, existing.owned), part }];
}

function countsOf(step: Step, { pairs }: Existing): Counts {
  return countsBeside(
    step,
    pairs.map(pair => ({ ...pair.step, step: pair.step.id })),
  );
}

function countOf(resource: Owned, key: string, all: readonly Owned[]): number {
  return countsBeside(resource, all)[key] ?? 0;
}

type Placed = Pick<Owned, 'kind' | 'desired' | 'needs'>;

function countsBeside({ kind, desired, needs }: Placed, all: readonly (Placed & { step: string })[]): Counts {
  const parent = all.find(({ step }) => Object.values(needs).includes(step));
  return traitsOf(kind).countsIn?.(desired, { ...parent?.desired }) ?? {};
}

/** As few of them as make room for so many. */
function firstOf(leaving: readonly Leaving[], lacking: number): Owned[] {
  const [next, ...others] = leaving;
  if (!next || lacking <= 0) return [];
  return [next.part(lacking), ...firstOf(others, lacking - next.count)];
}

function deletedFirst(
  { owned }: Existing,
  {
    collection: { of },
    limit,
    growing,
    leaving,
  }: { collection: Collection; limit: number; growing: Step[]; leaving: Owned[] },
): DeletedFirst {
  const going = leaving.map(({ title }) => title).join(', ');
  const coming = growing.map(({ title }) => title).join(', ');
  const reason = `there is no room for both: at most ${limit} ${of}`;
  const text = `${going} ${leaving.length === 1 ? 'is' : 'are'} deleted before ${coming} is changed or created; ${reason}`;
  return {
    resources: withDependents(leaving, owned),
    reason,
    interruption: { text, otherWay: SEPARATE_UPDATE },
    pointer: growing[0]?.part ?? '',
  };
}

/** With all that has to be deleted before them; the lanes have the order. */
function withDependents(resources: readonly Owned[], owned: readonly Owned[]): Owned[] {
  const gone = new Set(resources.map(({ step }) => step));
  const more = owned.filter(each => {
    const isChild = Object.values(each.needs).some(parent => gone.has(parent));
    return !gone.has(each.step) && (isChild || traitsOf(each.kind).fallsWith?.(each, gone, owned) === true);
  });
  return more.length === 0 ? [...resources] : withDependents([...resources, ...more], owned);
}

/** More than fit, even without everything that the request drops. */
function tooMany({ of, most, now }: Collection, { peak, freeable }: Demand, { part = '' }: Step): Finding[] {
  const after = peak - freeable;
  if (most === undefined || after <= most || now > most) return [];
  const detail = `there would be ${after} ${of}, foreign ones included, and there can be ${most}`;
  return [{ pointer: part, code: 'ServiceLimitExceeded', detail }];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
