// Decides about one wanted step: create, adopt, update, replace or leave it unchanged. Pure. These rules hold for every kind;
// the traits of a kind add its own rules.
import { membersOf } from '../json/plain-members.ts';
import { ANOTHER_NAME, type Beforehand, creation, type Decision, type Situation } from '../kinds/decision.ts';
import { traitsOf } from '../kinds/kinds.ts';
import { changesOf, type Observation } from '../kinds/observation.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { ENTRY_POINT_TAG } from '../request/aws/own-tags.ts';
import type { Finding } from './cloud-ports.ts';
import { adoptable } from './match.ts';

export interface DecideOptions {
  adopt: boolean;
  /** Makes the wire name of a step's successor unique, also within a job. */
  suffixOf: (step: string) => string;
}

/** A refusal has findings and no step. */
export interface Ruling extends Partial<Decision> {
  findings?: Finding[];
  /** Replaced under another name, and removed by the cleanup. */
  succeeds?: Owned;
}

/** The situation of an owned resource that exists. */
type Existing = Situation & { observed: Observation; owned: Owned };

export function decide(situation: Situation, options: DecideOptions): Ruling {
  const { step, owned, observed, isMadeAnew } = situation;
  const traits = traitsOf(step.kind);
  const own = traits.decide?.(situation);
  if (own) return own;
  if (isMadeAnew || !observed) return { step: creation(situation) };
  if (!owned) return options.adopt ? adoption(step, observed, traits) : { step };
  const existing = { ...situation, observed, owned };
  return observed.createOnly.length > 0 ? replacement(existing, traits, options) : update(existing, traits);
}

function adoption(step: Step, observed: Observation, { ownerOf }: KindTraits): Ruling {
  const [owner, self] = [ownerOf?.(observed.snapshot), ownerOf?.(step.desired)];
  // A leftover of an earlier job has this entry point's own tag.
  if (owner !== undefined && owner !== self) {
    const remedy = `remove its tag ${ENTRY_POINT_TAG} if that entry point no longer uses it`;
    return notAdopted(step, observed, `it belongs to entry point ${owner}; ${remedy}`);
  }
  if (observed.drift.length === 0)
    return { step: { ...adoptable(step), act: 'adopt', existingId: observed.id } };
  const differs = changesOf(step, observed)
    .map(({ member, from, to }) => `${member} is ${JSON.stringify(from)}, not ${JSON.stringify(to)}`)
    .join('; ');
  return notAdopted(step, observed, `${differs}; only an exact match can be adopted`);
}

function notAdopted({ part = '' }: Step, { id }: Observation, why: string): Ruling {
  return {
    findings: [{ pointer: part, code: 'AlreadyExists', detail: `${id} cannot be adopted: ${why}` }],
  };
}

/** For a difference that no call of the API can correct. */
function replacement(
  { step, owned, observed, inventory }: Existing,
  traits: KindTraits,
  { suffixOf }: DecideOptions,
): Ruling {
  const changes = changesOf(step, observed);
  if (traits.replacement === 'successor') {
    const successor = traits.successorOf(step, owned, suffixOf(step.id));
    return { step: { ...successor, changes }, succeeds: owned };
  }
  const reason = `${observed.createOnly.join(', ')} cannot be changed in place`;
  const text = `${step.title} is removed before the new one is created, because both have the same name`;
  const dependents = inventory.filter(({ needs }) => Object.values(needs).includes(owned.step));
  return {
    step: { ...step, changes, reason },
    removedFirst: [{ resources: [owned, ...dependents], reason }],
    interruptions: [{ text, otherWay: ANOTHER_NAME }],
  };
}

function update(existing: Existing, traits: KindTraits): Ruling {
  const { step, owned, preparation } = existing;
  const observed =
    (preparation && traits.afterPreparation?.(step, existing.observed, preparation)) ?? existing.observed;
  const { instructions, interruptions = [], cleanup } = traits.changeLists?.(step, owned, observed) ?? {};
  const ruling = {
    findings: [
      ...(traits.omittedButRetained?.(step, owned) ?? []).map(member => retained(step, member, observed)),
      ...withoutRoom(existing, traits),
    ],
    ...(cleanup ? { cleanup } : {}),
  };
  const existingId = owned.id;
  if (observed.drift.length === 0) return { ...ruling, step: { ...step, act: 'unchanged', existingId } };
  const beforehand = beforeUpdate(existing, observed);
  const allInstructions = { ...step.instructions, ...instructions };
  const changes = changesOf(step, observed);
  return {
    ...ruling,
    ...beforehand,
    step: {
      ...step,
      act: 'update',
      existingId,
      changes,
      ...(Object.keys(allInstructions).length > 0 ? { instructions: allInstructions } : {}),
    },
    interruptions: [...interruptions, ...(beforehand.interruptions ?? [])],
  };
}

/** Maps that foreign members fill. What the spec drops makes room. More than the bound: the cloud has another bound. */
function withoutRoom(
  { step, owned, observed: { snapshot } }: Existing,
  { boundsInCloud = {} }: KindTraits,
): Finding[] {
  return Object.entries(boundsInCloud).flatMap(([member, most]) => {
    const [wanted, before] = [membersOf(step.desired)[member], membersOf(owned.desired)[member]].map(
      membersOf,
    );
    const existing = Object.keys(membersOf(snapshot[member]));
    const foreign = existing.filter(key => !(key in { ...before, ...wanted }));
    const count = foreign.length + Object.keys(wanted ?? {}).length;
    if (count <= most || existing.length > most) return [];
    const detail = `${step.title} would have ${count} ${member}, foreign ones included, and can have ${most}; drop some in the same update, or remove foreign ones`;
    return [{ pointer: `${step.part ?? ''}/${member}`, code: 'ServiceLimitExceeded' as const, detail }];
  });
}

/** The resource would keep a value that is not in its spec. */
function retained({ part = '', title }: Step, member: string, { snapshot }: Observation): Finding {
  const now = JSON.stringify(snapshot[member] ?? null);
  const why = 'is omitted, and the API has no value to reset it';
  return {
    pointer: `${part}/${member}`,
    code: 'InvalidRequest',
    detail: `${member} of ${title} ${why}; specify it (its present value is ${now})`,
  };
}

/** The removals and updates that its dependents need before the update, of all kinds together. */
function beforeUpdate(
  { step, wanted, inventory, observations }: Existing,
  observed: Observation,
): Beforehand {
  const dependents = inventory.filter(({ needs }) => Object.values(needs).includes(step.id));
  const parts = [...Map.groupBy(dependents, ({ kind }) => kind)].map(([kind, ofKind]): Beforehand => {
    const traits = traitsOf(kind);
    const update = { parent: step, observed, dependents: ofKind, wanted, inventory, observations };
    return traits.beforeParentUpdate?.(update) ?? {};
  });
  return {
    removedFirst: parts.flatMap(({ removedFirst = [] }) => removedFirst),
    preparations: parts.flatMap(({ preparations = [] }) => preparations),
    interruptions: parts.flatMap(({ interruptions = [] }) => interruptions),
  };
}
